"""What is found by a few letters, and in which order."""

from __future__ import annotations

from assessor.domain.place import Place
from assessor.domain.search_index import Entry, EvidenceTitle, Kind, entries_of, search
from assessor.domain.unit import Unit
from tests.domain.builders import unit
from tests.domain.mark_views import view_of


def titles(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.title for entry in entries]


ENTRIES = (
    Entry(Kind.FORM, "市科协 A1.1 科普日", "待审"),
    Entry(Kind.UNIT, "市科协", "宜春市科学技术协会", ("科协", "kexie")),
    Entry(Kind.UNIT, "市农业农村局", "", ("乡村振兴局",)),
    Entry(Kind.TASK, "A1.1 科普日", "青少年提升行动"),
    Entry(Kind.COMMAND, "新建年度", "年度　Ctrl+Shift+N", command="year.new"),
)


def test_a_whole_name_comes_before_a_beginning_and_that_before_a_part() -> None:
    assert titles(search(ENTRIES, "科协")) == ["市科协", "市科协 A1.1 科普日"]
    assert titles(search(ENTRIES, "市科")) == ["市科协", "市科协 A1.1 科普日"]
    assert titles(search(ENTRIES, "普日")) == ["A1.1 科普日", "市科协 A1.1 科普日"]


def test_former_names_codes_and_initials_find_too() -> None:
    assert titles(search(ENTRIES, "乡村振兴")) == ["市农业农村局"]
    assert titles(search(ENTRIES, "KEXIE")) == ["市科协"]
    assert titles(search(ENTRIES, "snyn")) == ["市农业农村局"]
    assert titles(search(ENTRIES, "xjnd")) == ["新建年度"]


def test_every_word_has_to_be_found_and_width_does_not_matter() -> None:
    assert titles(search(ENTRIES, "科协 Ａ１．１")) == ["市科协 A1.1 科普日"]
    assert search(ENTRIES, "科协 B9") == ()
    assert search(ENTRIES, "   ") == ()


def test_one_kind_does_not_crowd_out_the_others() -> None:
    many = tuple(Entry(Kind.FORM, f"科普 {number}") for number in range(100))
    found = search((*many, Entry(Kind.EVENT, "全国科普日")), "科普")
    assert [entry.kind for entry in found] == [Kind.FORM] * 10 + [Kind.EVENT]


def test_a_year_gives_an_entry_for_everything_that_can_be_gone_to() -> None:
    view = view_of(unit("kexie"))
    proof = EvidenceTitle(7, "kexie", "市科协", "工作总结", "总结.docx")
    entries = entries_of(view, [view.year], [], [proof])
    assert {entry.kind for entry in entries} >= {Kind.UNIT, Kind.INDICATOR, Kind.RESULT, Kind.EVIDENCE, Kind.YEAR}
    (found,) = search(entries, "总结.docx")
    assert found.place == Place("evidence", unit="kexie", key="7")
    (year,) = (entry for entry in entries if entry.kind is Kind.YEAR)
    assert year.place == Place(year=view.year.year)


def test_a_unit_is_found_by_the_names_that_it_bore() -> None:
    merged = Unit("nongye", "农业农村局", "农业局", "g", aliases=("扶贫办",))
    entry = Entry(Kind.UNIT, merged.short_name, words=merged.names)
    assert search([entry], "扶贫") == (entry,)
