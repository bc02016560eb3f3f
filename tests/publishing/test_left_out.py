"""A report for everybody holds of each text what is cited, and the rest only where asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.invented_names import full_name
from tests.publishing import invented_case as case
from tests.publishing.pages import files_in, loose_links, pages_in

from tallystick.publishing import NoSuchText, Preserved, Release, RestrictedText, publish
from tallystick.publishing.excerpts import NAME

CHECK = Path(__file__).parents[2] / "tools" / "check_quotes.py"
NAMES = [full_name(number) for number in range(60)]
ROWS = [f"{name}\t{20 + n % 30}\tNorth Vale\t0999 41{n:04}" for n, name in enumerate(NAMES)]
LIST = "\n".join(["name\tage\tplace\ttold by", *ROWS, "all\t60\tNorth Vale"])


def source(text, **fields):
    return case.source(text, published=case.DAY(2031, 4, 1), **fields)


LISTED = source(LIST, title="Names of the dead", kind="list", media_type="text/csv")
COUNTED = case.claim(LISTED, "60\tNorth Vale", 60, originator="VRV")


def written(folder):
    """Return all that a report tells, with what markup and JSON write otherwise put back."""
    parts = []
    for path, data in files_in(folder).items():
        text = data.decode("utf-8")
        parts += [path, text, unescape(text)]
        if path.endswith((".json", ".jsonl")):
            parts += [json.dumps(json.loads(line), ensure_ascii=False) for line in _lines(text)]
    return "\n".join(parts)


def _lines(text):
    lines = [line.rstrip(",") for line in text.splitlines()]
    return [line for line in lines if line.startswith("{")]


def with_list(*claims, kept=LISTED, verdict="accept"):
    told = (*case.TOLD, *(case.Told(claim=one, verdict=verdict) for one in claims))
    return case.dossier(sources=(*case.SOURCES, kept), claims=told)


@pytest.mark.parametrize("kind", ["list", "other", "news"])
def test_of_a_list_of_names_only_the_cited_cells_are_shown(tmp_path, kind):
    kept = source(LIST, title="Names of the dead", kind=kind, media_type="text/csv")
    publish(with_list(COUNTED, kept=kept), tmp_path)
    told = written(tmp_path)
    page = pages_in(tmp_path)[f"sources/{LISTED.source.id}.html"]

    assert [] == [name for name in NAMES if name in told]
    assert "0999" not in told
    assert "60\tNorth Vale" == page.all("mark").__next__().text(without=["ref"])


def test_a_name_that_a_claim_cites_is_shown_and_its_row_is_not(tmp_path):
    cited = case.claim(LISTED, NAMES[7], 1, originator="VRV")
    publish(with_list(COUNTED, cited), tmp_path)
    told = written(tmp_path)

    assert [NAMES[7]] == [name for name in NAMES if name in told]
    assert "0999" not in told


@pytest.mark.parametrize("verdict", ["", "reject"])
def test_what_nobody_confirmed_of_a_list_stands_without_its_words(tmp_path, verdict):
    row = ROWS[7].split("\t", 1)[1]
    read = case.claim(LISTED, row[:-4], 27, originator=f"x:{NAMES[7]}", attributed_to=NAMES[7])
    said = case.saying(LISTED, NAMES[8], kind="accusation", speaker=f"x:{NAMES[8]}")
    given = with_list(read, verdict=verdict)
    publish(replace(given, statements=(*given.statements, said)), tmp_path)
    told = written(tmp_path)
    (claim,) = (
        json.loads(line)
        for line in (tmp_path / "claims.jsonl").read_text("utf-8").splitlines()
        if read.id in line
    )

    assert [] == [name for name in NAMES if name in told]
    assert "0999" not in told
    assert ("", None, 27) == (claim["quote"], claim["span"], claim["lo"])
    assert [] == shown_of(tmp_path, LISTED)["passages"]
    assert [] == loose_links(tmp_path)


def test_of_a_table_of_counts_the_row_is_shown(tmp_path):
    text = "place\tkilled\nNorth Vale\t230\nSouth Vale\t140\n"
    kept = source(text, title="Counts", kind="tally", media_type="text/csv")
    claim = case.claim(kept, "230", 230, originator="VRV")
    publish(with_list(claim, kept=kept), tmp_path)
    (passage,) = shown_of(tmp_path, kept)["passages"]

    assert "North Vale\t230" == passage["words"]


def shown_of(folder, kept):
    path = folder / "sources" / f"{kept.source.id}.json"
    return json.loads(path.read_text("utf-8"))["shown"]


def test_the_sentence_of_a_claim_is_shown_without_the_names_that_are_known(tmp_path):
    words = (
        f"Three men, named as {NAMES[1]} (34), {NAMES[2]} and {NAMES[3]}, were killed. Rain fell."
    )
    text = f"{NAMES[1]} was a baker.\n\n{words}"
    named = tuple((at, at + len(name)) for name in NAMES[1:4] for at in [text.rindex(name)])
    kept = replace(source(text, title="Three"), named=named)
    claim = case.claim(kept, "Three men", 3, originator="VRV")
    proof = case.certificate([("VRV", 3, ["QZ-N"])], [claim])
    figure = case.figure(proof, (0, 0, 3, 3, 3), query=case.Query(where=("QZ-N",)))
    given = case.dossier(
        sources=(kept,), claims=(case.Told(claim=claim),), statements=(), issues=(), tables=(),
        figures=(figure.as_json(),), headline=(figure.id,), certificates={proof.id: proof.as_json()},
    )  # fmt: skip
    publish(given, tmp_path)
    pages, sentence = pages_in(tmp_path), f"named as {NAME} (34), {NAME} and {NAME}, were killed."

    assert [] == [name for name in NAMES if name in written(tmp_path)]
    assert sentence in pages[f"sources/{kept.source.id}.html"].text()
    assert sentence in pages[f"figures/{figure.id}.html"].text()


def test_words_that_a_reviewer_did_not_keep_are_not_shown(tmp_path):
    text = f"{NAMES[1]} and twelve others died.\n\nOf {NAMES[2]} nothing is known."
    kept = source(text, title="Twelve")
    read = case.claim(kept, f"Of {NAMES[2]} nothing", 12, originator="VRV")
    used = case.claim(kept, "twelve others", 12, originator="VRV", where=("QZ-N",))
    told = case.Told(claim=used, read=read, verdict="correct", reason="it is in the first line")
    publish(case.dossier(sources=(*case.SOURCES, kept), claims=(*case.TOLD, told)), tmp_path)
    page = pages_in(tmp_path)[f"sources/{kept.source.id}.html"]

    assert NAMES[2] not in written(tmp_path)
    assert "where ?" in page.text()
    assert "it is in the first line" in page.text()


def test_words_that_a_claim_is_pinned_to_stand_with_their_names(tmp_path):
    text = f"{NAMES[1]} was killed, said {NAMES[1]}'s neighbour."
    kept = replace(source(text, title="One"), named=((0, len(NAMES[1])),))
    publish(with_list(case.claim(kept, NAMES[1], 1, originator="VRV"), kept=kept), tmp_path)
    words = [one["words"] for one in shown_of(tmp_path, kept)["passages"]]

    assert [text] == words
    assert [] == loose_links(tmp_path)


SENTENCES = [f"{full_name(n)} spoke of house {n:03} to our man." for n in range(40)]


@settings(max_examples=12)
@given(
    st.sets(st.integers(0, 39), max_size=5),
    st.sampled_from(["\n", " ", "\n\n"]),
    st.sampled_from(["news", "testimony", "tally", "list"]),
)
def test_no_sentence_that_nothing_cites_is_in_any_file(tmp_path_factory, cited, between, kind):
    folder = tmp_path_factory.mktemp("report")
    kept = source(between.join(SENTENCES), title="House to house", kind=kind)
    claims = [
        case.claim(kept, f"house {number:03}", 1, originator="HERALD") for number in sorted(cited)
    ]
    publish(with_list(*claims, kept=kept), folder)
    told = written(folder)
    shown = cited if kind != "list" else set()

    assert shown == {n for n, sentence in enumerate(SENTENCES) if sentence in told}
    assert shown == {n for n in range(40) if full_name(n) in told}
    assert cited == {n for n in range(40) if f"house {n:03}" in told}
    assert [] == loose_links(folder)


WHOLE = Release(whole_texts=frozenset([LISTED.source.id, case.HERALD.source.id]))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    return folder, publish(with_list(COUNTED), folder, WHOLE)


def test_a_text_goes_out_whole_where_it_is_asked_for(whole):
    folder, _ = whole
    for kept in (LISTED, case.HERALD):
        page = pages_in(folder)[f"sources/{kept.source.id}.html"].with_class("text")[0]
        lines = [p.text(without=["ref"]) for p in page.all("p")]

        assert kept.text == "\n".join(lines)
        assert kept.text == (folder / "sources" / f"{kept.source.id}.txt").read_text("utf-8")
    assert 2 == len(list(folder.rglob("*.txt")))
    assert [] == loose_links(folder)


def test_what_was_let_out_is_said_in_the_report_and_in_its_record(whole):
    folder, record = whole
    pages = pages_in(folder)
    asked = "asked for it by name"
    said = {path for path, root in pages.items() if asked in root.text()}
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))["whole_texts"]
    ids = sorted(WHOLE.whole_texts)

    assert {"index.html", *(f"sources/{id_}.html" for id_ in ids)} == said
    assert (ids, ids) == (listed, record.as_json()["whole_texts"])


def test_a_report_of_passages_says_that_nothing_is_whole(tmp_path, english):
    record = publish(case.dossier(), tmp_path)

    assert "asked for it by name" not in written(english)
    assert [] == record.as_json()["whole_texts"]


def test_a_page_says_how_much_is_left_out_and_where(tmp_path):
    publish(with_list(COUNTED), tmp_path)
    page = pages_in(tmp_path)[f"sources/{LISTED.source.id}.html"]
    (before,) = (gap.text() for gap in page.with_class("gap"))
    start, _ = COUNTED.span

    assert f"… {start:,} characters left out, 0–{start:,} …" == before
    assert f"{len(LIST) - len(COUNTED.quote):,} of {len(LIST):,} characters" in page.text()


def test_a_restricted_text_never_goes_out_whole(tmp_path):
    with pytest.raises(RestrictedText, match="never leaves the case"):
        publish(case.dossier(), tmp_path, Release(whole_texts=frozenset([case.SECRET.source.id])))

    assert [] == list(tmp_path.iterdir())


def test_a_whole_text_that_is_not_there_is_named(tmp_path):
    mute = Preserved(case.HERALD.source)
    given = case.dossier(sources=(mute, *(k for k in case.SOURCES if k is not case.HERALD)))
    for id_ in ("s-none", case.HERALD.source.id):
        with pytest.raises(NoSuchText, match=id_):
            publish(given, tmp_path, Release(whole_texts=frozenset([id_])))


def test_a_source_without_a_text_says_so_and_its_claims_keep_their_place(tmp_path):
    mute = Preserved(replace(case.HERALD.source, text=None))
    publish(case.dossier(sources=[mute if k is case.HERALD else k for k in case.SOURCES]), tmp_path)
    page = pages_in(tmp_path)[f"sources/{mute.source.id}.html"]

    assert "No text could be taken out of this source." in page.text()
    assert [] == loose_links(tmp_path)
    assert shown_of(tmp_path, mute) is None


def checked(source, text):
    command = [sys.executable, "-I", str(CHECK), str(source), str(text)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_an_outsider_checks_the_passages_against_the_whole_text(tmp_path, english):
    for kept in case.SOURCES[:-1]:
        text = tmp_path / "whole.txt"
        text.write_text(kept.text, "utf-8", newline="")
        told = checked(english / "sources" / f"{kept.source.id}.json", text)

        assert (0, "") == (told.returncode, told.stderr)


def test_an_outsider_is_told_of_another_text_and_of_other_words(tmp_path, english):
    path = english / "sources" / f"{case.HERALD.source.id}.json"
    text = tmp_path / "whole.txt"
    text.write_text(case.HERALD.text, "utf-8", newline="")
    forged = json.loads(path.read_text("utf-8"))
    forged["shown"]["passages"][0]["words"] += "!"
    (tmp_path / "forged.json").write_text(json.dumps(forged), "utf-8")
    (tmp_path / "other.txt").write_text(case.HERALD.text + " ", "utf-8")
    words, other = checked(tmp_path / "forged.json", text), checked(path, tmp_path / "other.txt")

    assert (4, 4) == (words.returncode, other.returncode)
    assert "other words stand at 29 to 266" in words.stdout
    assert "its SHA-256 is another" in other.stdout
