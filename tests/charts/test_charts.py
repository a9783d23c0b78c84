"""Choosing, styling and saving charts."""

from __future__ import annotations

import subprocess
import sys
import threading
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from pypdf import PdfReader

from assessor.charts import CHARTS, draw_chart, save_chart
from assessor.charts.style import DARK, LIGHT, PAPER, Fill, font
from assessor.errors import InputError, OutputError
from assessor.resources import ROOT
from tests.charts.builders import full_view
from tests.charts.drawn import words_by_key

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(autouse=True)
def bundled_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESSOR_FONTS", "bundled")


def lightness(colour: str) -> float:
    """What a grey printer makes of a colour, 0-1."""
    red, green, blue = to_rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("kind", CHARTS)
def test_every_kind_is_drawn_for_screen_and_paper(kind: str) -> None:
    view = full_view(5)
    assert words_by_key(draw_chart(kind, view))["title"].endswith(CHARTS[kind].title)
    assert "title" not in words_by_key(draw_chart(kind, view, paper=True))
    assert draw_chart(kind, view, dark=True).get_facecolor()[:3] == to_rgb(DARK.background)


@pytest.mark.parametrize("kind", CHARTS)
def test_svg_and_pdf_hold_chinese_text(kind: str, tmp_path: Path) -> None:
    figure = draw_chart(kind, full_view(28, is_sample=True))
    save_chart(figure, tmp_path / "chart.svg")
    save_chart(figure, tmp_path / "chart.pdf")
    own = {"sections": "农民科学素质提升行动", "bridge": "工作簿里没有上一年度"}
    wanted = ("示例数据", "2024 年度", own.get(kind, "市科协"))
    svg = (tmp_path / "chart.svg").read_text("utf-8")
    pdf = PdfReader(tmp_path / "chart.pdf").pages[0].extract_text()
    for words in wanted:
        assert words in svg
        assert words.replace(" ", "") in pdf.replace(" ", "").replace("\n", "")


def test_saving_the_same_chart_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for suffix in ("png", "svg", "pdf"):
        for name in ("one", "two"):
            save_chart(draw_chart("ranking", full_view(5)), tmp_path / f"{name}.{suffix}")
        assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()


def test_a_png_has_the_pixels_of_its_width(tmp_path: Path) -> None:
    save_chart(draw_chart("ranking", full_view(5)), tmp_path / "chart.png")
    header = (tmp_path / "chart.png").read_bytes()[:24]
    assert header[1:4] == b"PNG"
    assert int.from_bytes(header[16:20], "big") == pytest.approx(156 / 25.4 * 220, abs=1)


@pytest.mark.parametrize("name", ["chart.bmp", "chart"])
def test_another_suffix_is_refused_by_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match=r"\.png、\.svg 或 \.pdf"):
        save_chart(draw_chart("ranking", full_view(5)), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="文件夹不存在"):
        save_chart(draw_chart("ranking", full_view(5)), tmp_path / "none" / "chart.png")


def test_an_unknown_kind_or_group_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="ranking"):
        draw_chart("pie", full_view(5))
    with pytest.raises(InputError, match="成员单位"):
        draw_chart("ranking", full_view(5), group="school")


def test_charts_can_be_drawn_and_saved_in_several_threads(tmp_path: Path) -> None:
    view = full_view(5)
    save_chart(draw_chart("ranking", view), tmp_path / "alone.png")
    threads = [
        threading.Thread(target=lambda path=path: save_chart(draw_chart("ranking", view), path))
        for path in (tmp_path / f"{number}.png" for number in range(4))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    alone = (tmp_path / "alone.png").read_bytes()
    assert [(tmp_path / f"{number}.png").read_bytes() == alone for number in range(4)] == [True] * 4


def test_neighbouring_shades_on_paper_stay_apart_in_grey() -> None:
    plain = [fill for fill in PAPER.series if not fill.hatch]
    pairs = [
        (one, other)
        for one, other in zip(PAPER.series, PAPER.series[1:], strict=False)
        if one in plain and other in plain
    ]
    assert len(pairs) >= 4
    for one, other in pairs:
        assert abs(lightness(one.colour) - lightness(other.colour)) > 0.15, (one, other)


def test_more_categories_than_colours_begin_again_hatched() -> None:
    for look in (LIGHT, DARK, PAPER):
        fills = look.fills(12)
        assert len(set(fills)) == 12
        assert all(isinstance(fill, Fill) and fill.hatch for fill in fills[8:])


def test_bold_and_regular_are_different_faces() -> None:
    from matplotlib.font_manager import fontManager

    files = [Path(str(fontManager.findfont(font(9, bold=bold)))).name for bold in (False, True)]
    assert files == ["NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"]


def test_asking_for_the_kinds_does_not_import_matplotlib() -> None:
    code = "import sys, assessor.charts; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


# Machado, Oliveira and Fernandes (2009), full severity, on linear RGB.
COLOUR_VISION = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def lab(colour: str, vision: str) -> np.ndarray:
    """CIE L*a*b* (D65) of a colour as somebody with this vision sees it."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(COLOUR_VISION[vision]) @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ seen
    x, y, z = np.cbrt(xyz / np.array([0.9505, 1, 1.089]))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("vision", COLOUR_VISION)
def test_colours_on_screen_keep_apart_for_colour_blind_readers(vision: str) -> None:
    for look in (LIGHT, DARK):
        for fills in (look.series, tuple(look.deliveries.values())):
            for one, other in combinations(fills, 2):
                assert np.linalg.norm(lab(one.colour, vision) - lab(other.colour, vision)) > 12, (one, other)
