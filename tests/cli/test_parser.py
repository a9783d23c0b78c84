"""What is wrong with a command is said in Chinese."""

from __future__ import annotations

import pytest

from assessor.cli import main
from assessor.cli.parser import translate


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["score"], "缺少参数：工作簿, --year"),
        (["score", "a.assess", "--year", "去年"], "--year 应为整数，现为 '去年'"),
        (["score", "a.assess", "--year", "2024", "--xml"], "不认识的参数：--xml"),
        (["chart", "a.assess", "--year", "2024", "--kind", "饼图", "--out", "x.png"], "--kind 没有 '饼图' 这个选项"),
        (["report", "a.assess", "--year", "2024", "--kind", "overall", "--out", "x.pdf", "--date", "昨天"], "--date"),
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
