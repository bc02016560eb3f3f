from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from tests.publishing import invented_case as case
from tests.publishing.pages import anchors, files_in, loose_links, pages_in, parsed, target_of

from tallystick.publishing import LooseEnd, MisplacedQuote, Preserved, Release, UnusableId, publish
from tallystick.publishing.files import earlier_files
from tallystick.records import Claim

GOLDEN = Path(__file__).parents[1] / "golden" / "publishing"
# The manifest holds the digest of every other file, so these few stand for all.
GILDED = {
    "index.html",
    "manifest.json",
    *(f"figures/{figure.id}.html" for figure in (case.ALL, case.TO_GOV, case.FLED)),
    *(f"sources/{kept.source.id}.html" for kept in (case.HWATCH, case.REGISTER, case.SECRET)),
}
HEADINGS = ("h1", "h2", "h3", "h4")


def test_the_same_dossier_gives_the_same_bytes(tmp_path, english):
    publish(case.dossier(), tmp_path)

    assert files_in(english) == files_in(tmp_path)


def test_the_order_in_which_sources_and_statements_lie_changes_no_page_of_them(tmp_path, english):
    shuffled = list(case.TOLD)
    random.Random(4).shuffle(shuffled)
    publish(
        case.dossier(sources=case.SOURCES[::-1], claims=shuffled, statements=case.STATEMENTS[::-1]),
        tmp_path,
    )

    assert files_in(english) == files_in(tmp_path)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_pages_are_the_golden_pages(tmp_path, lang):
    """``make regild`` rewrites them; look at the difference, in a browser too."""
    publish(case.dossier(lang), tmp_path)
    made = {path: data for path, data in files_in(tmp_path).items() if path in GILDED}
    golden = GOLDEN / lang
    if os.environ.get("TALLYSTICK_REGILD"):
        shutil.rmtree(golden, ignore_errors=True)
        for path, data in made.items():
            (golden / path).parent.mkdir(parents=True, exist_ok=True)
            (golden / path).write_bytes(data)

    assert files_in(golden) == made


def test_the_manifest_names_every_other_file_with_its_digest(tmp_path):
    told = publish(case.dossier(), tmp_path)
    listed = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["files"]
    found = {path: hashlib.sha256(data).hexdigest() for path, data in files_in(tmp_path).items()}

    assert {one["path"]: one["sha256"] for one in listed} == {
        path: digest for path, digest in found.items() if path != "manifest.json"
    }
    assert found == {file.path: file.sha256 for file in told.files}
    assert found["manifest.json"] == told.manifest
    assert "public" == told.as_json()["profile"]


def test_every_link_leads_somewhere(report):
    assert [] == loose_links(report)


def test_every_number_of_the_first_page_leads_to_a_proof_or_to_words(report):
    """A number on the first page stands inside a link to a figure, or to a claim's words."""
    root = pages_in(report)["index.html"]
    bare = [
        element.text()
        for element in root.all()
        if "n" in (element.attributes.get("class") or "").split()
        and not any(above.name == "a" for above in element.ancestors())
    ]

    assert [] == bare


def test_every_figure_leads_to_its_certificate_and_quotes_and_these_to_the_source(report):
    pages = pages_in(report)
    figures = [path for path in pages if path.startswith("figures/")]
    for path in figures:
        targets = [
            target_of(path, e.attributes["href"])
            for e in pages[path].all("a")
            if "href" in e.attributes
        ]
        documented = pages[path].with_class("documented")[0].with_class("n")[0].text()
        proofs = [t for t, _ in targets if t.startswith("certificates/")]
        quotes = [(t, f) for t, f in targets if t.startswith("sources/") and f.startswith("c-")]

        assert documented == "0" or (proofs and quotes), path
        for source, claim in quotes:
            assert claim in anchors(pages[source])
            assert len(pages[source].with_class("digest")[0].text()) == 64


def test_the_words_of_a_quote_are_marked_in_the_text_of_the_source(report):
    pages = pages_in(report)
    for told in case.TOLD:
        claim = told.claim
        page = pages[f"sources/{claim.source}.html"]
        anchor = next(e for e in page.all() if e.attributes.get("id") == claim.id)
        if claim.source == case.SECRET.source.id:
            assert "span" == anchor.name
            continue

        assert "mark" == anchor.name
        assert claim.quote.startswith(anchor.text(without=["ref"]))


def test_what_is_shown_of_a_text_is_shown_word_for_word(report):
    pages = pages_in(report)
    for kept in case.SOURCES[:-1]:
        page = pages[f"sources/{kept.source.id}.html"].with_class("text")[0]
        told = json.loads((report / "sources" / f"{kept.source.id}.json").read_text("utf-8"))
        words = [one["words"] for one in told["shown"]["passages"]]
        lines = [p.text(without=["ref"]) for p in page.all("p") if p not in page.with_class("gap")]

        assert "\n".join(words) == "\n".join(lines)
        assert [kept.text[one["start"] : one["end"]] for one in told["shown"]["passages"]] == words


def test_no_text_lies_beside_the_pages(report):
    assert [] == list(report.rglob("*.txt"))


def test_nothing_is_loaded_from_anywhere(report):
    """Only links that a reader follows may name another host; nothing else names any."""
    for path, data in files_in(report).items():
        text = data.decode()
        assert not re.search(r"url\(|@import|<script|<img|<iframe|<object|\bsrc=", text), path
        if path.endswith(".html"):
            root = parsed(text)
            loads = [e for e in root.all("link") if e.attributes["rel"] != "stylesheet"]
            policy = [e for e in root.all("meta") if "http-equiv" in e.attributes]

            assert [] == loads
            assert "default-src 'none'" in policy[0].attributes["content"]
            assert not any(k.startswith("on") for e in root.all() for k in e.attributes)


def test_a_page_can_be_read_by_everybody(report):
    for path, root in pages_in(report).items():
        found = [e for e in root.all() if e.name in HEADINGS]
        levels = [int(e.name[1]) for e in found]
        ids = anchors(root)
        html = next(root.all("html"))

        assert 1 == levels.count(1), path
        assert all(b <= a + 1 for a, b in pairwise(levels)), (path, levels)
        assert len(ids) == len(set(ids)), path
        assert html.attributes["lang"] in ("en", "ar")
        assert html.attributes["dir"] == ("rtl" if html.attributes["lang"] == "ar" else "ltr")
        assert "skip" == next(root.all("a")).attributes["class"]
        assert all(list(t.all("caption")) for t in root.all("table"))
        assert all(
            e.attributes.get("aria-hidden") or e.attributes.get("aria-label") or _is_bar(e)
            for e in root.all("svg")
        )
        assert all(e.text().strip() for e in found)


def _is_bar(element):
    return any(above.attributes.get("aria-hidden") for above in element.ancestors())


def test_under_each_picture_stands_a_table(english):
    root = pages_in(english)["index.html"]

    assert ["map", "timeline"] == [e.attributes["class"] for e in root.all("figure")]
    assert list(next(root.all("details")).all("table"))


def test_no_name_of_a_person_is_in_a_title_or_address(english):
    for path, root in pages_in(english).items():
        title = next(root.all("title")).text()

        assert re.fullmatch(r"index\.html|(figures|sources)/[fs]-[0-9a-f]{12}\.html", path)
        assert path == "index.html" or re.fullmatch(r"(Figure|Source) [fs]-[0-9a-f]{12}", title)


def test_rows_by_alleged_perpetrator_always_tell_otherwise(english):
    root = pages_in(english)["index.html"]
    cells = [
        cell.text()
        for table in root.with_class("labelled")
        for cell in table.all("td")
        if cell.attributes["data-label"] == "Described otherwise there"
    ]

    assert "VRV: 120" in cells
    assert "by nobody here" in cells


def test_json_beside_the_pages_says_what_the_pages_say(english):
    figures = json.loads((english / "figures.json").read_text("utf-8"))
    claims = [
        Claim.from_json(json.loads(line))
        for line in (english / "claims.jsonl").read_text("utf-8").splitlines()
    ]

    assert {f.id for f in case.FIGURES} == {told["id"] for told in figures}
    assert {told.claim.id for told in case.TOLD} == {claim.id for claim in claims}
    proofs = {path.stem for path in (english / "certificates").glob("*.json")}

    assert len(case.CERTIFICATES) == len(proofs)
    assert proofs == {told["documented"]["certificate"] for told in figures} - {None}


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{words}"


def test_hostile_words_stay_words_everywhere(tmp_path):
    text = f"Toll: {HOSTILE} 12 people killed {HOSTILE}"
    kept = case.source(
        text, title=HOSTILE, outlet=HOSTILE, url="javascript:alert(3)", retrieved=HOSTILE,
        lang=HOSTILE, name=HOSTILE, published=case.DAY(2031, 3, 9), media_type=HOSTILE,
    )  # fmt: skip
    claim = case.claim(
        kept, f"12 people killed {HOSTILE}", 12, originator=f"x:{HOSTILE}", where=(HOSTILE,),
        by=f"x:{HOSTILE}", whom=case.Whom({"group": HOSTILE}), method=HOSTILE, via=HOSTILE,
    )  # fmt: skip
    saying = case.saying(
        kept, HOSTILE, kind="accusation", speaker=f"x:{HOSTILE}", against_words=HOSTILE
    )
    given = case.dossier(
        title=HOSTILE, sources=(*case.SOURCES, Preserved(kept.source, text)),
        claims=(*case.TOLD, case.Told(claim=claim, reason=HOSTILE, set_aside=HOSTILE)),
        statements=(saying,), premises={HOSTILE: HOSTILE, "apart": HOSTILE}, version=HOSTILE,
        checkpoint=HOSTILE,
        estimates=({"stratum": HOSTILE, "method": HOSTILE, "refused": {"says": HOSTILE}},),
    )  # fmt: skip
    publish(given, tmp_path)

    for path, root in pages_in(tmp_path).items():
        names = {e.name for e in root.all()}

        assert not names & {"script", "img", "iframe", "object", "style"}, path
        assert not any("javascript" in (e.attributes.get("href") or "") for e in root.all())
    assert HOSTILE in pages_in(tmp_path)["index.html"].text()


def test_as_of_a_day_nothing_published_later_is_told(tmp_path):
    figures = (case.IN_NORTH,)
    publish(
        case.dossier(
            as_of=case.DAY(2031, 3, 12), figures=tuple(f.as_json() for f in figures),
            headline=(case.IN_NORTH.id,), tables=(), certificates={case.P_NORTH.id: case.P_NORTH.as_json()},
        ),
        tmp_path,
    )  # fmt: skip
    claims = (tmp_path / "claims.jsonl").read_text("utf-8")

    assert case.HERALD.source.id in claims
    assert case.REGISTER.source.id not in claims
    assert not (tmp_path / "sources" / f"{case.REGISTER.source.id}.html").exists()
    assert "what could be said on 12\u00a0March 2031" in (tmp_path / "index.html").read_text(
        "utf-8"
    )


def test_an_empty_case_has_a_page_that_says_so(tmp_path):
    empty = case.dossier(
        sources=(), claims=(), statements=(), issues=(), figures=(), headline=(), tables=(),
        certificates={}, premises={}, made=None, version="", checkpoint="", window=None,
    )  # fmt: skip
    publish(empty, tmp_path)
    said = pages_in(tmp_path)["index.html"].text()

    for words in ("No figure has been reckoned", "No claims have been read", "No sources"):
        assert words in said


def test_what_an_earlier_report_showed_and_this_one_may_not_is_gone(tmp_path):
    (tmp_path / "notes.txt").write_text("somebody's own", "utf-8")
    whole = Release(whole_texts=frozenset([case.REGISTER.source.id]))
    publish(case.dossier(), tmp_path, whole)
    page = tmp_path / "sources" / f"{case.REGISTER.source.id}.txt"
    before = page.exists()
    publish(case.dossier(), tmp_path)

    assert before
    assert not page.exists()
    assert (tmp_path / "notes.txt").exists()


@pytest.mark.parametrize(
    "manifest",
    [b"\xff", b"[]", b"{}", b'{"files": [{"path": "../secret.txt"}, {"path": "/etc/passwd"}]}'],
)
def test_a_manifest_that_is_not_ours_removes_nothing(tmp_path, manifest):
    out = tmp_path / "report"
    out.mkdir()
    (out / "manifest.json").write_bytes(manifest)
    (tmp_path / "secret.txt").write_text("x", "utf-8")

    assert () == earlier_files(out)
    assert publish(case.dossier(), out).files
    assert (tmp_path / "secret.txt").exists()


def test_estimates_stand_apart_and_refusals_say_why(tmp_path):
    publish(
        case.dossier(
            estimates=(
                {"stratum": "Vale", "method": "lcmcr-1", "median": 700, "lo": 610, "hi": 820},
                {
                    "method": "dga-1",
                    "refused": {"check": "lists", "says": "Two lists only.", "then": ""},
                },
            )
        ),
        tmp_path,
    )
    part = next(
        e
        for e in pages_in(tmp_path)["index.html"].all("section")
        if e.attributes["id"] == "estimates"
    )

    assert "Vale" in part.text()
    assert "700 (610 to 820, 95 %)" in part.text()
    assert "No estimate is given. Two lists only." in part.text()


def test_a_loose_end_is_named(tmp_path):
    with pytest.raises(LooseEnd, match=r"c-[0-9a-f]{12} points to s-[0-9a-f]{12}"):
        publish(case.dossier(sources=case.SOURCES[1:]), tmp_path)
    with pytest.raises(LooseEnd, match="points to p-"):
        publish(case.dossier(certificates={}), tmp_path)
    with pytest.raises(LooseEnd, match="headline points to f-none"):
        publish(case.dossier(headline=("f-none",)), tmp_path)

    assert [] == list(tmp_path.iterdir())


def test_a_quote_that_is_not_in_the_text_breaks_the_seal(tmp_path):
    moved = replace(case.HWATCH, text=" " + case.HWATCH_TEXT)
    sources = [moved if kept is case.HWATCH else kept for kept in case.SOURCES]

    with pytest.raises(MisplacedQuote, match="not at their place"):
        publish(case.dossier(sources=tuple(sources)), tmp_path)


def test_an_id_that_could_leave_the_folder_is_refused(tmp_path):
    bad = case.ON_9.as_json() | {"id": "../f-9"}

    with pytest.raises(UnusableId):
        publish(case.dossier(figures=(bad,), headline=(), tables=()), tmp_path)
