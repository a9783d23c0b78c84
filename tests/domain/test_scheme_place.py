from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from assessor.domain.plan import Role
from assessor.domain.rules.ratio import Ratio
from assessor.domain.rules.target_source import TargetSource
from assessor.domain.scheme import Category, Grade, Quota, Scheme, Scope
from assessor.domain.scheme_place import office_words
from assessor.domain.scheme_soundness import unsound_parts
from tests.domain.builders import category, leaf, plain_scheme, ratio, scheme, task_leaf

BASE = plain_scheme()
TASK = scheme(category("1", task_leaf("1.1", 100)))
FAULTY = (
    replace(BASE, min_coverage=Decimal(2), decimals=9, full_marks=Decimal(0)),
    replace(BASE, min_coverage=Decimal("0.123456"), quota=Quota(Decimal(2))),
    replace(BASE, role_factors={Role.LEAD: Decimal(-1)}, tie_break=("9", "9")),
    replace(BASE, grades=()),
    replace(BASE, grades=(Grade("好", Decimal(200), Decimal(2)), Grade("差", Decimal("1.234"), Decimal(1)))),
    replace(BASE, categories=(*BASE.categories, Category("3", "空的", ()))),
    scheme(category("1", leaf("1.1", 100, ratio("n", 1))), figures=()),
    scheme(category("1", leaf("1.1", 100, Ratio("n", TargetSource(assigned=True))))),
    replace(TASK, figures=tuple(replace(item, scope=Scope.UNIT) for item in TASK.figures)),
)


@pytest.mark.parametrize("faulty", FAULTY)
def test_the_page_says_what_is_wrong_without_the_names_of_scheme_files(faulty: Scheme) -> None:
    found = [office_words(text) for fault in unsound_parts(faulty) for text in (fault.what, fault.remedy)]
    assert found
    for text in found:
        assert not re.search(r"\[\[|[a-z]{3,}_?[a-z]* ?=|_|\b(scope|code|share|minimum|decimals)\b", text), text
