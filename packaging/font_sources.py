"""The public packages that the shipped fonts come from: downloaded by name, unpacked, and checked byte for byte."""

from __future__ import annotations

import hashlib
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    kind: str
    """``npm`` or ``deb``."""


@dataclass(frozen=True)
class Source:
    """One font file of a package, as it was when its subset was made and looked at."""

    package: Package
    path: str
    """Inside the unpacked package."""
    sha256: str


NOTO_SERIF = Package("@expo-google-fonts/noto-serif-sc", "0.4.3", "npm")
NOTO_SANS = Package("@expo-google-fonts/noto-sans-sc", "0.4.3", "npm")
WENKAI = Package("fonts-lxgw-wenkai", "1.250+repack-1", "deb")
FANDOL = Package("texlive-lang-chinese", "2022.20230122-1", "deb")
LIBERATION = Package("fonts-liberation2", "2.1.5-1", "deb")

_WENKAI_FOLDER = "usr/share/fonts/truetype/lxgw-wenkai"
_LIBERATION_FOLDER = "usr/share/fonts/truetype/liberation2"
_FANDOL_FOLDER = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"

SERIF_REGULAR = Source(
    NOTO_SERIF,
    "package/400Regular/NotoSerifSC_400Regular.ttf",
    "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
)
SERIF_BOLD = Source(
    NOTO_SERIF,
    "package/700Bold/NotoSerifSC_700Bold.ttf",
    "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6",
)
SANS_REGULAR = Source(
    NOTO_SANS,
    "package/400Regular/NotoSansSC_400Regular.ttf",
    "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
)
SANS_BOLD = Source(
    NOTO_SANS,
    "package/700Bold/NotoSansSC_700Bold.ttf",
    "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
)
KAI_REGULAR = Source(
    WENKAI,
    f"{_WENKAI_FOLDER}/LXGWWenKai-Regular.ttf",
    "bbf534b0ca093928f94d1782855e65a19a32cde82b075d495d072025521953c8",
)
KAI_LIGHT = Source(
    WENKAI,
    f"{_WENKAI_FOLDER}/LXGWWenKai-Light.ttf",
    "e302f84a1967817f91fc4011de7c8c12489c41072a7f0605a1c7b1399352cb93",
)
FANG_REGULAR = Source(
    FANDOL,
    f"{_FANDOL_FOLDER}/FandolFang-Regular.otf",
    "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9",
)
LATIN_REGULAR = Source(
    LIBERATION,
    f"{_LIBERATION_FOLDER}/LiberationSerif-Regular.ttf",
    "29d12439831b7f59194efec85872f24f54eff05738933f9a860220d2abff88ba",
)
LATIN_BOLD = Source(
    LIBERATION,
    f"{_LIBERATION_FOLDER}/LiberationSerif-Bold.ttf",
    "446a4421f297698427170fd7db20e59169a4188baaaf940e9bea58af6341a723",
)


def unpack(package: Package, cache: Path) -> Path:
    """The folder with the package's files, downloaded unless an earlier run left it in ``cache``."""
    folder = cache / f"{package.name.rpartition('/')[2]}-{package.version}"
    if folder.is_dir():
        return folder
    downloads = cache / f"{folder.name}.download"
    downloads.mkdir(parents=True, exist_ok=True)
    if package.kind == "npm":
        _run(["npm", "pack", "--silent", f"{package.name}@{package.version}"], downloads)
        with tarfile.open(_only_file(downloads)) as archive:
            archive.extractall(folder, filter="data")
    else:
        _run(["apt-get", "download", f"{package.name}={package.version}"], downloads)
        _run(["dpkg-deb", "--extract", str(_only_file(downloads)), str(folder.resolve())], downloads)
    return folder


def font_file(source: Source, cache: Path) -> Path:
    """Raises SystemExit where the file is not the one whose digest is noted here."""
    path = unpack(source.package, cache) / source.path
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != source.sha256:
        raise SystemExit(
            f"{path} is not the file that was looked at (SHA-256 {digest}); check it, then note the new one"
        )
    return path


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def _only_file(folder: Path) -> Path:
    (found,) = (path for path in folder.iterdir() if path.is_file())
    return found.resolve()
