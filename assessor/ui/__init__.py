"""The window (Qt)."""

from assessor.ui.refcounts import guard_singletons

guard_singletons()
