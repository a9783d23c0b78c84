"""Reading a pack that may come from anywhere: everything that it says of itself is checked, nothing is believed.

What can be known of a hostile pack before it is unpacked is refused in ``opened_pack``; what it really holds, byte by
byte, in ``pieces_of``.
"""

from __future__ import annotations

import hashlib
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assessor.errors import InputError, os_reason
from assessor.exchange.pack_manifest import (
    EVIDENCE,
    MANIFEST,
    WORKBOOK,
    Entry,
    Manifest,
    ManifestError,
    NewerPackError,
    parse_manifest,
)
from assessor.workbook.evidence_names import kept_name

MOST_ENTRIES = 100_000
MOST_RATIO = 200
"""Content to packed bytes; the program's own packs stay far below (see ``pack_writing``)."""
MOST_MANIFEST = 32 << 20
_PIECE = 1 << 20
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ValueError,
    OverflowError,
    AssertionError,
    RuntimeError,
    LookupError,
    MemoryError,
)
"""What the zipfile module raises on bytes that no packer wrote, an assertion and a lookup among them."""
_REMEDY = "请重新取得这个包；若它是本程序导出的，请在原来的电脑上再导出一次"


@dataclass(frozen=True)
class OpenPack:
    path: Path
    archive: zipfile.ZipFile
    manifest: Manifest


@contextmanager
def opened_pack(path: Path) -> Iterator[OpenPack]:
    """Raises InputError where it is no pack, or no program of ours wrote it (see docs/evidence-and-packs.md)."""
    with _open_zip(path) as archive:
        infos = _entries(archive, path)
        manifest = _manifest(archive, infos, path)
        _compare(infos, manifest, path)
        yield OpenPack(path, archive, manifest)


def pieces_of(pack: OpenPack, entry: Entry) -> Iterator[bytes]:
    """The entry's content; raises InputError, at the latest after the last piece, where its size or digest is false."""
    digest, count = hashlib.sha256(), 0
    for piece in _pieces(pack.archive, entry.name, pack.path):
        count += len(piece)
        if count > entry.size:
            break
        digest.update(piece)
        yield piece
    if count != entry.size or digest.hexdigest() != entry.sha256:
        raise refusal(pack.path, f"{_shown(entry.name)} 的内容与清单不符")


def refusal(path: Path, why: str) -> InputError:
    return InputError(f"不能使用这个完整工作簿包：{why}", place=str(path), remedy=_REMEDY)


@contextmanager
def _open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        if path.is_dir():
            raise InputError("这是一个文件夹，不是完整工作簿包", place=str(path), remedy="请选择 .assess.zip 文件")
        stream = path.open("rb")
    except (OSError, ValueError) as problem:
        what = f"无法读取（{os_reason(problem)}）"
        raise InputError(what, place=str(path), remedy="请检查文件名和读取权限") from problem
    with stream:
        try:
            archive = zipfile.ZipFile(stream)
        except (*_BROKEN, OSError) as problem:
            raise refusal(path, "它不是 zip 文件，或没有传输完整") from problem
        with archive:
            yield archive


def _entries(archive: zipfile.ZipFile, path: Path) -> Mapping[str, zipfile.ZipInfo]:
    found = archive.infolist()
    if all(info.orig_filename != MANIFEST for info in found):
        raise refusal(path, "其中没有清单")
    if len(found) > MOST_ENTRIES:
        raise refusal(path, f"条目超过 {MOST_ENTRIES} 个")
    infos: dict[str, zipfile.ZipInfo] = {}
    for info in found:
        name = info.orig_filename  # as it is in the file: zipfile itself cuts names short and turns slashes round
        _refuse_name(name, path)
        if name in infos:
            raise refusal(path, f"条目 {_shown(name)} 有两个")
        _refuse_kind(info, path)
        infos[name] = info
    if sum(info.compress_size for info in found) > path.stat().st_size:
        raise refusal(path, "条目互相重叠")
    return infos


def _refuse_name(name: str, path: Path) -> None:
    """Only names that a packer writes: so none that leaves the folder, and no two that are one on Windows."""
    if name in (MANIFEST, WORKBOOK):
        return
    stored = name.removeprefix(EVIDENCE)
    if stored != name and len(stored) == 64 and not set(stored) - set("0123456789abcdef"):
        return
    is_hostile = name.startswith("/") or set(name) & set("\\:\x00") or ".." in name.split("/")
    why = "含有越出文件夹的路径" if is_hostile else "含有不应有的条目"
    raise refusal(path, f"{why} {_shown(name)}")


def _refuse_kind(info: zipfile.ZipInfo, path: Path) -> None:
    name = _shown(info.orig_filename)
    if info.flag_bits & _ENCRYPTED:
        raise refusal(path, f"条目 {name} 是加密的")
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        raise refusal(path, f"条目 {name} 是链接或设备，不是文件")
    if info.compress_type not in _METHODS:
        raise refusal(path, f"条目 {name} 的压缩方法不能识别")
    if info.file_size > info.compress_size * MOST_RATIO:
        raise refusal(path, f"条目 {name} 解开后异常庞大")


def _manifest(archive: zipfile.ZipFile, infos: Mapping[str, zipfile.ZipInfo], path: Path) -> Manifest:
    if infos[MANIFEST].file_size > MOST_MANIFEST:
        raise refusal(path, "清单异常庞大")
    content = bytearray()
    for piece in _pieces(archive, MANIFEST, path):
        content += piece
        if len(content) > MOST_MANIFEST:
            raise refusal(path, "清单异常庞大")
    try:
        return parse_manifest(bytes(content))
    except NewerPackError as problem:
        raise InputError(str(problem), place=str(path), remedy="请升级本程序后再打开") from problem
    except ManifestError as problem:
        raise refusal(path, str(problem)) from problem


def _compare(infos: Mapping[str, zipfile.ZipInfo], manifest: Manifest, path: Path) -> None:
    named = {entry.name for entry in manifest.entries}
    for name in infos:
        if name != MANIFEST and name not in named:
            raise refusal(path, f"条目 {_shown(name)} 不在清单中")
    for entry in manifest.entries:
        if entry.name not in infos:
            raise refusal(path, f"清单中的 {_shown(entry.name)} 不在包里")
        if infos[entry.name].file_size != entry.size:
            raise refusal(path, f"{_shown(entry.name)} 的大小与清单不符")


def _pieces(archive: zipfile.ZipFile, name: str, path: Path) -> Iterator[bytes]:
    try:
        with archive.open(name) as stream:
            while piece := stream.read(_PIECE):
                yield piece
    except _BROKEN as problem:
        raise refusal(path, f"{_shown(name)} 已损坏") from problem
    except OSError as problem:
        raise refusal(path, f"{_shown(name)} 无法读取（{os_reason(problem)}）") from problem


def _shown(name: str) -> str:
    return f"“{kept_name(name[:80])}”"
