"""The walls of the house that import-linter does not see."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2] / "src" / "tallystick"
ROOMS = sorted(path.name for path in HOUSE.iterdir() if (path / "__init__.py").exists())
FILES = sorted(HOUSE.rglob("*.py"))
# A heavy package is imported in exactly one file of the house.
HEAVY = ("highspy", "trafilatura", "python_calamine", "sqlalchemy", "duckdb", "openpyxl", "pyspark")


def imports_of(path: Path) -> list[tuple[str, bool]]:
    """Return (module, at top of file) for each import of a file."""
    tree = ast.parse(path.read_text("utf-8"))
    top = {id(node) for node in tree.body}
    found: list[tuple[str, bool]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(name.name, id(node) in top) for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.append((node.module, id(node) in top))
    return found


def room_of(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_a_room_is_entered_by_its_front_door(path):
    strangers = [
        module
        for module, _ in imports_of(path)
        if module.startswith("tallystick.")
        and module.count(".") >= 2
        and module.split(".")[1] in ROOMS
        and module.split(".")[1] != room_of(path)
        # In the hall every deed has a door of its own, so that a verb loads only what it needs.
        and module.split(".")[1] != "casework"
    ]

    assert [] == strangers


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_only_doors_engines_and_heavy_files_import_late(path):
    room = room_of(path)
    if room in ("cli", "casework") or "engines" in path.parts or "children" in path.parts:
        pytest.skip("may import late")
    late = [
        module
        for module, is_top in imports_of(path)
        if not is_top and module.startswith("tallystick")
    ]

    assert [] == late


def test_a_heavy_package_is_imported_in_one_file():
    users = defaultdict(set)
    for path in FILES:
        for module, _ in imports_of(path):
            if module.split(".")[0] in HEAVY and "engines" not in path.parts:
                users[module.split(".")[0]].add(f"{room_of(path)}/{path.name}")

    crowded = {name: sorted(files) for name, files in users.items() if len(files) > 1}
    crowded.pop(
        "sqlalchemy", None
    )  # the whole ledger speaks SQLAlchemy; import-linter keeps it there

    assert {} == crowded


@pytest.mark.parametrize("room", ROOMS)
def test_a_front_door_only_hands_names_on(room):
    tree = ast.parse((HOUSE / room / "__init__.py").read_text("utf-8"))
    allowed = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.Expr)
    others = [type(node).__name__ for node in tree.body if not isinstance(node, allowed)]

    assert [] == others
    assert ast.get_docstring(tree)


WORKSHOPS = ("reading", "linking", "reckoning", "estimating", "publishing", "preserving")


@pytest.mark.parametrize("room", WORKSHOPS)
def test_a_workshop_asks_neither_clock_nor_environment(room):
    asked = []
    for path in sorted((HOUSE / room).rglob("*.py")):
        text = path.read_text("utf-8")
        asked += [
            f"{path.name}: {word}"
            for word in ("datetime.now(", "date.today(", "time.time(", "os.environ", "getenv(")
            if word in text
        ]

    assert [] == asked


def test_help_imports_no_heavy_package():
    heavy = "django numpy duckdb scipy numba highspy sqlalchemy trafilatura lxml pandas".split()
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from tallystick.cli.door import tallystick\n"
        "assert CliRunner().invoke(tallystick, ['--help']).exit_code == 0\n"
        f"print(sorted(set({heavy!r}) & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "[]" == told.stdout.strip()
