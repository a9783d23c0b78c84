"""Scheme files (考核细则, .toml): loading one, and the default ones that come with the program."""

from __future__ import annotations

from pathlib import Path

from assessor.domain.scheme import Scheme
from assessor.domain.scheme_reader import read_scheme
from assessor.domain.table_reader import TableReader
from assessor.errors import SchemeError
from assessor.exchange.toml_file import read_toml
from assessor.resources import SCHEMES

_DEFAULTS = ("member-default.toml", "county-default.toml")


def load_scheme(path: Path) -> Scheme:
    """Raises SchemeError naming the file, the place in it and the remedy."""
    return read_scheme(TableReader(read_toml(path, SchemeError), path.name, SchemeError))


def default_schemes() -> tuple[Scheme, ...]:
    """The shipped schemes to edit, one per group."""
    return tuple(load_scheme(SCHEMES / name) for name in _DEFAULTS)
