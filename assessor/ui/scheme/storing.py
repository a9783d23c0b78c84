"""What the page of schemes does to the workbook: every deed is one edit of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assessor.domain.scheme import Scheme
    from assessor.ui.background import Job
    from assessor.ui.scheme.edits import SchemeEdit
    from assessor.ui.session import Session
    from assessor.work import Work
    from assessor.workbook.scheme_sources import SchemeSource
    from assessor.workbook.scheme_versions import SchemeVersion
    from assessor.workbook.workbook import Edit, Workbook


def store(session: Session, year: int, group: str, edit_: SchemeEdit) -> Job:
    """A change before scoring begins."""

    def write(edit: Edit) -> None:
        from assessor.workbook.scheme_changes import change_scheme

        change_scheme(edit, year, group, edit_.change)

    return session.change(f"细则 {edit_.label}", write)


def store_version(session: Session, year: int, scheme: Scheme, reason: str) -> Job:
    """A change of a frozen scheme."""

    def write(edit: Edit) -> SchemeVersion | None:
        from assessor.workbook.scheme_changes import revise_scheme

        return revise_scheme(edit, year, scheme, reason)

    return session.change(f"细则 存为新版：{reason}", write)


def read_versions(session: Session, year: int) -> Job:
    """The Job brings the versions of every group, from the first on, by group."""

    def read(workbook: Workbook, _work: Work) -> Mapping[str, Sequence[SchemeVersion]]:
        from assessor.workbook.scheme_versions import load_all_versions

        return load_all_versions(workbook, year)

    return session.run("正在读取细则版本", read, quiet=True)


def read_sources(session: Session) -> Job:
    """The Job brings every scheme there is."""

    def read(workbook: Workbook, _work: Work) -> tuple[SchemeSource, ...]:
        from assessor.exchange.scheme_file import default_schemes
        from assessor.workbook.scheme_sources import load_sources

        return load_sources(workbook, default_schemes())

    return session.run("正在读取细则", read)
