"""Writing a pack: files into one zip with a manifest, read back and compared before it gets its name.

The same files, name and time give the same bytes.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assessor.errors import InputError, os_reason
from assessor.exchange.pack_manifest import EVIDENCE, MANIFEST, WORKBOOK, Entry, Manifest, manifest_bytes
from assessor.exchange.pack_reading import opened_pack, pieces_of
from assessor.output import written_whole
from assessor.work import Work

_PIECE = 1 << 20
_WORTH_DEFLATING = 1.05
"""How often a file must get smaller; pictures and PDF do not."""
_TOO_THIN = 30
"""What would get smaller than this is stored as it is: a reader takes it for a bomb (see ``pack_reading``)."""
_REGULAR_FILE = 0o100644 << 16
_UNIX = 3
_ALWAYS_64 = 1 << 31
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""Of the times that a zip can hold."""


@dataclass(frozen=True)
class Packing:
    """What goes into a pack."""

    workbook: Path
    """A copy that nobody writes in."""
    name: str
    """The workbook's own, without its ending."""
    made_at: datetime
    evidence: Sequence[Path] = ()
    """Stored files, whose names are their stored names."""
    missing: Sequence[str] = ()


def write_pack(packing: Packing, out: Path, work: Work) -> Manifest:
    """Raises InputError where a file cannot be read, OutputError, Cancelled; ``out`` is then as it was."""
    files = [(WORKBOOK, packing.workbook), *((EVIDENCE + path.name, path) for path in sorted(packing.evidence))]
    with written_whole(out) as temporary:
        manifest = _write(packing, files, temporary, Work(lambda done, text: work.step(done * 0.8, text)))
        _read_back(temporary, manifest, Work(lambda done, text: work.step(0.8 + done * 0.2, text)))
    return manifest


def _write(packing: Packing, files: Sequence[tuple[str, Path]], target: Path, work: Work) -> Manifest:
    moment = max(packing.made_at.timetuple()[:6], _EARLIEST)
    entries: list[Entry] = []
    with zipfile.ZipFile(target, "w", allowZip64=True) as archive:
        for number, (name, path) in enumerate(files):
            work.step(number / len(files), f"正在打包（{number + 1}/{len(files)}）")
            info = _info(name, moment, _method(path))
            entries.append(_write_entry(archive, info, path, work, number / len(files)))
        manifest = Manifest(
            packing.made_at.isoformat(timespec="seconds"), packing.name, tuple(entries), tuple(sorted(packing.missing))
        )
        archive.writestr(_info(MANIFEST, moment, zipfile.ZIP_DEFLATED), manifest_bytes(manifest))
    return manifest


def _write_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, work: Work, reached: float) -> Entry:
    digest, size = hashlib.sha256(), 0
    is_large = _size(path) >= _ALWAYS_64
    with archive.open(info, "w", force_zip64=is_large) as stream:
        for piece in _pieces(path):
            work.step(reached, "正在打包")
            stream.write(piece)
            digest.update(piece)
            size += len(piece)
    return Entry(info.filename, size, digest.hexdigest())


def _read_back(path: Path, manifest: Manifest, work: Work) -> None:
    """The disk has what was written: raises InputError where not."""
    with opened_pack(path) as pack:
        for number, entry in enumerate(pack.manifest.entries):
            work.step(number / len(manifest.entries), "正在核对写好的包")
            for _piece in pieces_of(pack, entry):
                work.step(number / len(manifest.entries), "正在核对写好的包")
        if pack.manifest != manifest:
            raise InputError("写入后读回的内容不一致", place=str(path), remedy="请检查磁盘，或换一个磁盘再导出")


def _info(name: str, moment: tuple[int, ...], method: int) -> zipfile.ZipInfo:
    year, month, day, hour, minute, second = moment
    info = zipfile.ZipInfo(name, (year, month, day, hour, minute, second))
    info.compress_type = method
    info.external_attr = _REGULAR_FILE
    info.create_system = _UNIX  # on Windows, too: the same bytes everywhere
    return info


def _method(path: Path) -> int:
    packer, packed = zlib.compressobj(1), 0
    for piece in _pieces(path):
        packed += len(packer.compress(piece))
    packed += len(packer.flush())
    return zipfile.ZIP_DEFLATED if _WORTH_DEFLATING < _size(path) / packed < _TOO_THIN else zipfile.ZIP_STORED


def _size(path: Path) -> int:
    return path.stat().st_size


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                yield piece
    except OSError as problem:
        what = f"无法读取（{os_reason(problem)}）"
        raise InputError(what, place=str(path), remedy="请检查磁盘和文件的读取权限") from problem
