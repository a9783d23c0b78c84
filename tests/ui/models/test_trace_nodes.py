"""The tree of a unit's trace: every printed number and every sentence of the result is in it."""

from __future__ import annotations

from assessor.domain.scheme import EntryKind
from assessor.ui.models.trace_nodes import Tone, trace_tree
from tests.domain.builders import (
    OPEN,
    adjustment,
    bonus,
    category,
    dec,
    plain_scheme,
    scheme,
    score_one,
    task_leaf,
    tasked_unit,
    unit,
)


def test_the_root_is_the_total_with_its_categories_and_leaves() -> None:
    result = score_one(plain_scheme(), unit(given={"1.1": 54, "2.1": 40}))
    root = trace_tree(result)
    assert (root.title, root.score) == ("总分", "94.00")
    assert result.sentence in root.sentences
    assert [(node.title, node.score, node.points) for node in root.children] == [
        ("类别1", "54.00", "60"),
        ("类别2", "40.00", "40"),
    ]
    assert root.children[0].children[0].sentences == (result.leaves[0].sentence,)


def test_a_pending_leaf_shows_its_state_and_makes_its_parents_pending() -> None:
    root = trace_tree(score_one(plain_scheme(), unit(given={"1.1": 54}), year=OPEN))
    leaf = root.children[1].children[0]
    assert (leaf.score, leaf.tone) == ("待评", Tone.PENDING)
    assert (root.title, root.children[1].tone) == ("暂估总分", Tone.PENDING)


def test_tasks_hang_under_their_leaf_with_their_completion() -> None:
    result = score_one(scheme(category("1", task_leaf("1.1", 100))), tasked_unit("kexie", {"A1.1": 95, "A1.2": None}))
    done, missing = trace_tree(result).children[0].children[0].children
    assert (done.title, done.score) == ("A1.1 开展科普活动", "95.00%")
    assert (missing.score, missing.tone) == ("未报", Tone.LOST)


def test_bonus_and_adjustment_are_shown_with_reason() -> None:
    rules = plain_scheme(bonuses=(EntryKind("award", "表彰奖励", dec(3)),))
    facts = unit(given={"1.1": 54, "2.1": 40}, events=(bonus("award", 2),), adjustments=(adjustment("1.1", 54, 55),))
    root = trace_tree(score_one(rules, facts))
    entries = root.children[-1]
    assert (entries.title, entries.score) == ("加分扣分", "+2.00")
    named = dict(root.children[0].children[0].facts)
    assert named["复核调整"] == "复核调整：54 → 55 分，补交证明（张三，2024-12-20）"


def test_an_exempt_unit_says_only_why() -> None:
    root = trace_tree(score_one(plain_scheme(), unit(exempt="机构撤销")))
    assert (root.score, root.sentences, root.children) == ("—", ("不参评：机构撤销",), ())
