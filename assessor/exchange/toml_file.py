"""Reads the TOML files that an office writes by hand, and tells it in Chinese which line to mend.

Numbers with a decimal point are read as Decimal, dates as ISO text.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from assessor.errors import AssessorError, os_reason

LARGEST = 4 * 1024 * 1024
"""Bytes; a plan or scheme has some ten thousand."""

_WIDE = re.compile("[“”‘’，＝［］｛｝＃]")
_SAVE_AS = "请用记事本打开，选“另存为”，编码选“UTF-8”，保存后再用"


def read_toml(path: Path, error: type[AssessorError]) -> dict[str, Any]:
    """The file's table. Raises ``error`` where it is missing, not UTF-8 or not TOML, naming the line."""
    text = _decode(_read_bytes(path, error), path, error).replace("\r\n", "\n")
    if "\0" in text:
        raise error("这不是文字文件", place=str(path), remedy="请检查是否选错了文件；方案和细则是 .toml 文件")
    try:
        table = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as problem:
        raise _syntax_error(problem, text, path, error) from problem
    except RecursionError as problem:
        raise error("括号套得太深", place=path.name, remedy="请检查方括号和大括号是否成对") from problem
    return {key: _with_plain_dates(value) for key, value in table.items()}


def _read_bytes(path: Path, error: type[AssessorError]) -> bytes:
    try:
        if path.is_dir():
            raise error("这是一个文件夹，不是文件", place=str(path), remedy="请写出其中的 .toml 文件")
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except FileNotFoundError as problem:
        raise error("没有这个文件", place=str(path), remedy="请检查文件名和所在的文件夹") from problem
    except OSError as problem:
        remedy = "请检查文件权限，或换一个位置再试"
        raise error(f"无法读取（{os_reason(problem)}）", place=str(path), remedy=remedy) from problem
    if len(content) > LARGEST:
        raise error("文件太大，不像方案或细则", place=str(path), remedy="请检查是否选错了文件")
    return content


def _decode(content: bytes, path: Path, error: type[AssessorError]) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise error("文件的编码是 UTF-16（记事本的“Unicode”），不是 UTF-8", place=str(path), remedy=_SAVE_AS)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        kind = "文件的编码是 GBK（记事本的“ANSI”），不是 UTF-8" if _is_gbk(content) else "文件的编码不是 UTF-8"
        raise error(kind, place=f"{path} 第{line}行", remedy=_SAVE_AS) from problem


def _is_gbk(content: bytes) -> bool:
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _syntax_error(problem: tomllib.TOMLDecodeError, text: str, path: Path, error: type[AssessorError]) -> AssessorError:
    found = re.search(r"line (\d+), column (\d+)", str(problem))
    lines = text.split("\n")
    number = int(found[1]) if found else len(lines)
    line = lines[number - 1].strip() if number <= len(lines) else ""
    what = f"这一行写法有误：{line[:60]}" if line else "文件到这里没有写完整"
    remedy = "请检查引号、方括号是否成对，等号两边是否齐全，同一项目是否写了两次"
    if _WIDE.search(line):
        remedy = "请把中文的引号、逗号、等号、括号改成英文半角的；引号里面的文字不用改"
    return error(what, place=f"{path} 第{number}行", remedy=remedy)


def _with_plain_dates(value: Any) -> Any:
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, list):
        return [_with_plain_dates(item) for item in value]
    if isinstance(value, dict):
        return {key: _with_plain_dates(item) for key, item in value.items()}
    return value
