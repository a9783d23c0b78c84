"""What is wrong with a command is said in Chinese."""

from __future__ import annotations

import pytest

from assessor.cli import main
from assessor.cli.parser import translate

REPORT = ["report", "a.assess", "--year", "2024", "--kind", "overall", "--out", "x.pdf"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["score"], "缺少参数：工作簿, --year"),
        (["score", "a.assess", "--year", "去年"], "--year 应为整数，现为 '去年'"),
        (["score", "a.assess", "--year", "2024", "--xml"], "不认识的参数：--xml"),
        (["chart", "a.assess", "--year", "2024", "--kind", "饼图", "--out", "x.png"], "--kind 没有 '饼图' 这个选项"),
        ([*REPORT, "--date", "昨天"], "--date：“昨天”不是日期"),
        ([*REPORT, "--date", "2025-02-30"], "--date：日历上没有“2025-02-30”这一天"),
        ([*REPORT, "--date", "0205-01-15"], "“0205-01-15”的年份不对"),
        (["score", "", "--year", "2024"], "工作簿：文件名是空的"),
        (["new", " ", "--plan", "yichun-2021-2025"], "新工作簿：文件名是空的"),
        (["score", "a.assess", "--year", "2024", "--json=1"], "--json 后面不带值"),
        (["score", "a.assess", "--year", "2024", "两\n行"], "不认识的参数：两\n行"),
    ],
)
def test_a_wrong_command_ends_with_2_and_says_what_is_wrong(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    message = capsys.readouterr().err
    assert expected in message
    assert "用法" in message
    assert "usage" not in message


@pytest.mark.parametrize("verb", ["new", "sample", "score", "report", "chart", "open"])
def test_every_verb_has_its_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([verb, "--help"])
    assert caught.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith("用法：")
    assert "显示本说明" in shown


def test_a_message_without_a_translation_is_shown_as_it_is() -> None:
    assert translate("something new") == "something new"
