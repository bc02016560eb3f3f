"""Show estimates apart from what is documented: what each says, rests on, and must be read with.

Nothing here is added to or compared with a documented figure; the two stand in columns of their
own, and where no estimate is possible that is said with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tallystick.publishing.desk import Desk
from tallystick.publishing.estimate_pictures import pictures_of_estimate
from tallystick.publishing.markup import Content, Html, joined, tag, verbatim
from tallystick.publishing.page import row, table

__all__ = ["estimates_of"]

Told = Mapping[str, Any]  # an estimate as ``estimate --json`` prints it
SHOWN_WHOLE = 8  # from here on findings are left to the file, and only the table is on the page


def estimates_of(desk: Desk) -> Html:
    """Return all estimates; empty if the case has none."""
    made: Sequence[Told] = desk.dossier.estimates
    if not made:
        return Html("")
    whole = [_whole(desk, told) for told in made] if len(made) <= SHOWN_WHOLE else []
    return joined(
        [tag("p", desk.words("estimates.intro")), _table(desk, made), *whole, _file(desk)]
    )


def _file(desk: Desk) -> Html:
    name = tag("a", tag("code", "estimates.json"), href="estimates.json")
    return tag("p", desk.words("estimates.file", name=name), class_="note")


def _table(desk: Desk, made: Sequence[Told]) -> Html:
    words, plain = desk.words, desk.words.plain
    rows = [
        row(
            _stratum(desk, told),
            [
                (plain("estimates.method"), tag("code", str(told.get("method", "")))),
                (plain("estimates.documented"), _people(desk, told, "n_observed")),
                (plain("estimates.estimated"), _figure(desk, told)),
            ],
        )
        for told in made
    ]
    names = ("stratum", "method", "documented", "estimated")
    return table(
        words("estimates.caption"),
        [words(f"estimates.{name}") for name in names],
        rows,
        class_="estimates",
    )


def _stratum(desk: Desk, told: Told) -> Html:
    stratum = told.get("stratum") or {}
    if not isinstance(stratum, Mapping):
        return verbatim(str(stratum))
    if stratum == {"*": "*"}:
        return desk.words("estimates.all-strata")
    if not stratum:
        return desk.words("estimates.all-people")
    return joined((verbatim(f"{name}: {value}") for name, value in stratum.items()), " · ")


def _people(desk: Desk, told: Told, name: str) -> Html:
    return desk.words.number(round(told[name])) if told.get(name) is not None else Html("–")


def _figure(desk: Desk, told: Told) -> Html:
    """Return the median with its limits, or that there is none and why."""
    if told.get("refused") or told.get("median") is None:
        why = (told.get("refused") or {}).get("says", "")
        return desk.words("estimates.refused", why=verbatim(str(why)))
    limits = {name: _people(desk, told, name) for name in ("median", "lo", "hi")}
    return desk.words("estimates.one", **limits)


def _whole(desk: Desk, told: Told) -> Html:
    """Return one estimate with its assumption, its warnings, and all findings to open."""
    words, refused = desk.words, told.get("refused") or {}
    findings = [f for f in told.get("diagnostics") or () if f.get("says")]
    grave = [f for f in findings if f.get("weight") != "note"]
    title = joined([_stratum(desk, told), tag("code", str(told.get("method", "")))], " · ")
    parts: list[Content] = [tag("h3", title)]
    documented = words("estimates.documented-says", n=_people(desk, told, "n_observed"))
    parts.append(tag("p", tag("span", documented), " ", _figure(desk, told), class_="lead"))
    if refused.get("then"):
        parts.append(tag("p", words("estimates.then", then=verbatim(str(refused["then"])))))
    if told.get("assumes"):
        parts.append(tag("p", words("estimates.assumes", says=verbatim(str(told["assumes"])))))
    if grave:
        parts.append(tag("p", words("estimates.read-with")))
        parts.append(_findings(grave))
    if findings:
        parts.append(_opened(desk, told, findings))
    return tag("article", parts, class_="estimate", id=_anchor(told))


def _anchor(told: Told) -> str | None:
    return str(told["id"]) if told.get("id") else None


def _opened(desk: Desk, told: Told, findings: Sequence[Told]) -> Html:
    pictures = [
        tag("figure", drawing) for drawing in pictures_of_estimate(told, desk.words).values()
    ]
    made_by = [
        desk.words("estimates.seed", seed=str(told["seed"]))
        if told.get("seed") is not None
        else "",
        tag("code", str(told["table"])[:12] + "…", title=str(told["table"]))
        if told.get("table")
        else "",
    ]
    summary = tag("summary", desk.words.counted("estimates.open", len(findings)))
    line = tag("p", joined(made_by, " · "), class_="from")
    return tag("details", summary, _findings(findings), joined(pictures, "\n"), line)


def _findings(findings: Sequence[Told]) -> Html:
    items = [
        tag("li", tag("code", str(f.get("check", ""))), " ", verbatim(str(f["says"])))
        for f in findings
    ]
    return tag("ul", items, class_="limits")
