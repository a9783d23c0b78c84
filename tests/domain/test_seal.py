"""The canonical text of a seal: the same year gives the same bytes; digests as people type them; what differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.seal import (
    SealLine,
    canonical_text,
    differences,
    digest_of,
    grouped,
    read_digest,
    read_text,
    short,
)
from assessor.errors import InputError

DIGEST = digest_of("某年")

values = st.one_of(st.none(), st.integers(-(2**53), 2**53), st.text(st.characters(exclude_categories=["Cs"])))
keys = st.tuples(st.integers(1900, 2200), st.text(st.characters(exclude_categories=["Cs"]), max_size=5))
lines = st.lists(
    st.builds(SealLine, st.sampled_from(["mark", "event"]), keys, st.dictionaries(st.text("abc", min_size=1), values)),
    unique_by=lambda line: (line.kind, line.key),
    max_size=6,
)


def text_of(found: list[SealLine]) -> str:
    return canonical_text(2024, "1", [("评分", found)])


def test_the_text_is_as_documented() -> None:
    rows = [
        SealLine("mark", (2024, "乙", 10), {"value": "90", "task": ""}),
        SealLine("mark", (2024, "乙", 9), {"value": None, "task": "说“好”\n第二行"}),
    ]
    assert canonical_text(2024, "1", [("评分", rows), ("结果", [])]) == (
        "assessor-seal/1\n"
        '{"engine":"1","year":2024}\n'
        "[评分]\n"
        'mark\t[2024,"乙",9]\t{"task":"说“好”\\n第二行","value":null}\n'
        'mark\t[2024,"乙",10]\t{"task":"","value":"90"}\n'
        "[结果]\n"
    )


@given(lines, st.randoms())
def test_order_does_not_matter_and_nothing_is_lost(found: list[SealLine], chance: object) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    text = text_of(found)
    assert text_of(shuffled) == text
    read = read_text(text)
    assert (read.year, read.engine_version) == (2024, "1")
    assert differences(found, read.lines) == ()


@given(lines, lines)
def test_different_lines_have_different_texts(one: list[SealLine], other: list[SealLine]) -> None:
    assert (text_of(one) == text_of(other)) == (differences(one, other) == ())


@pytest.mark.parametrize("text", ["", "别的", "assessor-seal/1\n{}\n", "assessor-seal/1\n[]\n", text_of([])[:-1]])
def test_what_is_no_sealed_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"sealed text|unpack"):
        read_text(text)


def test_differences_name_lines_that_changed_went_and_came() -> None:
    before = [SealLine("mark", (1,), {"value": "1"}), SealLine("mark", (2,), {"value": "2"})]
    after = [SealLine("mark", (1,), {"value": "9"}), SealLine("mark", (3,), {"value": "2"})]
    found = [(item.key, item.before, item.after) for item in differences(before, after)]
    assert found == [
        ((1,), {"value": "1"}, {"value": "9"}),
        ((2,), {"value": "2"}, None),
        ((3,), None, {"value": "2"}),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        DIGEST,
        DIGEST.upper(),
        grouped(DIGEST),
        f"校验码：{grouped(DIGEST)}",
        f"  {DIGEST[:20]}\r\n{DIGEST[20:]}\n",
        "".join(chr(ord(c) + 0xFEE0) for c in DIGEST),
        DIGEST[:30] + "-" + DIGEST[30:],
    ],
)
def test_a_digest_is_read_as_people_type_it(typed: str) -> None:
    assert read_digest(typed) == DIGEST


def test_the_short_form_is_read() -> None:
    assert read_digest(short(DIGEST)) == DIGEST[:16]
    assert read_digest(short(DIGEST) + "…") == DIGEST[:16]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("  ", "没有填写校验码"),
        (DIGEST[:15], "有 15 位"),
        (DIGEST + "0", "有 65 位"),
        (DIGEST[:-1] + "o", "“o”不在其中"),
    ],
)
def test_what_is_no_digest_is_refused(typed: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_digest(typed)
