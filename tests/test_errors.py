"""What a message says, and the system's reasons in Chinese."""

from __future__ import annotations

import errno

from assessor.errors import OutputError, os_reason


def test_a_message_says_where_what_and_how_to_mend_it() -> None:
    problem = OutputError("无法写入", place="D:/报告", remedy="请换一个文件夹")
    assert str(problem) == "D:/报告：无法写入\n处理办法：请换一个文件夹"


def test_the_usual_reasons_of_the_system_are_said_in_chinese() -> None:
    assert os_reason(PermissionError(errno.EACCES, "Permission denied")) == "没有权限"
    assert os_reason(OSError(errno.ENOSPC, "No space left on device")) == "磁盘已满"


def test_a_reason_that_is_not_known_keeps_the_systems_words() -> None:
    assert os_reason(OSError(errno.ELOOP, "Too many levels")) == "Too many levels"
    assert os_reason(ValueError("embedded null byte")) == "embedded null byte"
