"""How evidence of a protected workbook lies on the disk: AES-256-GCM, under names that tell nothing of the content.

A file is 12 random bytes (the nonce), the encrypted content, and 16 bytes that authenticate both. Its name is an HMAC
of the content's digest: whoever has a file and not the key cannot even tell whether the workbook holds it.
"""

from __future__ import annotations

import hmac
import os
import secrets
from dataclasses import dataclass

from assessor.errors import WorkbookError
from assessor.workbook.driver import require_installed
from assessor.workbook.evidence_store import Cipher, Plain

_KEY_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16


@dataclass(frozen=True)
class Keyed:
    """``key``: of 32 random bytes, from which one for contents and one for names are derived."""

    key: bytes

    @property
    def overhead(self) -> int:
        return _NONCE_BYTES + _TAG_BYTES

    def encrypt(self, content: bytes) -> bytes:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(_NONCE_BYTES)
        return nonce + AESGCM(self._derived("content")).encrypt(nonce, content, None)

    def decrypt(self, stored: bytes) -> bytes:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if len(stored) < self.overhead:
            raise ValueError("too short")
        try:
            return AESGCM(self._derived("content")).decrypt(stored[:_NONCE_BYTES], stored[_NONCE_BYTES:], None)
        except InvalidTag as problem:
            raise ValueError("not what was encrypted with this key") from problem

    def stored_name(self, digest: str) -> str:
        return hmac.digest(self._derived("name"), digest.encode(), "sha256").hex()

    def _derived(self, purpose: str) -> bytes:
        return hmac.digest(self.key, purpose.encode(), "sha256")


def new_key() -> str:
    """As it lies in the settings."""
    return secrets.token_hex(_KEY_BYTES)


def cipher_for(key: str | None) -> Cipher:
    """For ``evidence_key`` of the settings. Raises WorkbookError where that is no key, MachineError where the library
    is not installed."""
    if key is None:
        return Plain()
    require_installed()
    try:
        return Keyed(bytes.fromhex(key))
    except ValueError as problem:
        raise WorkbookError("佐证文件的密钥已损坏", remedy="请改用最近的备份") from problem
