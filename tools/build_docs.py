"""Write the pages of ``docs/look-up`` that are made from code and data.

Run ``python tools/build_docs.py`` to rewrite them, with ``--check`` to see whether they are up to
date. Each page is made by one function of ``PAGES``.
"""

from __future__ import annotations

import argparse
import ast
import dataclasses
import importlib
import inspect
import re
import sys
from pathlib import Path

import click

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(ROOT / "tools"))
LOOK_UP = ROOT / "docs" / "look-up"
MADE = "<!-- Made by tools/build_docs.py; do not edit by hand. -->\n\n"


def commands() -> str:
    """Tell every verb with its arguments and options, from the commands themselves."""
    from tallystick.cli.door import VERBS, tallystick

    context = click.Context(tallystick, info_name="tallystick")
    parts = ["# Commands\n"]
    for verb in VERBS:
        command = tallystick.get_command(context, verb)
        assert command is not None
        told = command.get_help(
            click.Context(command, info_name=verb, parent=context, max_content_width=96)
        )
        parts.append(f"## tallystick {verb}\n\n```\n{told.rstrip()}\n```\n")
    parts.append(
        "## Exit codes\n\n| code | meaning |\n|---|---|\n"
        "| 0 | done; contested figures, claims to review and refused estimates are told in the output |\n"
        "| 1 | something asked for could not be done; the rest is done and named |\n"
        "| 2 | the command was not understood |\n"
        "| 3 | with `--strict`: done, but contested, to be reviewed, or refused |\n"
        "| 4 | integrity is broken |\n"
    )
    return "\n".join(parts)


def issues() -> str:
    """Tell every issue code that the code can raise, with the sentence that explains it."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "src" / "tallystick").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for code in _codes(node):
                found.setdefault(code, set()).add(path.relative_to(ROOT / "src").as_posix())
    lines = [
        "# Issues",
        "",
        "What can be wrong with the evidence.",
        "Each issue says what, where, and what to do next.",
        "",
    ]
    lines += ["| code | raised in |", "|---|---|"]
    lines += [
        f"| `{code}` | {', '.join(f'`{file}`' for file in sorted(files))} |"
        for code, files in sorted(found.items())
    ]
    return "\n".join(lines) + "\n"


def _codes(node: ast.AST) -> list[str]:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return []
    rooms = "records|text|terms|preserving|reading|linking|reckoning|estimating|publishing|ledger|casework"
    return [node.value] if re.fullmatch(rf"({rooms})\.[a-z][a-z0-9-]+", node.value) else []


def records() -> str:
    """Tell every record with its fields, from its docstring."""
    door = importlib.import_module("tallystick.records")
    parts = [
        "# Records\n",
        "The frozen things that flow from room to room; JSON names are these names.\n",
    ]
    for name in sorted(door.__all__):
        thing = getattr(door, name)
        if dataclasses.is_dataclass(thing):
            parts.append(f"## {name}\n\n```\n{inspect.getdoc(thing)}\n```\n")
    return "\n".join(parts)


PAGES = {"commands.md": commands, "issues.md": issues, "records.md": records}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say which pages are out of date")
    is_check = parser.parse_args().check
    stale = []
    for name, make in PAGES.items():
        page = MADE + make()
        path = LOOK_UP / name
        if not path.exists() or path.read_text("utf-8") != page:
            stale.append(name)
            if not is_check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(page, "utf-8")
    if stale and is_check:
        sys.exit(f"out of date: {', '.join(stale)}; run make docs")


if __name__ == "__main__":
    main()
