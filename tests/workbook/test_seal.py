"""Sealing a year, undoing it, sealing again; what stands against it; what a digest is said to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain import scoring
from assessor.domain.facts import Award, Mark
from assessor.domain.seal import digest_of, grouped
from assessor.domain.year import Stage
from assessor.errors import InputError, WorkbookError
from assessor.workbook import seal_verify
from assessor.workbook.backup_list import list_backups
from assessor.workbook.backup_names import Reason
from assessor.workbook.events import save_exemption
from assessor.workbook.evidence_store import store_of
from assessor.workbook.history import EditKind, last_edit
from assessor.workbook.marks import save_award, save_mark
from assessor.workbook.seal import seal_with_backup, seal_year, unseal_with_backup, unseal_year
from assessor.workbook.seal_findings import seal_findings
from assessor.workbook.seal_preview import preview_seal
from assessor.workbook.seal_verify import VerdictKind, verify_digest
from assessor.workbook.seals import load_seals, stored_seals
from assessor.workbook.undo import next_undo, undo
from assessor.workbook.views import load_view
from assessor.workbook.workbook import Workbook
from assessor.workbook.years import load_year, save_year
from tests.workbook.sealed import FREE, REVIEWER, YEAR, ready_workbook

BETTER = Award("2.2", "重新核定", points=Decimal(10))


@pytest.fixture
def workbook(tmp_path: Path) -> Iterator[Workbook]:
    with ready_workbook(tmp_path) as opened:
        yield opened


def test_sealing_sets_the_stage_and_keeps_the_text_of_which_the_digest_is(workbook: Workbook) -> None:
    seal = seal_year(workbook, YEAR)
    assert load_year(workbook, YEAR).stage is Stage.SEAL
    assert load_seals(workbook, YEAR) == (seal,)
    assert (seal.number, seal.stage_before, seal.sealed_by, seal.engine_version) == (1, Stage.REVIEW, "张三", "1")
    (stored,) = stored_seals(workbook)
    assert stored.text is not None
    assert digest_of(stored.text) == seal.digest
    edit = last_edit(workbook)
    assert edit is not None
    assert (edit.kind, edit.label) == (EditKind.SEAL, f"定稿 {YEAR} 年度")
    assert load_view(workbook, YEAR).seal == seal
    assert seal_findings(workbook) == ()


def test_a_backup_is_made_before_sealing_and_before_undoing_it(workbook: Workbook) -> None:
    seal_with_backup(workbook, YEAR)
    unseal_with_backup(workbook, YEAR, "漏计加分")
    assert {backup.reason for backup in list_backups(workbook.path)} == {Reason.SEAL, Reason.UNSEAL}


def test_nothing_is_backed_up_where_the_year_cannot_be_sealed(workbook: Workbook) -> None:
    with pytest.raises(WorkbookError, match="不能定稿：填报收集尚未截止"):
        seal_with_backup(workbook, FREE)
    with pytest.raises(InputError, match="没有写明解除定稿的原因"):
        unseal_with_backup(workbook, YEAR, " \n")
    with pytest.raises(WorkbookError, match="这个年度没有定稿"):
        unseal_with_backup(workbook, YEAR, "理由")
    assert list(list_backups(workbook.path)) == []


def test_a_sealed_year_is_not_sealed_again(workbook: Workbook) -> None:
    seal_year(workbook, YEAR)
    with pytest.raises(WorkbookError, match="不能定稿：已经定稿"):
        seal_year(workbook, YEAR)


def test_pending_indicators_are_sealed_only_where_they_are_accepted(workbook: Workbook) -> None:
    with workbook.edit("恢复参评") as edit:
        save_exemption(edit, YEAR, "dongqu", "")
    assert [unit.unit.code for unit in preview_seal(workbook, YEAR).provisional] == ["dongqu"]
    with pytest.raises(WorkbookError, match="东区有待评指标"):
        seal_year(workbook, YEAR)
    assert load_year(workbook, YEAR).stage is Stage.REVIEW
    assert seal_year(workbook, YEAR, accept_pending=True).number == 1


def test_the_preview_warns_of_what_does_not_prevent(workbook: Workbook) -> None:
    warnings = "\n".join(preview_seal(workbook, YEAR, store_of(workbook)).warnings)
    assert "佐证文件“总结.docx”缺失或被改动（市科协 工作总结）" in warnings
    assert "8 份填报表尚未审核" in warnings
    assert "成员单位用的是默认细则" in warnings
    with workbook.edit("截止") as edit:
        save_year(edit, replace(load_year(edit, FREE), collection_closed=True))
    assert "2023 年度尚未定稿" in "\n".join(preview_seal(workbook, FREE).warnings)


def test_undoing_a_seal_asks_a_reason_and_opens_the_year(workbook: Workbook) -> None:
    seal_year(workbook, YEAR)
    opened = unseal_year(workbook, YEAR, "  漏计\n加分 ")
    assert (opened.unseal_reason, opened.unsealed_by, opened.is_open) == ("漏计 加分", "张三", False)
    assert load_seals(workbook, YEAR) == (opened,)
    assert load_year(workbook, YEAR).stage is Stage.REVIEW
    view = load_view(workbook, YEAR)
    assert (view.seal, view.undone_seals) == (None, (opened,))
    with workbook.edit("改分") as edit:
        save_award(edit, YEAR, "nongye", BETTER)
    assert seal_findings(workbook) == ()


def test_the_same_contents_sealed_again_have_the_same_digest_and_others_have_not(workbook: Workbook) -> None:
    first = seal_year(workbook, YEAR)
    unseal_year(workbook, YEAR, "看一看")
    assert seal_year(workbook, YEAR).digest == first.digest
    unseal_year(workbook, YEAR, "改一分")
    with workbook.edit("改分") as edit:
        save_award(edit, YEAR, "nongye", BETTER)
    third = seal_year(workbook, YEAR)
    assert (third.number, third.digest == first.digest) == (3, False)


def test_neither_sealing_nor_undoing_it_is_undone_like_an_edit(workbook: Workbook) -> None:
    before = next_undo(workbook)
    seal_year(workbook, YEAR)
    assert next_undo(workbook) == before
    with pytest.raises(WorkbookError, match="不能撤销“录入全年数据”：2023 年度已定稿"):
        undo(workbook)  # of the edit that filled the year
    assert load_view(workbook, YEAR).seal is not None
    unseal_year(workbook, YEAR, "理由")
    assert next_undo(workbook) == before


def test_a_digest_is_known_in_full_in_short_and_as_typed(workbook: Workbook) -> None:
    seal = seal_year(workbook, YEAR)
    for typed in (seal.digest, grouped(seal.digest).upper(), seal.digest[:16]):
        verdict = verify_digest(workbook, typed)
        assert verdict.kind is VerdictKind.HOLDS
        assert verdict.is_good
        assert verdict.sentences[0].startswith("是本工作簿 2023 年度第 1 次定稿的校验码")
        assert verdict.sentences[1] == "本年度现有内容与定稿时完全一致。"
    assert "（按前 16 位核对）" in verify_digest(workbook, seal.digest[:16]).sentences[0]


def test_a_digest_of_nothing_here_is_said_to_be_unknown(workbook: Workbook) -> None:
    seal_year(workbook, YEAR)
    verdict = verify_digest(workbook, "0" * 64)
    assert (verdict.kind, verdict.is_good) == (VerdictKind.UNKNOWN, False)
    assert verdict.sentences == ("这不是本工作簿任何一次定稿的校验码。",)


def test_the_digest_of_an_undone_seal_is_known_with_its_reason_and_what_changed_since(workbook: Workbook) -> None:
    seal = seal_year(workbook, YEAR)
    unseal_year(workbook, YEAR, "漏计加分")
    verdict = verify_digest(workbook, seal.digest)
    assert (verdict.kind, verdict.is_good) == (VerdictKind.UNDONE, False)
    assert "曾是本工作簿 2023 年度第 1 次定稿的校验码" in verdict.sentences[0]
    assert "解除，原因：漏计加分" in verdict.sentences[0]
    assert verdict.sentences[1] == "本年度现有内容与定稿时完全一致。"
    with workbook.edit("改分") as edit:
        save_award(edit, YEAR, "nongye", BETTER)
    examination = verify_digest(workbook, seal.digest).examination
    assert examination is not None
    places = {(item.place, item.field): (item.sealed, item.present) for item in examination.differences}
    assert places["2023 年度 考核办评分 市农业农村局 2.2 直接", "核定得分"] == ("8", "10")
    assert places["2023 年度 总分 市农业农村局", "总分"][0] != places["2023 年度 总分 市农业农村局", "总分"][1]


def test_other_rules_of_scoring_are_reported_and_never_applied(
    workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a later version of the program would find it."""
    seal = seal_year(workbook, YEAR)
    before = load_view(workbook, YEAR).result
    half_up = scoring.round_half_up
    monkeypatch.setattr(scoring, "round_half_up", lambda value, places: half_up(value, places) + (places == 4))
    monkeypatch.setattr(seal_verify, "ENGINE_VERSION", "2")
    view = load_view(workbook, YEAR)
    assert [unit.coverage for unit in view.result.groups[0].units] == [unit.coverage for unit in before.groups[0].units]
    assert view.recomputed != ()
    verdict = verify_digest(workbook, seal.digest)
    assert verdict.is_good
    assert "计分程序已更新（定稿时为版本 1，现为 2）" in verdict.sentences[1]
    assert "以定稿结果为准，没有作任何改动" in verdict.sentences[1]
    assert seal_findings(workbook) == ()


def test_scores_without_their_facts_or_reasons_are_warned_of(workbook: Workbook) -> None:
    with workbook.edit("录入评分") as edit:
        save_mark(edit, YEAR, "nongye", Mark("2.1", REVIEWER, "office", Decimal(99)))
        save_award(edit, YEAR, "nongye", Award("2.2", "", points=Decimal(8)))
    assert any(warning.startswith("2 个评分缺少依据") for warning in preview_seal(workbook, YEAR).warnings)
