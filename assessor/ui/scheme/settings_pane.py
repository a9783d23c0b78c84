"""总则: the settings of a scheme as a whole."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assessor.domain.plan import Role
from assessor.domain.scheme import Ceiling, NotApplicablePolicy, Quota, QuotaRounding, QuotaTie, Scheme
from assessor.domain.scheme_edit import Spot, points_words
from assessor.domain.scheme_entry import read_decimals, read_factor, read_points, read_share, read_title, share_text
from assessor.domain.wording import plain
from assessor.domain.year import Year
from assessor.errors import InputError
from assessor.ui import theme
from assessor.ui.scheme.fields import ChoiceField, Field, LineField, TextField
from assessor.ui.scheme.pane import SchemePane, card_of, form_layout, heading, muted

_NARROW = 90
_SEPARATORS = str.maketrans({"，": "、", ",": "、", " ": "、", "；": "、", ";": "、"})


class SettingsPane(SchemePane):
    def __init__(self) -> None:
        super().__init__()
        self._scheme: Scheme | None = None
        self.name = LineField("细则名称", read_title)
        self.note = TextField("说明", 2, "印发文号、适用范围等")
        self.adopted = QCheckBox("已由本单位改定（不再标作默认细则）")
        self.full_marks = LineField("满分", read_points, _NARROW)
        self.decimals = LineField("小数位数", read_decimals, _NARROW)
        self.not_applicable = ChoiceField("缺项办法")
        self.coverage = LineField("最低覆盖率", lambda text: read_share(text, "最低覆盖率"), _NARROW)
        self.ceiling = ChoiceField("总分上限")
        self.tie_break = LineField("同分排序", self._read_codes)
        self.order = muted()
        self.factors = {role: LineField(f"{role.label}系数", read_factor, _NARROW) for role in Role}
        self.quota = LineField("优秀名额比例", _read_quota_share, _NARROW)
        self.rounding = ChoiceField("名额取整")
        self.tie = ChoiceField("名额并列")
        self.sum = muted()
        self._connect()
        self._lay_out()

    def show_spot(self, scheme: Scheme, spot: Spot, year: Year, locked: str) -> None:
        self._scheme = scheme
        key = (year.year, scheme.group)
        self.name.show_value(key, scheme.title, locked)
        self.note.show_value(key, scheme.note, locked)
        self.adopted.setChecked(not scheme.is_default)
        self.adopted.setEnabled(not locked)
        self.full_marks.show_value(key, plain(scheme.full_marks), locked)
        self.decimals.show_value(key, str(scheme.decimals), locked, "各项得分四舍五入到几位小数")
        self.coverage.show_value(key, share_text(scheme.min_coverage), locked, "适用分值不足这一比例的，计分不排名")
        self.not_applicable.show_choices(
            [(item, item.label) for item in NotApplicablePolicy], scheme.not_applicable, locked
        )
        self.ceiling.show_choices([(item, item.label) for item in Ceiling], scheme.ceiling, locked)
        self.tie_break.show_value(key, "、".join(scheme.tie_break), locked, "按先后写指标代码，用顿号分开")
        self.order.setText(_order_words(scheme))
        for role, field in self.factors.items():
            field.show_value(key, plain(scheme.role_factors.get(role, Decimal(1))), locked)
        self._show_quota(scheme, key, locked)
        self.sum.setText(points_words(scheme))
        total = sum((item.points for item in scheme.categories), Decimal(0))
        theme.dress(self.sum, tone="muted" if total == scheme.full_marks else "bad")

    def _show_quota(self, scheme: Scheme, key: object, locked: str) -> None:
        quota = scheme.quota
        self.quota.show_value((key, "quota"), share_text(quota.share) if quota else "", locked, "留空为不限名额")
        for field, choices, chosen in (
            (self.rounding, [(item, item.label) for item in QuotaRounding], quota.rounding if quota else None),
            (self.tie, [(item, item.label) for item in QuotaTie], quota.tie if quota else None),
        ):
            field.show_choices(choices, chosen, locked or ("" if quota else "先填名额比例"))

    def _connect(self) -> None:
        self.name.given.connect(lambda text: self._set(self.name, "名称", title=read_title(text)))
        self.note.given.connect(lambda text: self._set(self.note, "说明", note=text))
        self.adopted.clicked.connect(
            lambda is_on: self._set(None, "改定" if is_on else "标作默认细则", is_default=not is_on)
        )
        self.full_marks.given.connect(
            lambda text: self._set(self.full_marks, f"满分 → {text}", full_marks=read_points(text))
        )
        self.decimals.given.connect(
            lambda text: self._set(self.decimals, f"小数位数 → {text}", decimals=read_decimals(text))
        )
        self.coverage.given.connect(
            lambda text: self._set(self.coverage, "最低覆盖率", min_coverage=read_share(text, "最低覆盖率"))
        )
        self.not_applicable.given.connect(lambda item: self._set(None, f"缺项办法 → {item.label}", not_applicable=item))
        self.ceiling.given.connect(lambda item: self._set(None, f"总分上限 → {item.label}", ceiling=item))
        self.tie_break.given.connect(
            lambda text: self._set(self.tie_break, "同分排序", tie_break=self._read_codes(text))
        )
        for role, field in self.factors.items():
            field.given.connect(lambda text, role=role, field=field: self._set_factor(role, field, text))
        self.quota.given.connect(self._set_quota)
        self.rounding.given.connect(lambda item: self._change_quota(f"名额取整 → {item.label}", rounding=item))
        self.tie.given.connect(lambda item: self._change_quota(f"名额并列 → {item.label}", tie=item))

    def _set(self, field: Field | None, what: str, **settings: Any) -> None:
        self.ask(what, lambda scheme: replace(scheme, **settings), field.refuse if field is not None else None)

    def _set_factor(self, role: Role, field: LineField, text: str) -> None:
        factor = read_factor(text)

        def change(scheme: Scheme) -> Scheme:
            factors = {**scheme.role_factors, role: factor}
            is_needless = all(factors.get(item, Decimal(1)) == 1 for item in Role)
            return replace(scheme, role_factors={} if is_needless else factors)

        self.ask(f"{role.label}系数 → {text}", change, field.refuse)

    def _set_quota(self, text: str) -> None:
        share = _read_quota_share(text)

        def change(scheme: Scheme) -> Scheme:
            if share is None:
                return replace(scheme, quota=None)
            return replace(scheme, quota=replace(scheme.quota, share=share) if scheme.quota else Quota(share))

        self.ask(f"优秀名额 → {text or '不限'}", change, self.quota.refuse)

    def _change_quota(self, what: str, **settings: Any) -> None:
        def change(scheme: Scheme) -> Scheme:
            return replace(scheme, quota=replace(scheme.quota, **settings)) if scheme.quota else scheme

        self.ask(what, change)

    def _read_codes(self, text: str) -> tuple[str, ...]:
        codes = tuple(code for code in text.translate(_SEPARATORS).split("、") if code)
        known = {**self._scheme.category_by_code, **self._scheme.indicator_by_code} if self._scheme else {}
        for code in codes:
            if code not in known:
                raise InputError(f"没有代码为“{code}”的指标", remedy="请写左边目录中的代码，例如 2、2.1")
            if codes.count(code) > 1:
                raise InputError(f"“{code}”写了不止一次", remedy="请只留一个")
        return codes

    def _lay_out(self) -> None:
        form = form_layout()
        form.addRow("细则名称", self.name)
        form.addRow("说明", self.note)
        form.addRow("", self.adopted)
        form.addRow("满分", _row(self.full_marks, self.sum, stretch=1))
        form.addRow("小数位数", _row(self.decimals, muted("位"), stretch=1))
        form.addRow("缺项办法", self.not_applicable)
        form.addRow("最低覆盖率", _row(self.coverage, muted("适用分值不足这一比例的，计分不排名"), stretch=1))
        form.addRow("总分上限", self.ceiling)
        form.addRow("同分排序", self.tie_break)
        form.addRow("", self.order)
        lead, participant = (self.factors[role] for role in Role)
        names = [QLabel(role.label) for role in Role]
        form.addRow("角色系数", _row(names[0], lead, names[1], participant))
        form.addRow("优秀名额", _row(self.quota, self.rounding, self.tie))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.SPACE * 2, theme.SPACE + 4, theme.SPACE * 2, theme.SPACE)
        column.setSpacing(theme.SPACE + 4)
        column.addWidget(heading("总则"))
        column.addLayout(form)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card_of(inside, scrolls=True))


def _read_quota_share(text: str) -> Decimal | None:
    if not text.strip():
        return None
    share = read_share(text, "名额比例")
    if share == 0:
        raise InputError("名额比例应大于 0", remedy="不设名额的，请留空")
    return share


def _order_words(scheme: Scheme) -> str:
    known = {item.code: item.title for item in scheme.categories} | {
        item.code: item.title for item in scheme.indicators
    }
    titles = [known[code] for code in scheme.tie_break if code in known]
    return f"总分相同时依次比较：{'、'.join(titles)}" if titles else "总分相同的并列"


def _row(*widgets: QWidget, stretch: int = -1) -> QHBoxLayout:
    """``stretch``: place of the widget that takes the rest of the row; -1: none."""
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE)
    for place, widget in enumerate(widgets):
        row.addWidget(widget, 1 if place == stretch else 0)
    if stretch < 0:
        row.addStretch(1)
    return row
