"""Figures drawn on the page: vectors, real text, images only where the figure has one."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from assessor.reports.official import GridSnap
from assessor.reports.text.chart import ChartFlowable
from assessor.reports.text.paragraph import GridParagraph
from assessor.reports.text.style import GRID_PITCH, MM
from tests.reports.text.printing import baselines, page_code, plain, print_story, read_pages, run_tool


def print_figure(figure: Figure) -> bytes:
    """In its own size."""
    return print_story([ChartFlowable(figure, figure.get_figwidth() * 72)])[0]


def rendered(pdf: bytes, folder: Path) -> Image.Image:
    """The first page at 72 dots an inch: one pixel a point."""
    run_tool("pdftoppm", "-r", "72", "-png", "-singlefile", "PDF", "page", pdf=pdf, folder=folder)
    return Image.open(folder / "page.png").convert("RGB")


def pixel(image: Image.Image, x: float, y: float, figure: Figure) -> tuple[int, int, int]:
    """The colour at a place of the figure (0-1 from its lower left), which stands at the top of the type area."""
    width, height = figure.get_figwidth() * 72, figure.get_figheight() * 72
    left, top = 28 * MM, (297 - 35 - 225) * MM
    red, green, blue = image.getpixel((int(left + x * width), int(top + (1 - y) * height)))  # type: ignore[misc]
    return red, green, blue


def empty_figure() -> Figure:
    """Six inches by three; data from 0 to 1 fill it."""
    figure = Figure(figsize=(6, 3))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    return figure


def test_bars_are_vectors_in_their_colours(tmp_path: Path) -> None:
    figure = empty_figure()
    figure.axes[0].bar([0.25, 0.75], [0.5, 0.9], width=0.3, color=["#ff0000", "#0000ff"])
    pdf = print_figure(figure)
    image = rendered(pdf, tmp_path)
    assert pixel(image, 0.25, 0.25, figure) == (255, 0, 0)
    assert pixel(image, 0.25, 0.7, figure) == (255, 255, 255)
    assert pixel(image, 0.75, 0.7, figure) == (0, 0, 255)
    assert len(run_tool("pdfimages", "-list", "PDF", pdf=pdf, folder=tmp_path).splitlines()) == 2  # its heading only


def test_text_is_text_in_the_documents_faces_rare_characters_too(tmp_path: Path) -> None:
    figure = empty_figure()
    figure.text(0.1, 0.6, "王䶮㛃𬭎局得分（%）", fontsize=12)
    figure.text(0.1, 0.2, "粗体", fontsize=12, fontweight="bold")
    pdf, log = print_story([ChartFlowable(figure, figure.get_figwidth() * 72)])
    text = run_tool("pdftotext", "PDF", "-", pdf=pdf, folder=tmp_path)
    assert "王䶮㛃𬭎局得分（%）" in text
    fonts = run_tool("pdffonts", "PDF", pdf=pdf, folder=tmp_path)
    assert "NotoSansSC-Regular" in fonts
    assert "NotoSansSC-Bold" in fonts
    assert "DejaVu" not in fonts
    assert log.missing == ()


def test_turned_text_reads_upwards(tmp_path: Path) -> None:
    figure = empty_figure()
    figure.text(0.1, 0.2, "完成率", fontsize=20, rotation=90)
    pdf = print_figure(figure)
    assert plain("".join(read_pages(pdf))) == "完成率"
    boxes = run_tool("pdftotext", "-bbox", "PDF", "-", pdf=pdf, folder=tmp_path)
    x_min, y_min, x_max, y_max = (float(value) for value in re.findall(r'M[a-z]+="([\d.]+)"', boxes)[:4])
    assert y_max - y_min > 2 * (x_max - x_min)


def test_a_line_with_markers_draws_each_marker() -> None:
    figure = empty_figure()
    figure.axes[0].plot([0.1, 0.5, 0.9], [0.2, 0.8, 0.4], "s--", color="#008000")
    code = page_code(print_figure(figure))
    assert len(re.findall(r" h B$", code, re.M)) == 3
    assert re.search(r"^\[[\d. ]+\] \S+ d$", code, re.M)
    assert "0 .501961 0 RG" in code


def test_a_hatch_is_clipped_to_its_bar(tmp_path: Path) -> None:
    figure = empty_figure()
    figure.axes[0].bar([0.5], [0.8], width=0.4, color="white", edgecolor="black", hatch="////")
    pdf = print_figure(figure)
    image = rendered(pdf, tmp_path)
    inside = {pixel(image, x / 100, 0.4, figure) for x in range(35, 65)}
    outside = {pixel(image, x / 100, 0.4, figure) for x in range(2, 25)}
    assert min(sum(color) for color in inside) < 500
    assert outside == {(255, 255, 255)}


def test_transparent_areas_let_show_through(tmp_path: Path) -> None:
    figure = empty_figure()
    figure.axes[0].fill_between([0, 1], 0, 1, color="#000000", alpha=0.5, linewidth=0)
    red, green, blue = pixel(rendered(print_figure(figure), tmp_path), 0.5, 0.5, figure)
    assert 120 < red == green == blue < 135


@pytest.mark.parametrize("interpolation", ["none", "nearest"])
def test_an_image_stands_upright(tmp_path: Path, interpolation: str) -> None:
    figure = empty_figure()
    picture = np.array([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [0, 0, 0]]], dtype=np.uint8)
    figure.axes[0].imshow(picture, extent=(0, 1, 0, 1), aspect="auto", interpolation=interpolation)
    image = rendered(print_figure(figure), tmp_path)
    assert pixel(image, 0.2, 0.8, figure) == (255, 0, 0)
    assert pixel(image, 0.8, 0.8, figure) == (0, 255, 0)
    assert pixel(image, 0.2, 0.2, figure) == (0, 0, 255)
    assert pixel(image, 0.8, 0.2, figure) == (0, 0, 0)


def test_what_lies_outside_the_axes_is_clipped(tmp_path: Path) -> None:
    figure = Figure(figsize=(6, 3))
    axes = figure.add_axes((0.3, 0.3, 0.4, 0.4))
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.fill([-1, 2, 2, -1], [-1, -1, 2, 2], color="#ff0000")
    image = rendered(print_figure(figure), tmp_path)
    assert pixel(image, 0.5, 0.5, figure) == (255, 0, 0)
    assert pixel(image, 0.1, 0.5, figure) == (255, 255, 255)


def test_a_layout_made_by_matplotlib_leaves_room_for_long_labels(tmp_path: Path) -> None:
    figure = Figure(figsize=(6, 3), layout="constrained")
    axes = figure.subplots()
    axes.barh(["宜春经济技术开发区管理委员会", "市科协"], [3, 5])
    pdf = print_figure(figure)
    boxes = run_tool("pdftotext", "-bbox", "PDF", "-", pdf=pdf, folder=tmp_path)
    left = min(float(value) for value in re.findall(r'xMin="([\d.]+)"', boxes))
    assert left >= 28 * MM - 0.5
    assert axes.get_position().x0 > 0.25


def test_a_figure_is_scaled_to_the_width_asked_for_and_the_text_below_is_on_the_grid() -> None:
    figure = Figure(figsize=(3, 1))
    chart = ChartFlowable(figure, 432.0)
    assert chart.wrap(442.0, 600.0) == pytest.approx((432.0, 144.0))
    pdf, _ = print_story([ChartFlowable(figure, 432.0), GridSnap(GRID_PITCH, 0), GridParagraph("正文")])
    alone, _ = print_story([GridParagraph("正文" * 200)])
    assert abs(baselines(pdf)[-1] - baselines(alone)[5]) < 0.02


def test_a_figure_higher_than_the_page_is_made_smaller() -> None:
    chart = ChartFlowable(Figure(figsize=(6, 20)), 432.0)
    assert chart.wrap(442.0, 600.0)[1] <= 225 * MM + 0.01


def test_drawing_leaves_the_figures_resolution_and_canvas() -> None:
    figure = Figure(figsize=(6, 3), dpi=150)
    canvas = figure.canvas
    print_figure(figure)
    assert figure.dpi == 150
    assert figure.canvas is canvas


def test_the_same_figure_makes_the_same_bytes() -> None:
    def draw() -> bytes:
        figure = empty_figure()
        figure.axes[0].bar([0.2, 0.6], [0.5, 0.7], width=0.2, hatch="..")
        figure.text(0.5, 0.5, "示例数据", rotation=30, alpha=0.3)
        return print_figure(figure)

    assert draw() == draw()
