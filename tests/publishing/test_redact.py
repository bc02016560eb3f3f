from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest
from tests.invented_names import full_name
from tests.publishing import invented_case as case

from tallystick.publishing import PROFILES, Release, Told, UnknownProfile, publish, redact
from tallystick.records import Claim, Dump, Issue, Source, Span, Statement

CANARY = "Kanarienvogel"
SECRET = case.SECRET.source.id


@pytest.fixture(scope="module")
def shown():
    return redact(case.dossier())


def test_an_unknown_profile_is_refused():
    with pytest.raises(UnknownProfile, match="public"):
        redact(case.dossier(), Release(profile="everything"))


def test_of_a_restricted_source_only_id_and_digest_go_out(shown):
    kept = next(kept for kept in shown.sources if kept.source.id == SECRET)
    told = {name: value for name, value in kept.source.as_json().items() if value}

    assert (None, None) == (kept.text, kept.shown)
    assert {"type", "id", "sha256", "size", "media_type", "access", "kind"} == told.keys()
    assert "other" == told["kind"]


def test_of_a_public_source_the_file_name_stays_in(shown):
    named = replace(case.HERALD.source, name="from-our-man.txt")
    given = replace(case.dossier(), sources=(replace(case.HERALD, source=named),), claims=())

    assert "" == redact(given).sources[0].source.name
    assert "Coast Herald" == redact(given).sources[0].source.outlet


def test_a_claim_of_a_restricted_source_keeps_its_numbers_and_loses_its_words(shown):
    told = next(told for told in shown.claims if told.claim.source == SECRET)

    assert (14, 14, ("QZ-R",)) == (told.claim.lo, told.claim.hi, told.claim.where)
    assert case.WITNESSED.id == told.claim.id
    assert "withheld-1" == told.claim.originator
    assert ("", "", "", "", None, None) == (
        told.claim.quote, told.claim.attributed_to, told.claim.place, told.claim.via,
        told.claim.span, told.claim.incident,
    )  # fmt: skip
    assert (None, "", "") == (told.read, told.reason, told.set_aside)


def test_a_claim_of_a_public_source_keeps_its_words_and_its_review(shown):
    told = next(told for told in shown.claims if told.claim.id == case.BY_GOV.id)

    assert case.BY_GOV == told.claim
    assert told.read is not None
    assert ("correct", "the alleged perpetrator is stated") == (told.verdict, told.reason)


def test_statements_and_issues_of_restricted_sources_stay_in(shown):
    assert {s.source for s in case.STATEMENTS} - {SECRET} == {s.source for s in shown.statements}
    assert [case.ISSUES[0]] == list(shown.issues)


def test_an_issue_goes_out_only_where_what_it_points_to_does():
    def issue(where):
        return Issue(code="x.y", weight="note", where=where, says=CANARY, then="")

    places = (
        "list.csv row 12", case.WITNESSED.id, case.WHOLE.id, case.HERALD.source.id, SECRET,
        Span(case.HERALD.source.id, 0, 1), Span("s-elsewhere", 0, 1),
    )  # fmt: skip
    shown = redact(case.dossier(issues=tuple(issue(where) for where in places)))

    assert [places[2], places[3], places[5]] == [one.where for one in shown.issues]


def test_a_name_that_only_a_restricted_source_tells_is_a_number_everywhere(shown):
    told = json.dumps([list(shown.figures), dict(shown.certificates)], ensure_ascii=False)

    assert full_name(3) not in told
    assert "withheld-1" in told
    assert "the mill by the bridge" not in told
    assert "incident-1" in told


def test_a_name_that_a_public_source_tells_too_is_no_secret():
    teller = case.WITNESSED.originator
    public = case.claim(case.HERALD, "counted 412", 412, originator=teller)
    shown = redact(case.dossier(claims=(*case.TOLD, Told(claim=public))))

    assert teller in {told.claim.originator for told in shown.claims}


def test_only_labels_of_a_restricted_source_are_veiled_in_a_proof():
    proof = {
        "tellers": [
            {
                f"incident {SECRET}": ["the mill by the bridge", "another"],
                f"incident {case.HERALD.source.id}": ["the mill by the bridge"],
                "where": {"the mill by the bridge": 1},
            }
        ]
    }
    shown = redact(case.dossier(certificates={"p-1": proof}))
    (veiled,) = shown.certificates.values()

    assert {
        "tellers": [
            {
                f"incident {SECRET}": ["incident-1", "another"],
                f"incident {case.HERALD.source.id}": ["the mill by the bridge"],
                "where": {"the mill by the bridge": 1},
            }
        ]
    } == {"tellers": veiled["tellers"]}
    assert ["p-1"] != list(shown.certificates)


def test_what_reviewers_call_an_incident_of_a_restricted_source_is_veiled_in_a_proof():
    days = "2031-03-06..2031-03-11"
    proof = {
        "incidents": ["the mill by the bridge", "the market"],
        "cover": {f"QZ-N #the mill by the bridge {days}": "4", f"QZ-N #the market {days}": "2"},
        "tellers": [{"incident": ["the mill by the bridge"]}],
    }
    shown = redact(case.dossier(certificates={"p-1": proof}))
    (veiled,) = shown.certificates.values()

    assert {
        "incidents": ["incident-1", "the market"],
        "cover": {f"QZ-N #incident-1 {days}": "4", f"QZ-N #the market {days}": "2"},
        "tellers": [{"incident": ["incident-1"]}],
    } == {name: veiled[name] for name in proof}


LISTS = frozenset([full_name(7), "claims", "HWHR", "Hill Watch", "Coast Herald", "Council b"])


def test_a_list_is_named_only_where_its_name_is_known_to_everybody():
    keepers = (full_name(7), "HWHR", "Hill Watch", "Coast Herald", "Council b")
    proof = {
        "tellers": [
            {"originator": name, "edition": f"without {full_name(7)} + HWHR", "claims": []}
            for name in keepers
        ]
    }
    shown = redact(case.dossier(lists=LISTS, certificates={"p-1": proof}))
    tellers = next(iter(shown.certificates.values()))["tellers"]
    secret, council = tellers[0]["originator"], tellers[-1]["originator"]

    assert ["HWHR", "Hill Watch", "Coast Herald"] == [t["originator"] for t in tellers[1:-1]]
    assert {f"without {secret} + HWHR"} == {told["edition"] for told in tellers}
    assert all(name.startswith("withheld-") for name in (secret, council))
    assert secret != council
    assert frozenset() == shown.lists


def test_a_list_with_a_name_of_ours_changes_nothing_but_names():
    proof = {"tellers": [{"originator": "claims", "claims": [{"claim": "c-1"}]}]}
    figure = case.ALL.as_json() | {"contested": [{"says": "claims: 2 claims, but claims 3."}]}
    shown = redact(case.dossier(lists=LISTS, certificates={"p-1": proof}, figures=(figure,)))
    (told,) = next(iter(shown.certificates.values()))["tellers"]

    assert {"originator", "claims"} == told.keys()
    assert [{"claim": "c-1"}] == told["claims"]
    assert "claims" not in shown.figures[0]["contested"][0]["says"]
    assert case.ALL.as_json()["query"] == shown.figures[0]["query"]


def test_a_figure_without_a_bound_stays_as_it_is():
    told = {"id": "f-1", "documented": None}

    assert (told,) == redact(case.dossier(figures=(told,), headline=(), tables=())).figures


def test_an_estimate_names_no_list_that_must_not_be_named():
    name = full_name(7)
    found = {
        "check": "claims", "says": f"List “{name}” is empty.", "weight": "note",
        "values": {"lists": [name, "HWHR"], name: 4, "pairs": [[name, "Council b"]]},
    }  # fmt: skip
    estimate = {"diagnostics": [found], "refused": {"check": "x", "says": name, "then": name}}
    shown = redact(case.dossier(lists=LISTS, estimates=(estimate,)))
    told = json.dumps(shown.estimates)

    assert name not in told
    assert "Council b" not in told
    assert "HWHR" in told
    assert ("claims", 4) == (
        shown.estimates[0]["diagnostics"][0]["check"],
        next(n for n in shown.estimates[0]["diagnostics"][0]["values"].values() if n == 4),
    )


def test_a_premise_names_nobody_whom_only_a_restricted_source_names():
    shown = redact(case.dossier(premises={"leave_out": case.WITNESSED.originator}))

    assert {"leave_out": "withheld-1"} == shown.premises


def test_a_field_that_no_profile_names_stays_in():
    figure = case.ALL.as_json() | {"note_of_staff": CANARY}
    proof = case.P_ALL.as_json() | {"note_of_staff": CANARY}
    given = case.dossier(
        figures=(figure,), headline=(), tables=(), certificates={case.P_ALL.id: proof},
        estimates=({"stratum": "all", "note_of_staff": CANARY},),
    )  # fmt: skip
    shown = redact(given)

    assert CANARY not in json.dumps(
        [*shown.figures, *shown.certificates.values(), *shown.estimates]
    )
    assert {"stratum": "all"} == shown.estimates[0]


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_a_profile_names_only_fields_that_there_are(profile):
    chosen = PROFILES[profile]
    fields_of = {
        "source": Source, "restricted_source": Source, "claim": Claim, "restricted_claim": Claim,
        "statement": Statement,
    }  # fmt: skip
    for name, record in fields_of.items():
        assert getattr(chosen, name) <= {part.name for part in fields(record)}
    assert chosen.restricted_claim < chosen.claim
    assert chosen.restricted_source < chosen.source
    assert {"name"} == {part.name for part in fields(Source)} - chosen.source


def canaried():
    """Return a dossier with a canary in every place that must not come out."""
    source = replace(
        case.SECRET.source, title=CANARY, outlet=CANARY, url=f"https://{CANARY}.example/",
        lang="qaa", retrieved=f"2031 {CANARY}", name=CANARY,
        text=Dump(sha256=CANARY, size=1, tool=CANARY),
    )  # fmt: skip
    secret = replace(
        case.WITNESSED, quote=CANARY, category=CANARY, place=CANARY, date=CANARY, via=CANARY,
        attributed_to=CANARY, actor=CANARY, incident=CANARY, method=CANARY,
        originator=f"x:{CANARY} one", by=f"x:{CANARY}", span=(0, 13),
    )  # fmt: skip
    saying = replace(case.STATEMENTS[4], quote=CANARY, about=CANARY, speaker=f"x:{CANARY}")
    named = tuple(
        replace(kept, source=replace(kept.source, name=CANARY)) for kept in case.SOURCES[:-1]
    )
    proof = case.certificate([(secret.originator, 14, ["QZ-R"])], [secret])
    figure = case.figure(proof, (0, 0, 14, 14, 14), query=case.Query(where=("QZ-R",)))
    claims = [told for told in case.TOLD if told.claim.source != SECRET]
    return case.dossier(
        sources=(*named, replace(case.SECRET, source=source, text=f"{CANARY}\n{CANARY}")),
        claims=(
            *claims,
            Told(claim=secret, read=secret, verdict="correct", reason=CANARY, set_aside=CANARY),
        ),
        statements=(*case.STATEMENTS[:4], saying),
        issues=(
            *case.ISSUES,
            Issue(code="x.y", weight="note", where=f"{CANARY}.csv row 1", says=CANARY, then=""),
            Issue(code="x.y", weight="note", where=Span(SECRET, 0, 2), says=CANARY, then=CANARY),
        ),
        figures=(*(f.as_json() for f in case.FIGURES), figure.as_json()),
        headline=(case.ALL.id, figure.id),
        certificates={c.id: c.as_json() for c in (*case.CERTIFICATES, proof)},
    )


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_no_canary_leaves_the_cage(tmp_path, lang):
    """200 places may hold a name; none of its letters may be in a file or in a file's name."""
    publish(replace(canaried(), lang=lang), tmp_path)
    written = [path for path in sorted(tmp_path.rglob("*")) if path.is_file()]

    assert len(written) > 30
    assert [] == [p.name for p in written if CANARY.lower() in p.name.lower()]
    assert [] == [p.name for p in written if CANARY.lower().encode() in p.read_bytes().lower()]


def test_no_invented_witness_is_in_the_report(english):
    names = {full_name(3), full_name(5)}
    for path in sorted(english.rglob("*.*")):
        text = path.read_text("utf-8")

        assert [] == [name for name in names if name in text]


def test_redaction_changes_no_number(shown):
    given = case.dossier()

    assert [
        (f["documented"]["lo"], f["single"]["lo"], f["believed"]["lo"]) for f in given.figures
    ] == [(f["documented"]["lo"], f["single"]["lo"], f["believed"]["lo"]) for f in shown.figures]
