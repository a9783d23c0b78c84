"""What reports say of seals: the digest, when and why one was undone, what is computed otherwise today."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assessor.domain.result_lines import result_lines
from assessor.domain.scoring import score_year
from assessor.domain.seal import SealRecord, grouped, short
from assessor.domain.year import Stage
from assessor.domain.year_view import SealState, YearView, view_year
from assessor.reports.sealing import seal_texts
from tests.domain.builders import plain_scheme, year_facts
from tests.reports.printed import print_report, squeezed
from tests.reports.views import SEALED, member, small_view

DIGEST = "fac252770b66a75fe0250f5cc4065acdb9dd87c57d83865f2a50678f18c5a1a7"
SEAL = SealRecord(2024, 1, DIGEST, "1", datetime(2025, 1, 10, 9, 0, tzinfo=UTC), "张三", Stage.REVIEW)
UNDONE = replace(
    SEAL, unsealed_at=datetime(2025, 1, 12, 9, 0, tzinfo=UTC), unsealed_by="李四", unseal_reason="漏计加分"
)


def sealed_view(*seals: SealRecord, points_now: str = "54") -> YearView:
    """``kexie`` was sealed with 54 points on its first indicator."""
    then = year_facts(plain_scheme(), member("kexie", "54", "36"), year=SEALED)
    now = year_facts(plain_scheme(), member("kexie", points_now, "36"), year=SEALED)
    state = SealState(seals, result_lines(score_year(then)) if seals and seals[-1].is_open else ())
    return view_year(small_view().plan, now, seal=state)


@pytest.mark.parametrize(("kind", "unit"), [("overall", None), ("unit", "kexie")])
def test_a_sealed_year_prints_its_digest_at_the_foot_and_in_full(kind: str, unit: str | None, tmp_path: Path) -> None:
    printed = print_report(kind, sealed_view(SEAL), tmp_path, unit=unit)
    assert squeezed(f"定稿校验码（SHA-256）：{grouped(DIGEST)}") in printed.text
    assert "本年度考核结果已于2025年1月10日定稿。" in printed.text
    assert "未定稿" not in printed.text
    for number, text in enumerate(printed.texts, start=1):
        assert text.endswith(squeezed(f"定稿校验码 {short(DIGEST)}") + f"—{number}—")


@pytest.mark.parametrize(("kind", "unit"), [("overall", None), ("unit", "kexie")])
def test_a_draft_says_on_every_page_that_it_is_not_sealed(kind: str, unit: str | None, tmp_path: Path) -> None:
    view = sealed_view()
    draft = replace(view, facts=replace(view.facts, year=replace(SEALED, stage=Stage.REVIEW)))
    printed = print_report(kind, draft, tmp_path, unit=unit)
    assert "本年度考核处于复核阶段，考核结果尚未定稿。" in printed.text
    assert all(text.endswith(f"未定稿—{number}—") for number, text in enumerate(printed.texts, start=1))


@pytest.mark.parametrize(("kind", "unit"), [("overall", None), ("unit", "kexie")])
def test_a_seal_that_was_undone_is_named_with_its_reason(kind: str, unit: str | None, tmp_path: Path) -> None:
    again = replace(SEAL, number=2, digest=DIGEST[::-1])
    printed = print_report(kind, sealed_view(UNDONE, again), tmp_path, unit=unit)
    short_digest = squeezed(short(DIGEST))
    assert f"本年度曾于2025年1月10日第1次定稿（校验码{short_digest}），于2025年1月12日解除定稿" in printed.text
    assert "解除定稿，原因：漏计加分。" in printed.text
    assert "已于2025年1月10日定稿（第2次定稿）。" in printed.text
    assert squeezed(grouped(again.digest)) in printed.text


def test_sealed_results_are_printed_and_what_is_computed_today_is_named(tmp_path: Path) -> None:
    view = sealed_view(SEAL, points_now="50")
    printed = print_report("unit", view, tmp_path, unit="kexie")
    assert "市科协定稿总分90.00，重算86.00。定稿结果没有因此改动。" in printed.text
    assert "现重算为50.00分" in printed.text
    assert seal_texts(view, "jiaotiju")[1:] == []


def test_a_year_that_was_never_sealed_says_nothing_more() -> None:
    assert seal_texts(sealed_view()) == []
