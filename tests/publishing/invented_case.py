"""Give the publishing tests one invented case: an invented country, tellers and figures.

Nothing here happened, and no name is anybody's. The numbers fit each other as a reckoning would
make them; whether they follow from the claims is the reckoning room's business, not this one's.
"""

from __future__ import annotations

import datetime as dt

from tests.invented_names import full_name

from tallystick.publishing import Dossier, Preserved, Table, Told
from tallystick.records import (
    Bound,
    Certificate,
    Claim,
    Claimed,
    Contest,
    Counted,
    Days,
    Documented,
    Dump,
    Figure,
    Highest,
    Issue,
    Query,
    Single,
    Source,
    Span,
    Statement,
    Whom,
    WhomTest,
    digest,
)
from tallystick.terms import Actors, Places

PLACES = """id,name,parent,lat,lon,aliases,unit
QZ,Qazira,,34.9,36.2,قزيرة,
QZ-N,North Vale,QZ,35.52,35.95,الوادي الشمالي,
QZ-S,South Vale,QZ,34.88,36.02,الوادي الجنوبي,
QZ-H,High Plain,QZ,35.12,36.74,السهل العالي,
QZ-R,Riverside,QZ,34.62,36.71,ضفة النهر,
VL,Velmora,,33.9,35.6,فلمورا,
"""
ACTORS = """id,name,kind,inside,speaks_for,aliases
HWHR,Hill Watch for Human Rights,monitor,,,مرصد التلال لحقوق الإنسان|Hill Watch
VRV,Vale Register of Victims,monitor,,,سجل ضحايا الوادي
QMOI,Qaziran Interior Ministry,government,,,وزارة الداخلية القزيرية
COUNCIL,Council of the Vale,committee,,,مجلس الوادي
HERALD,Coast Herald,outlet,,,نذير الساحل
REMNANT,former guard units,forces,,,وحدات الحرس السابق
GOV,forces of the interim government,forces,,,قوات الحكومة المؤقتة
UNIT9,Velmora Relief Unit,government,,,وحدة الإغاثة الفلمورية
"""
DAY = dt.date

HWATCH_TEXT = """Hill Watch raises its toll

Hill Watch for Human Rights said on Tuesday that 412 civilians had been killed in North Vale, South Vale and High Plain since Thursday: 230 in North Vale, 140 in South Vale and 42 in High Plain.

Among them, 58 were added on Tuesday alone. About 90 members of the security forces were killed as well.

Fighters of the former guard units carried out the first ambush, Hill Watch said; forces of the interim government then moved into the villages."""

EVENING_TEXT = """Toll of the first days

By Saturday evening 214 civilians had been killed, Hill Watch said, and 348 people in all."""

SUMMARY_TEXT = """Fifty days on

Hill Watch now counts 431 civilians, with the dead of the security forces 540.

The Council counted 398."""

HERALD_TEXT = """Toll passes 400 in the Vale

At least 400 people have been killed in Qazira, Hill Watch for Human Rights reported. The group counted 412 civilians until Tuesday.

“We will investigate, and whoever harmed civilians will answer for it,” the interior ministry promised. A commission is to report by 10 April.

The ministry denied that its forces had entered the villages."""

REGISTER_TEXT = """سجل ضحايا الوادي: التقرير الشهري

وثق السجل مقتل 301 شخصاً في الوادي الشمالي والوادي الجنوبي بين 6 و11 آذار، بينهم 27 امرأة.

قُتل 120 منهم على يد وحدات الحرس السابق، بحسب السجل، و181 على يد قوات الحكومة المؤقتة."""

RELIEF_TEXT = """Families arriving from Qazira

The Velmora Relief Unit has registered 310 families from Qazira: 12 Velmoran families and 290 Qaziran families."""

FINDING_TEXT = """Commission reports

The commission of the Council of the Vale found that 398 people were killed, most of them civilians, and named no suspects in public."""

SECRET_TEXT = f"""Testimony

{full_name(3)} saw 14 people killed at the mill. {full_name(3)} asked not to be named."""


def source(text: str, **fields: object) -> Preserved:
    data = text.encode()
    told: dict[str, object] = {
        "id": f"s-{digest(data)[:12]}",
        "media_type": "text/plain",
        "sha256": digest(data),
        "size": len(data),
        "lang": "en",
        "retrieved": "2031-05-02T09:00:00Z",
        "text": Dump(sha256=digest(data), size=len(data), tool="plain text 1"),
    }
    return Preserved(Source(**(told | fields)), text)


HWATCH = source(
    HWATCH_TEXT,
    title="Hill Watch raises its toll",
    outlet="Hill Watch for Human Rights",
    url="https://hillwatch.example/toll",
    published=DAY(2031, 3, 11),
    kind="tally",
)
EVENING = source(
    EVENING_TEXT,
    title="Toll of the first days",
    outlet="Hill Watch for Human Rights",
    published=DAY(2031, 3, 8),
    kind="tally",
)
SUMMARY = source(
    SUMMARY_TEXT,
    title="Fifty days on",
    outlet="Hill Watch for Human Rights",
    published=DAY(2031, 4, 25),
    kind="tally",
)
HERALD = source(
    HERALD_TEXT,
    title="Toll passes 400 in the Vale",
    outlet="Coast Herald",
    url="https://herald.example/vale",
    published=DAY(2031, 3, 12),
    kind="news",
)
REGISTER = source(
    REGISTER_TEXT,
    title="سجل ضحايا الوادي: التقرير الشهري",
    outlet="سجل ضحايا الوادي",
    url="https://register.example/ar",
    published=DAY(2031, 4, 2),
    kind="tally",
    lang="ar",
)
RELIEF = source(
    RELIEF_TEXT,
    title="Families arriving from Qazira",
    outlet="Velmora Relief Unit",
    published=DAY(2031, 3, 14),
    kind="statement",
)
FINDING = source(
    FINDING_TEXT,
    title="Commission reports",
    outlet="Council of the Vale",
    published=DAY(2031, 4, 20),
    kind="statement",
)
SECRET = source(
    SECRET_TEXT,
    title=f"Testimony of {full_name(3)}",
    outlet=full_name(5),
    url="https://secret.example/testimony",
    published=DAY(2031, 3, 20),
    kind="testimony",
    access="restricted",
    name=f"{full_name(3)}.txt",
)
SOURCES = (EVENING, HWATCH, SUMMARY, HERALD, REGISTER, RELIEF, FINDING, SECRET)

EVENT = Days(DAY(2031, 3, 6), DAY(2031, 3, 11))
CIVILIAN = Whom({"status": "civilian"})
VALE = ("QZ-N", "QZ-S", "QZ-H")


def claim(kept: Preserved, quote: str, lo: int, **fields: object) -> Claim:
    at = (kept.text or "").index(quote)
    told: dict[str, object] = {
        "source": kept.source.id,
        "published": kept.source.published,
        "span": (at, at + len(quote)),
        "quote": quote,
        "kind": "killed",
        "lo": lo,
        "hi": lo,
        "counted": Counted.parse(f"..{kept.source.published}"),
        "method": "en-1:toll",
    }
    return Claim(**(told | fields))


FIRST = claim(
    EVENING, "214 civilians had been killed", 214, originator="HWHR", whom=CIVILIAN,
    where=("QZ-N", "QZ-S"), role="cumulative",
)  # fmt: skip
SECOND = claim(
    EVENING, "348 people in all", 348, originator="HWHR", where=("QZ-N", "QZ-S"),
    role="cumulative",
)  # fmt: skip
THIRD = claim(
    SUMMARY, "431 civilians", 431, originator="HWHR", whom=CIVILIAN, where=VALE, during=EVENT,
    role="cumulative",
)  # fmt: skip
FOURTH = claim(
    SUMMARY, "with the dead of the security forces 540", 540, originator="HWHR", where=VALE,
    during=EVENT, role="cumulative",
)  # fmt: skip
COUNTED = claim(
    SUMMARY, "The Council counted 398", 398, originator="COUNCIL", via="HWHR", where=VALE,
    counted=Counted.parse("..2031-04-20"),
)  # fmt: skip
WHOLE = claim(
    HWATCH, "412 civilians had been killed", 412, originator="HWHR", whom=CIVILIAN,
    where=VALE, during=EVENT, role="cumulative",
)  # fmt: skip
NORTH = claim(
    HWATCH, "230 in North Vale", 230, originator="HWHR", whom=CIVILIAN, where=("QZ-N",),
    during=EVENT, role="part", part_of=WHOLE.id,
)  # fmt: skip
SOUTH = claim(
    HWATCH, "140 in South Vale", 140, originator="HWHR", whom=CIVILIAN, where=("QZ-S",),
    during=EVENT, role="part", part_of=WHOLE.id,
)  # fmt: skip
PLAIN = claim(
    HWATCH, "42 in High Plain", 42, originator="HWHR", whom=CIVILIAN, where=("QZ-H",),
    during=EVENT, role="part", part_of=WHOLE.id,
)  # fmt: skip
ADDED = claim(
    HWATCH, "58 were added on Tuesday alone", 58, originator="HWHR", whom=CIVILIAN, where=VALE,
    counted=Counted.parse("2031-03-10..2031-03-11"), role="subset", part_of=WHOLE.id,
)  # fmt: skip
SECURITY = claim(
    HWATCH, "About 90 members of the security forces", 90, originator="HWHR", hedge="approx",
    whom=Whom({"status": "armed-forces"}), where=VALE, during=EVENT,
)  # fmt: skip
RELAY = claim(
    HERALD, "counted 412 civilians", 412, originator="HWHR", whom=CIVILIAN, via="HERALD",
    edition=HERALD.source.id, also=(((HERALD.text or "").index("At least 400"), 40),),
)  # fmt: skip
EARLIER = claim(
    HERALD, "At least 400 people have been killed in Qazira", 400, hi=None, originator="HWHR",
    where=("QZ",), counted=Counted.parse("..2031-03-10"),
)  # fmt: skip
REGISTERED = claim(
    REGISTER, "301 شخصاً", 301, originator="VRV", where=("QZ-N", "QZ-S"), during=EVENT,
    counted=Counted.parse("..2031-04-01"), method="ar-1:toll",
)  # fmt: skip
BY_REMNANT = claim(
    REGISTER, "120 منهم على يد وحدات الحرس السابق", 120, originator="VRV", by="REMNANT",
    where=("QZ-N", "QZ-S"), during=EVENT, counted=Counted.parse("..2031-04-01"),
)  # fmt: skip
BY_GOV = claim(
    REGISTER, "181 على يد قوات الحكومة المؤقتة", 181, originator="VRV", by="GOV",
    where=("QZ-N", "QZ-S"), during=EVENT, counted=Counted.parse("..2031-04-01"),
)  # fmt: skip
FAMILIES = claim(
    RELIEF, "310 families from Qazira", 310, originator="UNIT9", kind="displaced",
    unit="families", where=("QZ",), to=("VL",),
)  # fmt: skip
VELMORAN = claim(
    RELIEF, "12 Velmoran families", 12, originator="UNIT9", kind="displaced", unit="families",
    where=("QZ",), to=("VL",), role="part", part_of=FAMILIES.id,
    whom=Whom({"group": "velmoran"}),
)  # fmt: skip
QAZIRAN = claim(
    RELIEF, "290 Qaziran families", 290, originator="UNIT9", kind="displaced", unit="families",
    where=("QZ",), to=("VL",), role="part", part_of=FAMILIES.id, whom=Whom({"group": "qaziran"}),
)  # fmt: skip
FOUND = claim(
    FINDING, "398 people were killed", 398, originator="COUNCIL", where=VALE, during=EVENT,
)  # fmt: skip
WITNESSED = claim(
    SECRET, "14 people killed at the mill", 14, originator=f"x:{full_name(3)}", where=("QZ-R",),
    attributed_to=full_name(3), place="the mill", incident="the mill by the bridge",
)  # fmt: skip

TOLD = (
    *(Told(claim=c, read=c) for c in (FIRST, SECOND, THIRD, FOURTH, COUNTED)),
    *(Told(claim=c, read=c) for c in (WHOLE, NORTH, SOUTH, PLAIN, ADDED, RELAY, EARLIER)),
    Told(claim=SECURITY, read=SECURITY, verdict="accept"),
    Told(claim=REGISTERED, read=REGISTERED),
    Told(claim=BY_REMNANT, verdict="add", reason="the second half of the sentence was not read"),
    Told(
        claim=BY_GOV,
        read=claim(REGISTER, "181 على يد قوات الحكومة المؤقتة", 181, originator="VRV"),
        verdict="correct",
        reason="the alleged perpetrator is stated",
    ),
    *(Told(claim=c, read=c) for c in (FAMILIES, VELMORAN, QAZIRAN)),
    Told(claim=FOUND, read=FOUND, verdict="reject", reason="no scope is stated",
         set_aside="a reviewer rejected it: no scope is stated"),
    Told(claim=WITNESSED, read=WITNESSED),
)  # fmt: skip


def saying(kept: Preserved, quote: str, **fields: object) -> Statement:
    at = (kept.text or "").index(quote)
    told: dict[str, object] = {
        "source": kept.source.id,
        "published": kept.source.published,
        "span": (at, at + len(quote)),
        "quote": quote,
    }
    return Statement(**(told | fields))


STATEMENTS = (
    saying(
        HWATCH, "Fighters of the former guard units carried out the first ambush",
        kind="accusation", speaker="HWHR", against="REMNANT",
    ),
    saying(
        HERALD, "We will investigate, and whoever harmed civilians will answer for it",
        kind="commitment", speaker="QMOI", due=DAY(2031, 4, 10),
    ),
    saying(
        HERALD, "The ministry denied that its forces had entered the villages", kind="denial",
        speaker="QMOI", against_words="its forces",
    ),
    saying(
        FINDING, "The commission of the Council of the Vale found that 398 people were killed",
        kind="finding", speaker="COUNCIL",
    ),
    saying(
        SECRET, f"{full_name(3)} asked not to be named", kind="appeal",
        speaker=f"x:{full_name(3)}", speaker_words=full_name(3),
    ),
)  # fmt: skip

ISSUES = (
    Issue(
        code="reading.date-unclear", weight="warning", where=Span(HWATCH.source.id, 30, 40),
        says="“Thursday” has no date to count from", then="give the article's date",
    ),
    Issue(
        code="reading.date-unclear", weight="warning", where=Span(SECRET.source.id, 0, 9),
        says=f"“{full_name(3)}” was near", then="ask",
    ),
)  # fmt: skip


def certificate(shares: list[tuple[str, int, list[str]]], claims: list[Claim]) -> Certificate:
    """Return a certificate with the fields that a reader is told of; it proves nothing."""
    days = "2031-03-06..2031-03-11"
    return Certificate(
        content={
            "method": "tally-2",
            "premises": {
                "apart": "place-day",
                "near_days": 1,
                "labels_from": [],
                "soft": "tolerant",
            },
            "tellers": [
                {
                    "originator": teller,
                    "proves": str(lo),
                    "weights": {f"{unit} {days}": "1" for unit in listed},
                    "claims": [
                        {"claim": c.id, "at_least": "1", "at_most": "0", "within": _within(c)}
                        for c in claims
                        if c.originator == teller
                    ],
                }
                for teller, lo, listed in shares
            ],
        }
    )


def _within(told: Claim) -> dict[str, object]:
    incident = {f"incident {told.source}": [told.incident]} if told.incident else {}
    return {"where": list(told.where), **incident}


def figure(proof: Certificate | None, bounds: tuple[int, ...], **fields: object) -> Figure:
    """Return a figure; bounds are corroborated, withstands, single, documented, believed."""
    corroborated, withstands, single, documented, believed = bounds
    told: dict[str, object] = {
        "documented": Documented(documented, proof.id if proof else None),
        "single": Single(single, proof.content["tellers"][0]["originator"] if proof else None),
        "believed": believed,
        "corroborated": (Bound(1, corroborated),),
        "withstands": (Bound(1, withstands),),
        "method": "tally-2",
    }
    return Figure(**(told | fields))


P_ALL = certificate([("HWHR", 498, list(VALE)), ("COUNCIL", 14, ["QZ-R"])], [WHOLE, SECURITY])
P_CIVILIAN = certificate([("HWHR", 412, list(VALE))], [WHOLE])
P_NORTH = certificate([("HWHR", 230, ["QZ-N"])], [NORTH])
P_SOUTH = certificate([("HWHR", 140, ["QZ-S"])], [SOUTH])
P_PLAIN = certificate([("HWHR", 42, ["QZ-H"])], [PLAIN])
P_GOV = certificate([("VRV", 181, ["QZ-N", "QZ-S"])], [BY_GOV])
P_REMNANT = certificate([("VRV", 120, ["QZ-N", "QZ-S"])], [BY_REMNANT])
P_FAMILIES = certificate([("UNIT9", 302, ["QZ"])], [FAMILIES, VELMORAN, QAZIRAN])
P_SECRET = certificate([(f"x:{full_name(3)}", 14, ["QZ-R"])], [WITNESSED])

IN_VALE = Query(where=("QZ",), during=EVENT)
ALL = figure(
    P_ALL, (301, 301, 498, 512, 516), query=IN_VALE, flags=("mixed marks",),
    claimed=(Claimed("HWHR", 498, 507), Claimed("VRV", 301, 301)),
    highest=Highest("HWHR", 530), named=(96, 98),
)  # fmt: skip
CIVILIANS = figure(
    P_CIVILIAN, (0, 0, 412, 412, 412),
    query=Query(where=("QZ",), during=EVENT, whom=(WhomTest("status", "civilian"),)),
    claimed=(Claimed("HWHR", 412, 412), Claimed("VRV", 0, 301)),
    otherwise=(Claimed("HWHR", 86, 95), Claimed("VRV", 0, 301)),
    highest=Highest("HWHR", 412),
)  # fmt: skip
SOLDIERS = figure(
    P_ALL, (0, 0, 86, 86, 86),
    query=Query(where=("QZ",), during=EVENT, whom=(WhomTest("status", "armed-forces"),)),
    claimed=(Claimed("HWHR", 86, 95),), otherwise=(Claimed("HWHR", 412, 412),),
)  # fmt: skip
IN_NORTH = figure(P_NORTH, (150, 150, 230, 230, 230), query=Query(where=("QZ-N",), during=EVENT),
                  highest=Highest("HWHR", 260))  # fmt: skip
IN_SOUTH = figure(P_SOUTH, (90, 90, 140, 140, 140), query=Query(where=("QZ-S",), during=EVENT))
IN_PLAIN = figure(P_PLAIN, (0, 0, 42, 42, 42), query=Query(where=("QZ-H",), during=EVENT))
IN_RIVER = figure(P_SECRET, (0, 0, 14, 14, 14), query=Query(where=("QZ-R",), during=EVENT))
ON_9 = figure(None, (0, 0, 0, 0, 0), query=Query(where=("QZ",), during=Days.parse("2031-03-09")))
ON_8 = figure(P_NORTH, (0, 0, 12, 12, 12),
              query=Query(where=("QZ",), during=Days.parse("2031-03-08")))  # fmt: skip
TO_GOV = figure(
    P_GOV, (0, 0, 181, 181, 181), query=Query(where=("QZ",), during=EVENT, by=("GOV",)),
    otherwise=(Claimed("VRV", 120, 120),),
)  # fmt: skip
TO_REMNANT = figure(
    P_REMNANT, (0, 0, 120, 120, 120), query=Query(where=("QZ",), during=EVENT, by=("REMNANT",)),
)  # fmt: skip
DISPUTE = Contest(
    claims=(FAMILIES.id, VELMORAN.id, QAZIRAN.id),
    says="12 + 290 = 302, but the total says 310.",
    where="within",
    stretch=8,
    touches=True,
)
FLED = figure(
    P_FAMILIES, (0, 0, 302, 302, 302),
    query=Query(kind="displaced", unit="families", where=("QZ",), to=("VL",)),
    claimed=(Claimed("UNIT9", 302, 310),), contested=(DISPUTE,), highest=Highest("UNIT9", 310),
)  # fmt: skip
FIGURES = (
    ALL, CIVILIANS, SOLDIERS, IN_NORTH, IN_SOUTH, IN_PLAIN, IN_RIVER, ON_8, ON_9, TO_GOV,
    TO_REMNANT, FLED,
)  # fmt: skip
CERTIFICATES = (
    P_ALL, P_CIVILIAN, P_NORTH, P_SOUTH, P_PLAIN, P_GOV, P_REMNANT, P_FAMILIES, P_SECRET,
)  # fmt: skip


def dossier(lang: str = "en", **fields: object) -> Dossier:
    places, _ = Places.empty().with_csv(PLACES)
    actors, _ = Actors.empty().with_csv(ACTORS)
    told: dict[str, object] = {
        "title": "The Vale in March 2031" if lang == "en" else "الوادي في آذار 2031",
        "lang": lang,
        "window": Days(DAY(2031, 3, 6), DAY(2031, 3, 31)),
        "sources": SOURCES,
        "claims": TOLD,
        "statements": STATEMENTS,
        "issues": ISSUES,
        "figures": tuple(f.as_json() for f in FIGURES),
        "headline": (ALL.id, CIVILIANS.id, FLED.id),
        "tables": (
            Table("where", ALL.id, (IN_NORTH.id, IN_SOUTH.id, IN_PLAIN.id, IN_RIVER.id)),
            Table("during", ALL.id, (ON_8.id, ON_9.id)),
            Table("whom", ALL.id, (CIVILIANS.id, SOLDIERS.id)),
            Table("by", ALL.id, (TO_GOV.id, TO_REMNANT.id)),
            Table("to", FLED.id, (FLED.id,)),
        ),
        "certificates": {c.id: c.as_json() for c in CERTIFICATES},
        "places": places,
        "actors": actors,
        "premises": {"apart": "place-day", "near_days": "1"},
        "made": DAY(2031, 5, 3),
        "version": "0.1.0",
        "checkpoint": "7 entries, root 3f9a0c12",
    }
    return Dossier(**(told | fields))
