"""What this machine must have before a window can open: a display, and on Linux the libraries that Qt loads.

Asked before Qt is imported, because Qt itself answers a missing display or library by aborting the process.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable, Mapping

from assessor.errors import MachineError

VERBS_HINT = (
    "不需要显示器的命令有：new、year、sample、score、report、chart、sheet、reviewer-sheets、import-marks、"
    "scheme、scheme-check、rehearse、convert、pack、unpack、history、seal、unseal、verify、backup、restore、check、"
    "password；"
    "用法见 uv run main.py --help"
)

_QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",  # QtPdf's, which the preview of a report loads
}
_XCB_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
_WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}


def check_window_possible(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> None:
    """Raises MachineError where no window can open, with the one thing to do about it."""
    if platform != "linux":
        return
    plugin = environment.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if plugin in ("offscreen", "minimal", "vnc"):
        needed = _QT_LIBRARIES
    elif environment.get("WAYLAND_DISPLAY") and plugin in ("", "wayland"):
        needed = _QT_LIBRARIES | _WAYLAND_LIBRARIES
    elif environment.get("DISPLAY"):
        needed = _QT_LIBRARIES | _XCB_LIBRARIES
    else:
        raise MachineError("没有可用的显示器，窗口打不开", remedy=f"请在图形桌面中运行。{VERBS_HINT}")
    missing = missing_packages(needed)
    if missing:
        raise MachineError(
            "系统缺少窗口所需的库",
            place="Linux",
            remedy=f"请运行：sudo apt-get install -y {' '.join(missing)}\n{VERBS_HINT}",
        )


def missing_packages(needed: Mapping[str, str], present: Iterable[str] | None = None) -> list[str]:
    """Debian packages of the libraries in ``needed`` that cannot be loaded, in order, each once."""
    loadable = set(present) if present is not None else {name for name in needed if _can_load(name)}
    return list(dict.fromkeys(package for name, package in needed.items() if name not in loadable))


def _can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
