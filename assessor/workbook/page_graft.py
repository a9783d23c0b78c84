"""The first pages of a workbook hold what tables there are and where. When they are lost, those of a backup serve.

A page keeps its number as long as no table is added or removed, so that the definitions of a backup, or of a new
workbook of the same format, find the tables of the damaged file (https://www.sqlite.org/fileformat.html).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assessor.workbook.driver import MAGIC, SALT_BYTES

_HEADER = 100
_INTERIOR = 0x05
_SIZE = slice(28, 32)
_FREE_PAGES = slice(32, 40)
"""First free page and their number: forgotten, since nothing is to be written."""


def page_size(content: bytes) -> int:
    """Of a database file; 0 where its header does not say."""
    stored = int.from_bytes(content[16:18], "big")
    size = 65536 if stored == 1 else stored
    return size if size >= 512 and not size & (size - 1) else 0


def padded(content: bytes) -> bytes:
    """With empty pages where the end of the file is missing, as far as its header tells."""
    size = page_size(content)
    pages = int.from_bytes(content[_SIZE], "big")
    wanted = size * pages
    if not size or pages > 2 * len(content) // size + 1024:  # a header that lies
        return content
    return content + bytes(max(wanted - len(content), 0))


def grafted(content: bytes, donor: bytes) -> bytes:
    """``content`` with the donor's definitions in the place of its own."""
    size = page_size(donor)
    result = bytearray(content + bytes(-len(content) % size))
    for number in definition_pages(donor, size):
        start = (number - 1) * size
        result.extend(bytes(max(start + size - len(result), 0)))
        result[start : start + size] = donor[start : start + size]
    result[_SIZE] = (len(result) // size).to_bytes(4, "big")
    result[_FREE_PAGES] = bytes(8)
    return bytes(result)


def write_grafted(target: Path, damaged: Path, donor: Path, password: str | None = None) -> bool:
    """False where the donor cannot serve. With ``password`` all three are protected by it."""
    if password is not None:
        return _write_protected(target, damaged.read_bytes(), donor.read_bytes(), password)
    source = donor.read_bytes()
    if not source.startswith(b"SQLite format 3\0") or not page_size(source):
        return False
    target.write_bytes(grafted(damaged.read_bytes(), source))
    return True


def _write_protected(target: Path, content: bytes, donor: bytes, password: str) -> bool:
    from assessor.workbook.protected_pages import decrypted, encrypted, keys_of

    source = decrypted(donor, keys_of(password, donor[:SALT_BYTES]))
    if not source.startswith(MAGIC) or not page_size(source):
        return False
    for salt in dict.fromkeys((content[:SALT_BYTES], donor[:SALT_BYTES])):  # the file's own may be damaged
        keys = keys_of(password, salt)
        plain = decrypted(content, keys)
        if any(plain):
            target.write_bytes(encrypted(grafted(plain, source), keys))
            return True
    return False


def definition_pages(donor: bytes, size: int) -> Iterator[int]:
    """Numbers of the pages of the b-tree that starts on page 1."""
    waiting = [1]
    while waiting:
        number = waiting.pop()
        yield number
        start = (number - 1) * size
        head = start + (_HEADER if number == 1 else 0)
        if donor[head] != _INTERIOR:
            continue
        cells = int.from_bytes(donor[head + 3 : head + 5], "big")
        waiting.append(int.from_bytes(donor[head + 8 : head + 12], "big"))
        for cell in range(cells):
            pointer = head + 12 + 2 * cell
            place = start + int.from_bytes(donor[pointer : pointer + 2], "big")
            waiting.append(int.from_bytes(donor[place : place + 4], "big"))
