"""A trace node as the rich text under the tree: the sentence, its inputs with their sources, evidence, adjustment."""

from __future__ import annotations

from html import escape

from assessor.ui import theme
from assessor.ui.models.trace_nodes import TraceNode


def trace_html(node: TraceNode) -> str:
    colours = theme.colours()
    muted = f"color:{colours.muted}"
    parts = [f'<p style="font-weight:bold;margin:0 0 8px 0">{escape(node.title)}</p>']
    for sentence in node.sentences:
        box = f"background:{colours.accent_soft};color:{colours.text}"
        parts.append(
            f'<table width="100%" cellpadding="8" cellspacing="0" style="margin-bottom:6px">'
            f'<tr><td style="{box}">{escape(sentence)}</td></tr></table>'
        )
    for name, text in node.facts:
        parts.append(f'<p style="margin:6px 0"><span style="{muted}">{escape(name)}：</span>{escape(text)}</p>')
    if node.inputs:
        parts.append(f'<p style="margin:10px 0 2px 0;{muted}">数据与来源</p>')
        parts.append(_inputs(node))
    if node.evidence:
        parts.append(f'<p style="margin:10px 0 2px 0;{muted}">佐证材料</p>')
        parts.extend(f'<p style="margin:2px 0">· {escape(item)}</p>' for item in node.evidence)
    return "".join(parts)


def _inputs(node: TraceNode) -> str:
    muted = theme.colours().muted
    rows = (
        f'<tr><td>{escape(item.name)}</td><td align="right"><b>{escape(item.value)}</b></td></tr>'
        f'<tr><td colspan="2" style="color:{muted};font-size:small">{escape(item.source)}</td></tr>'
        for item in node.inputs
    )
    return f'<table width="100%" cellpadding="3" cellspacing="0">{"".join(rows)}</table>'
