"""The attachment 名次稳健性分析: printed where it is asked for, numbered on, and called no official score."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.domain.robustness_table import analyse_group
from assessor.errors import InputError
from assessor.reports import write_report
from assessor.reports.blocks import Attachment, Chart, Table
from assessor.reports.overall import compose
from assessor.work import Work
from tests.domain.builders import unit
from tests.reports.printed import SIGNED_ON, Printed, squeezed
from tests.reports.views import member, sample_view, small_view


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    path = tmp_path_factory.mktemp("overall") / "报告.pdf"
    view = sample_view(2024)
    return Printed(path, write_report("overall", view, path, signed_on=SIGNED_ON, with_robustness=True, work=Work()))


def test_it_is_the_last_attachment_and_says_what_it_is(printed: Printed) -> None:
    assert "附件5名次稳健性分析" in printed.text
    assert "不是正式得分" in printed.text
    assert printed.log.missing == ()
    text = printed.text[printed.text.index("附件5名次稳健性分析") :]
    for group in sample_view(2024).result.groups:
        found = analyse_group(sample_view(2024), group)
        assert found is not None
        assert squeezed(found.sentence) in text
        first = found.influences[0]
        assert squeezed(f"{first.title}{first.mean_shift}{first.moved}{first.mover_text}") in text


def test_the_charts_come_in_their_order(printed: Printed) -> None:
    pages = [next(place for place, text in enumerate(printed.texts) if f"图{number}" in text) for number in (4, 5)]
    places = [printed.text.rindex(words) for words in ("图4成员单位名次区间", "图5县市区名次区间")]
    assert pages == sorted(pages) and places == sorted(places)


def test_tables_and_charts_are_numbered_on_and_nothing_else_changes() -> None:
    view = sample_view(2024)
    without, document = compose(view, SIGNED_ON), compose(view, SIGNED_ON, with_robustness=True)
    for kind, sign in ((Table, "表"), (Chart, "图")):
        captions = [block.caption for block in document.blocks if isinstance(block, kind)]
        assert [caption.split("　")[0] for caption in captions] == [f"{sign}{n}" for n in range(1, len(captions) + 1)]
    kept = [block for block in without.blocks if isinstance(block, (Table, Chart))]
    assert [block for block in document.blocks if isinstance(block, (Table, Chart))][: len(kept)] == kept


def test_a_year_with_nothing_to_rank_has_no_such_attachment() -> None:
    view = small_view(member("kexie", "54", "36"), unit("jiaotiju", exempt="当年新设"))
    attachments = [
        block for block in compose(view, SIGNED_ON, with_robustness=True).blocks if isinstance(block, Attachment)
    ]
    assert all("稳健性" not in "".join(block.title) for block in attachments)


def test_other_documents_have_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有稳健性附件"):
        write_report(
            "review", sample_view(2024), tmp_path / "a.pdf", signed_on=SIGNED_ON, with_robustness=True, work=Work()
        )
