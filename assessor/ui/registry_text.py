"""A change of the registry as the dialogs show it: what will happen, by area; or what stands in the way."""

from __future__ import annotations

from html import escape

from assessor.domain.registry_change import Consequence, RegistryChange
from assessor.errors import AssessorError
from assessor.ui import theme


def change_html(change: RegistryChange) -> str:
    if change.refusals:
        bad, text = theme.colours().bad, theme.colours().text
        items = "".join(
            f"<li style='margin-bottom:6px'>{escape(item.what)}。<br>"
            f"<span style='color:{text}'>{escape(item.remedy)}。</span></li>"
            for item in change.refusals
        )
        return f"<p style='color:{bad}'><b>不能这样改：</b></p><ul style='color:{bad}'>{items}</ul>"
    areas = dict.fromkeys(item.area for item in change.consequences)
    return "".join(_area(area, [item for item in change.consequences if item.area == area]) for area in areas)


def problem_html(problem: AssessorError) -> str:
    """Of what is still missing in the form."""
    remedy = f"，{escape(problem.remedy)}" if problem.remedy else ""
    return f"<p style='color:{theme.colours().muted}'>{escape(problem.what)}{remedy}。</p>"


def _area(area: str, items: list[Consequence]) -> str:
    lines = "".join(f"<li>{_line(item)}</li>" for item in items)
    return f"<p style='margin-bottom:0'><b>{escape(area)}</b></p><ul style='margin-top:2px'>{lines}</ul>"


def _line(item: Consequence) -> str:
    text = escape(item.text)
    return f"<span style='color:{theme.colours().warn}'>{text}（请核对）</span>" if item.needs_care else text
