"""复核情况表: what is printed of the period, appeals, adjustments, who moved, and the second scores."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.domain.appeal import Appeal, AppealKind, AppealState, Publicity
from assessor.domain.review import ReviewFacts, SecondScore
from assessor.domain.year_view import YearView, view_year
from assessor.errors import InputError
from assessor.reports.blocks import Body, Document, Table
from assessor.reports.review import compose
from tests.domain.builders import adjustment
from tests.reports.printed import SIGNED_ON, print_report, squeezed
from tests.reports.views import member, sample_view, small_view

DAY = date(2025, 1, 10)


def tables(document: Document) -> dict[str, Table]:
    found = (block for block in document.blocks if isinstance(block, Table))
    return {table.caption.partition("　")[2]: table for table in found}


def texts(document: Document) -> str:
    return "".join(block.text for block in document.blocks if isinstance(block, Body))


def reviewed(review: ReviewFacts) -> YearView:
    units = (
        member("kexie", "54", "30", adjustments=(adjustment("2.1", 30, 36, key="F1"),)),
        member("jiaotiju", "48", "40"),
    )
    view = small_view(*units)
    return view_year(view.plan, replace(view.facts, review=review))


def test_the_sample_is_printed_with_appeals_adjustments_and_moves(tmp_path: Path) -> None:
    view = sample_view(2024)
    printed = print_report("review", view, tmp_path)
    assert printed.pages[0].is_landscape
    for words in ("公示期为2025年1月10日至1月16日，共7天", "共收到申诉2件、公示异议1件，其中采纳1件、不采纳2件"):
        assert words in printed.text
    for appeal in view.facts.review.appeals:
        assert squeezed(appeal.claim) in printed.text
        assert squeezed(appeal.decision) in printed.text
    assert "复核人" in printed.text


def test_before_and_after_are_in_every_table() -> None:
    upheld = Appeal(
        "S1", "kexie", AppealKind.APPEAL, DAY, "市科协", "漏计", "2.1", AppealState.UPHELD, "补计", "张三", DAY, "F1"
    )
    waiting = Appeal("S2", "jiaotiju", AppealKind.OBJECTION, date(2025, 1, 20), "群众", "活动不实")
    second = SecondScore("kexie", "1.1", Decimal(53), "李四")
    review = ReviewFacts(Publicity(DAY, DAY), (upheld, waiting), {("kexie", "1.1"): second})
    document = compose(reviewed(review), SIGNED_ON)
    found = tables(document)
    first, other = found["申诉和异议办理情况"].rows
    assert (first[1], first[4], first[6:10]) == ("市kexie", "指标2.1", ("采纳", "补计", "30.00", "36.00"))
    assert other[6:] == ("待处理", "—", "—", "—", "—")
    assert "公示期外" in other[3]
    assert found["复核调整情况"].rows[0][4:7] == ("30.00", "36.00", "+6")
    assert [row[1:7] for row in found["调整前后结果对照"].rows] == [
        ("市kexie", "84.00", "90.00", "+6.00", "2", "1"),
        ("市jiaotiju", "88.00", "88.00", "0.00", "1", "2"),
    ]
    assert found["本单位复评情况"].rows[0][4:8] == ("54.00", "53.00", "+1.00", "李四")
    assert "考核结果公示期为2025年1月10日。" in texts(document)


def test_a_year_without_any_review_says_so() -> None:
    document = compose(small_view(), SIGNED_ON)
    assert tables(document) == {}
    for words in ("没有设定公示期", "没有收到申诉和异议", "没有调整得分", "没有登记复评得分"):
        assert words in texts(document)


def test_a_year_without_units_is_refused() -> None:
    view = small_view()
    empty = replace(view, result=replace(view.result, groups=()))
    with pytest.raises(InputError, match="没有考核单位"):
        compose(empty, SIGNED_ON)
