"""Write the review decisions of an example case from its page of expected claims.

A person has written down, in the tally notation, what each document of an example says
(``expected.tally``). This tool lays the machine's reading beside it and writes the decisions that
a reviewer would take (``review.csv``): accept, correct, add, reject. Run it again after the
reader has changed::

    python tools/review_from_tally.py src/tallystick/examples/coast-2025 --case coast

``--case`` is a case into which the example's documents were preserved and read.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from tallystick.casework.case import Case  # noqa: E402
from tallystick.casework.review_table import HEADER  # noqa: E402
from tallystick.records import Claim, Source, how_many, parse_claims, print_whom  # noqa: E402

COUNTED = "<!-- counted -->\n"
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
# What a reviewer compares; spans, words and methods are the machine's own affair.
COMPARED = (
    "role", "during", "counted", "originator", "via", "by", "standard", "edition", "incident",
)  # fmt: skip
WORDS = {
    1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight",
    9: "nine", 10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen",
}  # fmt: skip


def blocks(page: str) -> dict[str, list[Claim]]:
    """Split the page by its ``# file`` lines."""
    header, found, file = "", defaultdict(list), ""
    for line in page.splitlines():
        named = re.fullmatch(r"# (\d\S+\.\w+)", line.strip())
        if named:
            file = named[1]
        elif line.startswith("who"):
            header = line
        elif line.strip() and not line.startswith("#"):
            found[file] += parse_claims(f"{header}\n{line}")
    return found


def quote_of(claim: Claim, text: str) -> str:
    """Find the words of a claim that the machine did not read: its number and what follows."""
    number = claim.lo or claim.hi or 0
    spellings = [
        f"{number:,}", str(number), str(number).translate(EASTERN),
        f"{number:,}".translate(EASTERN).replace(",", "٬"), "واحد" if number == 1 else "", WORDS.get(number, ""),
        WORDS.get(number, "").capitalize(),
    ]  # fmt: skip
    for spelling in filter(None, spellings):
        found = re.search(
            rf"(?<![\d,.٬]){re.escape(spelling)}(?![\d]|[,٬]\d)(?:[ ]\S+){{0,3}}", text
        )
        if found:
            return found[0].rstrip(".,;:،؛")
    return ""


def cell(claim: Claim, name: str) -> str:
    value = claim.as_json()[name]
    if name in ("during", "counted"):
        window = getattr(claim, name)
        return str(window) if window and str(window) != "?" else ""
    return "" if value in (None, []) else str(value)


def cells(claim: Claim) -> dict[str, str]:
    """Return every cell that a reviewer compares; the row alone says the whole claim."""
    row = {name: cell(claim, name) for name in COMPARED}
    row |= {"where": " + ".join(claim.where), "to": " + ".join(claim.to)}
    row |= {"whom": print_whom(claim.whom), "pins": claim.pinned}
    row |= {"kind": claim.kind, "unit": claim.unit, "polarity": claim.polarity}
    row["how many"] = how_many(claim.lo, claim.hi, claim.hedge)
    return {name: value or "-" for name, value in row.items()}


def differences(expected: Claim, read: Claim) -> int:
    want, got = cells(expected), cells(read)
    return sum(1 for name in want if want[name] != got[name])


def match(expected: list[Claim], read: list[Claim]) -> dict[str, Claim]:
    """Pair each expected claim with the nearest reading of the same kind and number."""
    left, pairs = list(read), {}
    for loose in (False, True):
        for want in expected:
            if want.id in pairs:
                continue
            rivals = [
                got
                for got in left
                if (got.kind, got.unit, got.polarity) == (want.kind, want.unit, want.polarity)
                and (got.lo == want.lo if loose else (got.lo, got.hi) == (want.lo, want.hi))
            ]
            if rivals:
                best = min(rivals, key=lambda got: (differences(want, got), got.span or (0, 0)))
                pairs[want.id] = best
                left.remove(best)
    return pairs


def with_source_ids(claim: Claim, sources: dict[str, Source]) -> Claim:
    """The page names an edition by its file; claims name it by its source."""
    if claim.edition in sources:
        return replace(claim, edition=sources[claim.edition].id)
    return claim


def counted(tally: Counter[str]) -> str:
    """Say in the example's README how much of the reading was right."""
    return (
        "\nThe decisions of `review.csv`, counted by `tools/review_from_tally.py`:\n\n"
        "| decision | rows |\n|---|---|\n"
        f"| accept: read as a careful person reads it, in every field | {tally['accept']} |\n"
        f"| correct: the number was read, some field of its scope was not | {tally['correct']} |\n"
        f"| add: not read | {tally['add']} |\n"
        f"| reject: no such count in the document | {tally['reject']} |\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("example", type=Path)
    parser.add_argument("--case", type=Path, required=True)
    asked = parser.parse_args()
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER, lineterminator="\n", restval="")
    writer.writeheader()
    tally = Counter()
    with Case.open(asked.case) as case:
        sources = {source.name: source for source in case.ledger.sources()}
        page = (asked.example / "expected.tally").read_text("utf-8")
        quotes = dict(re.findall(r"^#   quote (\S+): (.+)$", page, re.MULTILINE))
        expected = blocks(page)
        for name, source in sorted(sources.items()):
            text = case.text_of(source)
            read = case.ledger.claims_read(source.id)
            wanted = [with_source_ids(claim, sources) for claim in expected.get(name, [])]
            pairs = match(wanted, read)
            for want in wanted:
                got = pairs.get(want.id)
                row = cells(want) | {"part_of": want.part_of or "-"}
                verdict = "add"
                if got is not None:
                    verdict = "correct" if differences(want, got) else "accept"
                tally[verdict] += 1
                quote = got.quote if got else quotes.get(want.id) or quote_of(want, text)
                if not quote:
                    print(f"no words found for {want.id} in {name}", file=sys.stderr)
                said = {
                    "claim": got.id if got else "",
                    "ref": want.id,
                    "file": name,
                    "quote": quote,
                }
                writer.writerow(row | said | {"verdict": verdict})
            for extra in [got for got in read if got not in pairs.values()]:
                tally["reject"] += 1
                said = {"claim": extra.id, "file": name, "quote": extra.quote}
                numbered = {
                    "kind": extra.kind,
                    "how many": how_many(extra.lo, extra.hi, extra.hedge),
                }
                writer.writerow(
                    said
                    | numbered
                    | {"verdict": "reject", "reason": "no such count in the document"}
                )
    (asked.example / "review.csv").write_text(out.getvalue(), "utf-8")
    print(", ".join(f"{verdict} {n}" for verdict, n in sorted(tally.items())))
    readme = asked.example / "README.md"
    kept = readme.read_text("utf-8").split(COUNTED)[0]
    readme.write_text(kept + COUNTED + counted(tally), "utf-8")


if __name__ == "__main__":
    main()
