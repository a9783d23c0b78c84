"""The arrows between layers: walks every import in ``assessor`` and fails on one that points the wrong way."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "assessor"

LEAVES = {"errors", "open_files", "work", "output", "resources", "fonts", "machine"}
"""Modules that any layer may use."""
OUTPUTS = {"charts", "reports", "exchange"}
BELOW = {
    "domain": {"errors"},
    "workbook": {"domain", *LEAVES},
    "charts": {"domain", *LEAVES},
    "exchange": {"domain", "workbook", *LEAVES},
    "reports": {"domain", "charts", *LEAVES},
    "ui": {"domain", "workbook", "cli", *OUTPUTS, *LEAVES},
    "cli": {"domain", "workbook", "ui", *OUTPUTS, *LEAVES},
} | dict.fromkeys(LEAVES, LEAVES)
"""Layer -> what else of ``assessor`` it may import. ``cli`` opens the window, and the window offers its verbs."""

LIBRARIES = {
    "domain": {"numpy"},
    "workbook": {"sqlite_utils", "sqlcipher3", "cryptography"},
    "charts": {"matplotlib", "numpy"},
    "exchange": {"openpyxl", "xlsxwriter"},
    "reports": {"reportlab", "fontTools", "PIL", "pypdf", "matplotlib"},
    "ui": {"PySide6", "shiboken6", "matplotlib"},
    "cli": {"sample_db"},
} | {leaf: set() for leaf in LEAVES}
"""Layer -> what it may import beside the standard library; ``sample_db`` is the script that makes the sample."""

NOT_PURE = {
    "sqlite3",
    "os",
    "pathlib",
    "shutil",
    "tempfile",
    "socket",
    "time",
    "random",
    "subprocess",
    "threading",
    "io",
}
"""What the domain does without, though it is of the standard library: files, the clock, chance."""

NO_SCORES = {"unit_names.py", "robustness.py"}
"""Modules of the domain that may use binary floats: the likeness of two names and an analysis are no scores."""

HEAVY = (
    *("matplotlib", "reportlab", "openpyxl", "xlsxwriter", "sqlite_utils", "fontTools", "numpy"),
    *("sqlcipher3", "cryptography"),
)
SQL = re.compile(
    r"\bSELECT\b.+\bFROM\b|\bINSERT\s+(OR\s+\w+\s+)?INTO\b|\bUPDATE\b.+\bSET\b|\bDELETE\s+FROM\b|\bCREATE\s+TABLE\b|\bPRAGMA\b",
    re.DOTALL,
)

MODULES = sorted(PACKAGE.rglob("*.py"))


def layer_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports_of(path: Path) -> Iterator[str]:
    """Absolute names of imported modules, those inside functions included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            if node.module == "assessor":
                yield from (f"assessor.{alias.name}" for alias in node.names)
            else:
                yield node.module


def wrong_arrows(path: Path) -> list[str]:
    layer = layer_of(path)
    if layer == "__init__":
        return [name for name in imports_of(path) if name.startswith("assessor.")]
    allowed, wrong = BELOW[layer] | {layer}, []
    for name in imports_of(path):
        top, *rest = name.split(".")
        if top == "assessor":
            if not rest or rest[0] not in allowed:
                wrong.append(name)
        elif top not in sys.stdlib_module_names and top not in LIBRARIES[layer]:
            wrong.append(name)
    return wrong


def test_there_is_something_to_walk() -> None:
    assert {layer_of(path) for path in MODULES} >= {"domain", "workbook", "errors"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downwards(path: Path) -> None:
    assert wrong_arrows(path) == []


@pytest.mark.parametrize(
    ("layer", "line"),
    [
        ("domain", "from assessor.workbook.facts import load_facts"),
        ("domain", "import PySide6.QtCore"),
        ("charts", "from assessor.workbook.workbook import Workbook"),
        ("reports", "import sqlite_utils"),
        ("workbook", "from assessor.ui.app import run"),
        ("errors", "from assessor.domain.year import Year"),
        ("cli", "import matplotlib"),
    ],
)
def test_the_walk_finds_an_arrow_that_points_upwards(
    layer: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    module = tmp_path / layer / "module.py"
    module.parent.mkdir()
    module.write_text(f"def function():\n    {line}\n", encoding="utf-8")
    assert wrong_arrows(module)


def test_the_domain_knows_no_files_clock_or_chance() -> None:
    impure = {
        f"{path.name}: {name}"
        for path in MODULES
        if layer_of(path) == "domain"
        for name in imports_of(path)
        if name.split(".")[0] in NOT_PURE
    }
    clocks = [
        path.name
        for path in MODULES
        if layer_of(path) == "domain" and re.search(r"\.(today|now|utcnow)\(", path.read_text(encoding="utf-8"))
    ]
    assert (impure, clocks) == (set(), [])


def test_only_an_analysis_counts_with_numpy() -> None:
    found = {path.name for path in MODULES if layer_of(path) == "domain" and "numpy" in set(imports_of(path))}
    assert found == {"robustness.py"}


def test_the_domain_has_no_binary_floats() -> None:
    found = []
    for path in MODULES:
        if layer_of(path) != "domain" or path.name in NO_SCORES:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_float = isinstance(node, ast.Constant) and isinstance(node.value, float)
            if is_float or (isinstance(node, ast.Name) and node.id == "float"):
                found.append(f"{path.name}:{node.lineno}")
    assert found == []


def test_sql_is_written_in_the_workbook_only() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in MODULES
        if layer_of(path) != "workbook"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value)
    ]
    assert found == []


@pytest.mark.parametrize("module", ["assessor.cli", "assessor.charts", "assessor.reports", "assessor.domain.scoring"])
def test_starting_up_loads_no_heavy_library(module: str) -> None:
    code = f"import sys, {module}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
