"""What the window does with drafts of schemes: every deed is one edit of the session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assessor.domain.scheme import Scheme
    from assessor.ui.dialogs.scheme_draft import DraftDialog
    from assessor.workbook.scheme_sources import SchemeSource
    from assessor.workbook.workbook import Edit

Deed = Callable[["Edit"], Any]
Named = Callable[["DraftDialog"], None]
_KEY, _TITLE = "draft ", "草稿："


def draft_key(source: str) -> str:
    """Of the draft that a source with this key is; empty: it is none."""
    return source.removeprefix(_KEY) if source.startswith(_KEY) else ""


def source_title(name: str) -> str:
    """Under which a draft is offered."""
    return f"{_TITLE}{name}"


def title_of(source: SchemeSource) -> str:
    """The draft's own name."""
    return source.title.removeprefix(_TITLE)


def add(name: str, scheme: Scheme, note: str, edit: Edit) -> str:
    """Answers with the key of its source."""
    from assessor.workbook.scheme_drafts import add_draft

    return f"{_KEY}{add_draft(edit, name, scheme, note).key}"


def rename(key: str, name: str, edit: Edit) -> None:
    from assessor.workbook.scheme_drafts import rename_draft

    rename_draft(edit, key, name)


def remove(key: str, edit: Edit) -> None:
    from assessor.workbook.scheme_drafts import remove_draft

    remove_draft(edit, key)
