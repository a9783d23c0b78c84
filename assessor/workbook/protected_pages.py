"""The pages of a protected workbook, one by one: for a damaged one, of which SQLCipher itself would read nothing.

As SQLCipher 4 writes them (https://www.zetetic.net/sqlcipher/design/): encrypted content, the 16 bytes that the
encryption began with, and an HMAC of both and the page's number. The first 16 bytes of the file are its salt.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass

from assessor.workbook.driver import MAGIC, SALT_BYTES, file_key

_PAGE = 4096
_MAC = 64
_VECTOR = 16
_RESERVED = _VECTOR + _MAC
_MAC_SALT_MASK = 0x3A
_MAC_ROUNDS = 2


@dataclass(frozen=True)
class PageKeys:
    content: bytes
    mac: bytes
    salt: bytes


def keys_of(password: str, salt: bytes) -> PageKeys:
    content = file_key(password, salt)
    masked = bytes(byte ^ _MAC_SALT_MASK for byte in salt)
    return PageKeys(content, hashlib.pbkdf2_hmac("sha512", content, masked, _MAC_ROUNDS, len(content)), salt)


def readable_pages(content: bytes, password: str) -> bytes:
    """A protected file in which altered pages are empty ones: SQLCipher reads nothing more after the first page that it
    cannot verify."""
    keys = keys_of(password, content[:SALT_BYTES])
    plain = decrypted(content, keys)
    return encrypted(plain, keys) if any(plain[:_PAGE]) else content


def decrypted(content: bytes, keys: PageKeys) -> bytes:
    """As a plain database file would hold it; a page that was altered is empty."""
    pages = range(0, len(content) - _PAGE + 1, _PAGE)
    return b"".join(_plain(content[start : start + _PAGE], start // _PAGE + 1, keys) for start in pages)


def encrypted(content: bytes, keys: PageKeys) -> bytes:
    """What ``decrypted`` takes."""
    pages = range(0, len(content), _PAGE)
    return b"".join(_protected(content[start : start + _PAGE], start // _PAGE + 1, keys) for start in pages)


def _plain(page: bytes, number: int, keys: PageKeys) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    head = SALT_BYTES if number == 1 else 0
    body, mac = page[head:-_MAC], page[-_MAC:]
    if not hmac.compare_digest(_mac(body, number, keys), mac):
        return bytes(_PAGE)
    cipher = Cipher(algorithms.AES(keys.content), modes.CBC(body[-_VECTOR:])).decryptor()
    return (MAGIC if head else b"") + cipher.update(body[:-_VECTOR]) + cipher.finalize() + bytes(_RESERVED)


def _protected(page: bytes, number: int, keys: PageKeys) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    head = SALT_BYTES if number == 1 else 0
    vector = os.urandom(_VECTOR)
    cipher = Cipher(algorithms.AES(keys.content), modes.CBC(vector)).encryptor()
    body = cipher.update(page[head:-_RESERVED]) + cipher.finalize() + vector
    return (keys.salt if head else b"") + body + _mac(body, number, keys)


def _mac(body: bytes, number: int, keys: PageKeys) -> bytes:
    return hmac.digest(keys.mac, body + number.to_bytes(4, "little"), "sha512")
