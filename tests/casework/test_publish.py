"""What a report of a case lets out of what was preserved, by the deeds that a user calls."""

from __future__ import annotations

import pytest
from tests.casework.listed_case import keep, linked, new_case
from tests.invented_names import full_name
from tests.ledger.samples import WHO

from tallystick.casework.publish import publish, would_publish
from tallystick.casework.read_case import read_case
from tallystick.publishing import NoSuchText, Release

NAMES = [full_name(number) for number in range(30)]
ARTICLE = f"""---
published: 2025-03-10
title: The night in the valley
---
{NAMES[0]} opens the door of what was a bakery.

The Syrian Observatory for Human Rights said 132 civilians were killed in Tartous on Tuesday. Her
telephone, 0999 123 456, has not rung since.

Three men, identified as {NAMES[1]} (34), {NAMES[2]} and {NAMES[3]}, were killed in Latakia.

{NAMES[1]} keeps a notebook. Two streets away {NAMES[2]} sells bread from a cart.
"""


@pytest.fixture
def case(tmp_path):
    rows = [f"{n},,{name},31,2025-03-07,Jableh" for n, name in enumerate(NAMES[3:])]
    header = "record_id,source,name,age,date of death,place\n"
    (tmp_path / "l.csv").write_text(header + "\n".join(rows) + "\n")
    (tmp_path / "l.csv.toml").write_text('kind = "list"\noutlet = "Committee"\n')
    (tmp_path / "a.md").write_text(ARTICLE)
    with new_case(tmp_path / "case") as made:
        keep(made, tmp_path / "l.csv", tmp_path / "a.md")
        list(read_case(made, **WHO))
        linked(made)
        yield made


def texts(folder):
    return "\n".join(path.read_text("utf-8") for path in folder.rglob("*.*"))


def source_of(case, kind):
    return next(source.id for source in case.ledger.sources() if source.kind == kind)


def test_a_report_names_nobody_whom_no_claim_names(case, tmp_path):
    publish(case, tmp_path / "report", **WHO)
    told = texts(tmp_path / "report")

    assert "132 civilians" in told
    assert "Three men" in told
    assert [] == [name for name in NAMES if name in told]
    assert "0999" not in told


def test_a_whole_text_is_kept_in_the_journal_with_its_report(case, tmp_path):
    listed = source_of(case, "list")
    report, _ = publish(
        case, tmp_path / "r", release=Release(whole_texts=frozenset([listed])), **WHO
    )
    (entry,) = case.ledger.entries(act="number.publish")

    assert [listed] == entry.body["publication"]["whole_texts"]
    assert NAMES[3:] == [name for name in NAMES if name in texts(tmp_path / "r")]
    assert (listed,) == report.whole_texts


def test_a_dry_run_says_what_would_be_whole(case):
    listed = source_of(case, "list")
    asked = would_publish(case, release=Release(whole_texts=frozenset([listed])))

    assert [listed] == asked["whole_texts"]
    assert [] == would_publish(case)["whole_texts"]
    with pytest.raises(NoSuchText, match="s-none"):
        would_publish(case, release=Release(whole_texts=frozenset(["s-none"])))


NOTE = 'kind = "list"\naccess = "{access}"\n{outlet}'


@pytest.mark.parametrize("access", ["public", "restricted"])
@pytest.mark.parametrize("outlet", ["", 'outlet = "Council of Mills"\n'])
@pytest.mark.parametrize("told_by", ["", NAMES[1]])
def test_neither_file_nor_column_of_a_list_is_named(tmp_path, access, outlet, told_by):
    """A list goes by its publisher, if its source is public; else it is a number."""
    path = tmp_path / "list-of-our-man.csv"
    rows = [f"{n},{told_by},{name},31,2025-03-07,Jableh" for n, name in enumerate(NAMES[3:8])]
    path.write_text("\n".join(["record_id,source,name,age,date of death,place", *rows]) + "\n")
    path.with_name(path.name + ".toml").write_text(NOTE.format(access=access, outlet=outlet))
    with new_case(tmp_path / "case") as made:
        keep(made, path)
        linked(made)
        _, reckoned = publish(made, tmp_path / "report", **WHO)
    told = texts(tmp_path / "report")

    assert 5 == reckoned.figures[0].documented.lo
    assert [] == [name for name in (*NAMES, "our-man") if name in told]
    assert ("Council of Mills" in told) == (bool(outlet) and access == "public")


def test_a_dry_run_names_what_only_the_words_of_a_text_name(tmp_path):
    (tmp_path / "a.md").write_text(
        "---\npublished: 2025-03-10\n---\nThe Syrian Observatory for Human Rights said 132 civilians "
        f"were killed in Tartous.\n\n{NAMES[1]} said 14 people were killed in Jableh.\n"
    )
    with new_case(tmp_path / "case") as made:
        keep(made, tmp_path / "a.md")
        list(read_case(made, **WHO))
        told = would_publish(made)
        by_number = {claim.lo: claim.id for claim in made.ledger.claims()}

    assert [by_number[14]] == told["named_by_words"]
