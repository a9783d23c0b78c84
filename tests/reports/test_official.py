from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from assessor.reports import ReportLog
from assessor.reports.blocks import Attachment, Body, Document, Heading, Signature, closed
from assessor.reports.official import OfficialPages
from assessor.reports.text.faces import document_faces
from assessor.reports.typesetting import Typesetter
from tests.reports.printed import MM, Page, Printed, Word, print_report, squeezed
from tests.reports.views import sample_view, small_view

BINDING, FORE, HEAD, FOOT = 28 * MM, 26 * MM, 37 * MM, 35 * MM
ASCENT = 3.0
"""Points by which a reader's boxes of words, as high as the face's ascent, may stand out of the line."""


def _type_area(page: Page, number: int) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the type area of the page with that number, from the upper left corner."""
    odd = number % 2 == 1
    if page.is_landscape:
        top = BINDING if odd else FORE
        return FOOT, top, FOOT + 225 * MM, top + 156 * MM
    left = BINDING if odd else FORE
    return left, HEAD, left + 156 * MM, HEAD + 225 * MM


def _below(page: Page, number: int) -> list[Word]:
    """The words below (or beside) the type area: the page number, and opposite to it whether the year is sealed."""
    left, _top, _right, bottom = _type_area(page, number)
    if page.is_landscape:
        return [word for word in page.words if word.right < left]
    return [word for word in page.words if word.top > bottom]


def _folio(page: Page, number: int) -> list[Word]:
    """The three words of the page number."""
    return [word for word in _below(page, number) if word.text in ("—", str(number))]


@pytest.mark.parametrize("name", ["overall", "provisional", "sheet"])
def test_no_text_stands_outside_the_type_area(name: str, request: pytest.FixtureRequest) -> None:
    printed: Printed = request.getfixturevalue(name)
    for number, page in enumerate(printed.pages, start=1):
        left, top, right, bottom = _type_area(page, number)
        folio = _below(page, number)
        for word in page.words:
            if word in folio or word.bottom < top:  # the running head
                continue
            # A mark at a line's end may have its blank half outside, never its ink.
            before = 8.2 if word.text[0] in "（《“" else 0.0
            after = 8.2 if word.text[-1] in "，。、；：）》”" else 0.0
            assert word.left >= left - before - 0.5, (number, word)
            assert word.right <= right + after + 0.5, (number, word)
            assert word.top >= top - ASCENT, (number, word)
            assert word.bottom <= bottom + ASCENT, (number, word)


def test_pages_are_numbered_in_order_odd_right_and_even_left_one_character_in(sheet: Printed, overall: Printed) -> None:
    for printed in (sheet, overall):
        for number, page in enumerate(printed.pages, start=1):
            folio = _folio(page, number)
            assert "".join(word.text for word in folio) == f"—{number}—"
            left, top, right, bottom = _type_area(page, number)
            if page.is_landscape:
                # The upright sheet turned: its left edge is the top, its right edge the bottom.
                start, end = min(word.top for word in folio) - top, bottom - max(word.bottom for word in folio)
            else:
                start, end = min(word.left for word in folio) - left, right - max(word.right for word in folio)
            assert (end if number % 2 else start) == pytest.approx(14, abs=1.5)


def test_the_dashes_of_the_page_number_are_seven_millimetres_under_the_type_area(overall: Printed) -> None:
    for number, page in enumerate(overall.pages, start=1):
        dash = _folio(page, number)[0]
        # The dash stands a little above the middle of its box.
        assert (dash.top + dash.bottom) / 2 == pytest.approx(HEAD + 225 * MM + 7 * MM, abs=3)


def test_lines_of_body_text_stand_twenty_two_to_a_page(tmp_path: Path) -> None:
    document = _document(*(Body("全民科学素质工作" * 30) for _ in range(8)))
    page = _print(document, tmp_path).pages[1]
    tops = sorted({round(word.top, 1) for word in page.words if word not in _folio(page, 2)})
    assert len(tops) == 22
    assert tops[-1] - tops[0] == pytest.approx(21 * 225 * MM / 22, abs=0.2)


def test_headings_tables_charts_and_attachments_are_in_the_outline_on_their_pages(overall: Printed) -> None:
    titles = [title for _level, title, _page in overall.outline]
    assert [title for title in titles if title.endswith("情况") and title[1] == "、"] == [
        "一、考核组织情况",
        "二、总体情况",
    ]
    assert sum(title.startswith("表") for title in titles) == 10
    assert sum(title.startswith("图") for title in titles) == 3
    assert sum(title.startswith("附件") for title in titles) == 4
    for _level, title, page in overall.outline:
        assert squeezed(title) in overall.texts[page]


def test_headings_of_the_second_level_lie_under_the_first(overall: Printed) -> None:
    levels = {title: level for level, title, _page in overall.outline}
    assert levels["三、考核结果"] == 0
    assert levels["（一）成员单位"] == 1
    assert levels["表2　成员单位考核结果"] == 2


def test_no_heading_stands_alone_at_the_end_of_a_page() -> None:
    for lines in range(14, 24):
        document = _document(Body("字" * 28 * lines, indented=False), Heading(1, "一、标题"), Body("正文" * 30))
        texts = _texts(document)
        assert not texts[0].endswith("一、标题")
        assert any("一、标题正文" in text for text in texts)


def test_the_signature_is_never_alone_on_a_page() -> None:
    for lines in range(10, 22):
        ending = closed(
            [Body("字" * 28 * lines, indented=False), Body("结尾的话。")], Signature("某办公室", date(2025, 1, 5))
        )
        texts = _texts(_document(*ending))
        signed = next(text for text in texts if "某办公室" in text)
        assert "结尾的话。" in signed
        assert "某办公室2025年1月5日" in signed


def test_the_date_stands_two_characters_right_of_the_organisations_first(tmp_path: Path) -> None:
    organisation = "宜春市全民科学素质工作领导小组办公室"
    printed = _print(_document(Body("正文。"), Signature(organisation, date(2025, 1, 15))), tmp_path)
    name = _word(printed.pages[0], organisation)
    day = _word(printed.pages[0], "2025")
    pitch = 156 * MM / 28
    assert BINDING + 156 * MM - name.right == pytest.approx(2 * pitch, abs=1.5)
    assert day.left - name.left == pytest.approx(2 * pitch, abs=1.5)


def test_a_short_organisation_moves_in_when_the_date_is_longer(tmp_path: Path) -> None:
    printed = _print(_document(Body("正文。"), Signature("科协", date(2025, 12, 25))), tmp_path)
    name, day = _word(printed.pages[0], "科协"), _word(printed.pages[0], "2025")
    pitch = 156 * MM / 28
    last = max(word.right for word in printed.pages[0].words if abs(word.top - day.top) < 2)
    assert BINDING + 156 * MM - last == pytest.approx(2 * pitch, abs=1.5)
    assert day.left - name.left == pytest.approx(2 * pitch, abs=1.5)


def test_each_attachment_begins_a_page_with_its_label_and_its_title_on_the_third_line(overall: Printed) -> None:
    starts = [number for number, text in enumerate(overall.texts, start=1) if "附件1计分规则" in text[:60]]
    assert len(starts) == 1
    page = overall.pages[starts[0] - 1]
    left, top, _right, _bottom = _type_area(page, starts[0])
    label, title = _word(page, "附件"), _word(page, "计分规则与取整约定")
    pitch = 225 * MM / 22
    assert label.left == pytest.approx(left, abs=0.5)
    assert (label.top + label.bottom) / 2 - top == pytest.approx(pitch / 2, abs=4)
    assert (title.top + title.bottom) / 2 - top == pytest.approx(2.5 * pitch, abs=6)
    assert (title.left + title.right) / 2 == pytest.approx(left + 78 * MM, abs=1)


def test_the_head_of_a_long_table_is_repeated_on_each_of_its_pages(overall: Printed, sheet: Printed) -> None:
    ranked = [text for text in overall.texts if "表2成员单位考核结果" in text]
    assert len(ranked) == 2
    assert all("名次单位" in text and "总分等次" in text for text in ranked)
    scored = [text for text in sheet.texts if "年度评分表" in text and "得分依据" in text]
    assert len(scored) >= 3
    assert all("一级指标二级指标和考核内容评分标准和考核依据" in text for text in scored)
    assert all("（续）" in text for text in scored[1:])


def test_the_document_names_its_title_author_subject_keywords_and_language(overall: Printed) -> None:
    info = overall.reader.metadata
    assert info is not None
    assert info.title == "宜春市2024年度全民科学素质工作考核结果报告"
    assert info.author == "宜春市全民科学素质工作领导小组办公室"
    assert info.subject
    assert "年度考核" in str(info["/Keywords"])
    assert str(info["/CreationDate"]).startswith("D:20250115")
    assert overall.reader.trailer["/Root"]["/Lang"] == "zh-CN"


def test_every_font_is_embedded_as_a_subset_with_its_characters(overall: Printed, sheet: Printed) -> None:
    for printed in (overall, sheet):
        rows = printed.tool("pdffonts", str(printed.path)).splitlines()[2:]
        assert rows
        for row in rows:
            embedded, subset, unicode = row.split()[-5:-2]
            assert (embedded, subset, unicode) == ("yes", "yes", "yes"), row


def test_every_page_is_a4(overall: Printed, sheet: Printed) -> None:
    for page in (*overall.pages, *sheet.pages):
        assert sorted((page.width, page.height)) == pytest.approx([210 * MM, 297 * MM], abs=0.1)


def test_a_landscape_attachment_is_followed_by_upright_pages_again(tmp_path: Path) -> None:
    document = _document(
        Body("正文。"),
        Attachment("附件1", ("横表",), landscape=True),
        Body("横排。"),
        Attachment("附件2", ("竖表",)),
        Body("竖排。"),
    )
    assert [page.is_landscape for page in _print(document, tmp_path).pages] == [False, True, False]


def test_a_unit_with_a_single_page_has_its_number_on_the_right(tmp_path: Path) -> None:
    printed = print_report("unit", small_view(), tmp_path, unit="kexie")
    assert _folio(printed.pages[0], 1)[-1].right > 105 * MM


def _document(*blocks: object) -> Document:
    return Document(
        title=("标题",),
        subtitle="",
        addressee="",
        blocks=blocks,  # type: ignore[arg-type]
        subject="",
        author="",
        keywords=(),
        signed_on=date(2025, 1, 15),
        running_head="",
    )


def _print(document: Document, folder: Path) -> Printed:
    stream = BytesIO()
    with document_faces() as log:
        pages = OfficialPages(stream, document)
        pages.build(Typesetter(sample_view(2024), lambda _caption: None).story(document))
    path = folder / "document.pdf"
    path.write_bytes(stream.getvalue())
    return Printed(path, ReportLog(pages.page, log.faces, log.missing))


def _texts(document: Document) -> list[str]:
    with TemporaryDirectory() as folder:
        printed = _print(document, Path(folder))
        return [text.rsplit("—", 2)[0] for text in printed.texts]


def _word(page: Page, text: str) -> Word:
    """The first word that begins with ``text``, or whose text ``text`` begins with."""
    return next(
        word for word in page.words if word.text.startswith(text) or (len(word.text) > 3 and text.startswith(word.text))
    )
