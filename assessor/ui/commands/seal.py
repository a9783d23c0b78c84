"""工具 > 定稿, 解除定稿, 核验定稿."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assessor.ui.commands.command import Command, Menu, is_open

if TYPE_CHECKING:
    from assessor.domain.seal import SealRecord
    from assessor.ui.main_window import MainWindow
    from assessor.work import Work
    from assessor.workbook.seal_preview import SealPreview
    from assessor.workbook.seal_verify import Verdict
    from assessor.workbook.workbook import Workbook


def _is_sealable(window: MainWindow) -> bool:
    view = window.session.view
    return view is not None and view.seal is None


def _is_sealed(window: MainWindow) -> bool:
    view = window.session.view
    return view is not None and view.seal is not None


def _ask_seal(window: MainWindow) -> None:
    from assessor.workbook.evidence_store import store_of
    from assessor.workbook.seal_preview import preview_seal

    view = window.session.view
    if view is None:
        return
    year = view.year.year

    def read(workbook: Workbook, _work: Work) -> SealPreview:
        return preview_seal(workbook, year, store_of(workbook))

    job = window.session.run("正在检查能否定稿", read)
    job.done.connect(partial(_show_preview, window))
    job.failed.connect(window.show_problem)


def _show_preview(window: MainWindow, preview: SealPreview) -> None:
    from assessor.ui.dialogs.layout import show_dialog
    from assessor.ui.dialogs.seal import SealDialog

    dialog = SealDialog(preview, window)
    dialog.accepted.connect(lambda: _seal(window, preview.year.year, dialog.accept_pending.isChecked()))
    show_dialog(dialog)


def _seal(window: MainWindow, year: int, accept_pending: bool) -> None:
    from assessor.workbook.seal import seal_with_backup

    def make(workbook: Workbook, work: Work) -> SealRecord:
        return seal_with_backup(workbook, year, accept_pending=accept_pending, work=work)

    job = window.session.change_by(f"正在定稿 {year} 年度", make)
    job.done.connect(partial(_show_sealed, window))
    job.failed.connect(window.show_problem)


def _show_sealed(window: MainWindow, seal: SealRecord) -> None:
    from assessor.ui.dialogs.layout import show_dialog
    from assessor.ui.dialogs.seal import SealedDialog

    show_dialog(SealedDialog(seal, window))


def _ask_unseal(window: MainWindow) -> None:
    from assessor.ui.dialogs.layout import show_dialog
    from assessor.ui.dialogs.seal import UnsealDialog

    view = window.session.view
    if view is None or view.seal is None:
        return
    year = view.year.year
    dialog = UnsealDialog(view.seal, window)
    dialog.accepted.connect(lambda: _unseal(window, year, dialog.text))
    show_dialog(dialog)


def _unseal(window: MainWindow, year: int, reason: str) -> None:
    from assessor.workbook.seal import unseal_with_backup

    def make(workbook: Workbook, work: Work) -> SealRecord:
        return unseal_with_backup(workbook, year, reason, work=work)

    job = window.session.change_by(f"正在解除定稿 {year} 年度", make)
    job.failed.connect(window.show_problem)


def _ask_verify(window: MainWindow) -> None:
    from assessor.ui.dialogs.layout import show_dialog
    from assessor.ui.dialogs.seal import VerifyDialog
    from assessor.workbook.seal_verify import verify_digest

    dialog = VerifyDialog(window)

    def verify(typed: str) -> None:
        def read(workbook: Workbook, _work: Work) -> Verdict:
            return verify_digest(workbook, typed)

        job = window.session.run("正在核验定稿", read)
        dialog.finished.connect(lambda _code: job.cancel())  # nobody is left to be told
        job.done.connect(dialog.show_verdict)
        job.failed.connect(dialog.show_problem)

    dialog.asked.connect(verify)
    show_dialog(dialog)


SEAL = Command("seal", Menu.TOOLS, "定稿…", "", (), _ask_seal, _is_sealable, writes=True, starts_group=True)
UNSEAL = Command(
    "unseal", Menu.TOOLS, "解除定稿…", "", (), _ask_unseal, _is_sealed, writes=True, lacking="本年度还没有定稿"
)
VERIFY = Command("verify", Menu.TOOLS, "核验定稿…", "", (), _ask_verify, is_open)
