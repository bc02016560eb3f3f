#!/usr/bin/env python3
"""Check the words that a report shows of a source, without a line of Tallystick.

check_quotes.py SOURCE.json TEXT: TEXT, the whole text as UTF-8, has the SHA-256 and the length
that the report states, and the words of each passage stand at its place in it. What does not
hold is named, and the exit code is 4.
"""

import hashlib
import json
import sys
from pathlib import Path


def faults(told: dict, data: bytes) -> list[str]:
    """Return what does not hold between a source of a report and the bytes of its text."""
    if hashlib.sha256(data).hexdigest() != told["text"]["sha256"]:
        return ["the text is not the one that was preserved: its SHA-256 is another"]
    text, shown = data.decode("utf-8"), told["shown"]
    wrong = [
        f"other words stand at {one['start']} to {one['end']}"
        for one in shown["passages"]
        if text[one["start"] : one["end"]] != one["words"]
    ]
    if len(text) != shown["characters"]:
        wrong.append(f"the text has {len(text)} characters, not {shown['characters']}")
    return wrong


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: check_quotes.py SOURCE.json TEXT")
    source = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    found = faults(source, Path(sys.argv[2]).read_bytes())
    for fault in found:
        print(f"{source['id']}: {fault}")
    if not found:
        print(f"{source['id']}: {len(source['shown']['passages'])} passages stand in the text")
    sys.exit(4 if found else 0)
