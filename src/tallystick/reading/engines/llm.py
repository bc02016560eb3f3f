"""Let a language model propose figures, and believe none of them.

Off by default. A proposal becomes a claim only if its quote stands verbatim and once in the text,
our own reader reads the same kind and the same bounds out of the quote, and the sentence around
it neither denies nor imagines the harm. Everything else is an issue for a person to look at.

The endpoint is any server that speaks the OpenAI chat protocol; the user runs and names it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from urllib.request import Request, urlopen

from tallystick.reading.lexicon import lexicon_of
from tallystick.reading.read import read_text
from tallystick.reading.tokens import sentences_of
from tallystick.records import Claim, Issue, Span
from tallystick.text import fold, language_of

__all__ = ["Ask", "endpoint", "proposed_claims"]

Ask = Callable[[str], str]
_PROMPT = (
    "List every number of people killed, injured, missing, abducted, detained or displaced in "
    "the text below. Answer with a JSON list only; each element has quote (exact words of the "
    "text), kind, lo, hi (null if unbounded).\n\n"
)
_DOUBT = frozenset({"not", "deny", "modal", "unreal", "return"})
_SENTENCE_END = re.compile(r"[.!?؟\n]")


def endpoint(url: str, model: str, *, key: str = "", seconds: float = 60) -> Ask:
    """Return a function that sends one prompt to a chat endpoint and returns its answer.

    Args:
        url: Such as ``http://localhost:11434/v1/chat/completions``.
        model: Name of the model there.
        key: Bearer token, if the server wants one.
        seconds: How long to wait for an answer.
    """
    if not url.startswith(("http://", "https://")):
        raise ValueError(f"An endpoint begins with http:// or https://: {url[:60]}")

    def ask(prompt: str) -> str:
        body = {"model": model, "temperature": 0, "messages": [{"role": "user", "content": prompt}]}
        headers = {"Content-Type": "application/json"} | (
            {"Authorization": f"Bearer {key}"} if key else {}
        )
        request = Request(url, json.dumps(body).encode(), headers)  # noqa: S310 - checked above
        with urlopen(request, timeout=seconds) as answer:  # noqa: S310 - checked above
            told = json.loads(answer.read())
        return str(told["choices"][0]["message"]["content"])

    return ask


def proposed_claims(
    text: str, ask: Ask, *, source: str = "", lang: str | None = None
) -> tuple[list[Claim], list[Issue]]:
    """Return the proposals that our own reader confirms, and an issue for each other one."""
    lang = lang or language_of(text)
    claims: list[Claim] = []
    issues: list[Issue] = []
    for proposal in _proposals(ask(_PROMPT + text)):
        claim, why = _confirmed(text, proposal, source, lang)
        if claim is not None:
            claims.append(claim)
        else:
            issues.append(_unverified(text, proposal, source, why))
    return list({claim.id: claim for claim in claims}.values()), issues


def _proposals(answer: str) -> Iterator[Mapping[str, object]]:
    start, end = answer.find("["), answer.rfind("]")
    try:
        told = json.loads(answer[start : end + 1]) if 0 <= start < end else []
    except (ValueError, RecursionError):
        return
    if isinstance(told, list):
        yield from (one for one in told if isinstance(one, dict))


def _confirmed(
    text: str, proposal: Mapping[str, object], source: str, lang: str
) -> tuple[Claim | None, str]:
    quote = proposal.get("quote")
    if not isinstance(quote, str) or not quote.strip():
        return None, "it quotes nothing"
    if text.count(quote) != 1:
        return None, "its quote does not stand in the text exactly once"
    start = text.index(quote)
    if _is_doubtful(_sentence_around(text, start, start + len(quote)), lang):
        return None, "the sentence denies it or only imagines it"
    if _is_cut(text, start, start + len(quote)):
        return None, "its quote cuts a word or number"
    wanted = (proposal.get("kind"), proposal.get("lo"), proposal.get("hi"))
    for claim in read_text(quote, source=source, lang=lang).claims:
        if (claim.kind, claim.lo, claim.hi) == wanted and claim.span is not None:
            span = (start + claim.span[0], start + claim.span[1])
            method = f"proposal+{claim.method}"
            return replace(claim, id="", span=span, also=(), pins="lo", method=method), ""
    return None, "our reader reads another number or harm in its quote"


def _is_cut(text: str, start: int, end: int) -> bool:
    """Say whether a quote begins or ends inside a word, or leaves out the hedge before it."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    inside = (before.isalnum() and text[start].isalnum()) or (
        after.isalnum() and text[end - 1].isalnum()
    )
    head = text[_sentence_start(text, start) : start]
    joined = head.rstrip().endswith((",", ".")) and text[start].isdigit() and head[-1:] != " "
    return inside or joined or _hedges(head)


def _hedges(head: str) -> bool:
    """Say whether what stands right before a quote changes its number: “at least”, “of the”."""
    words = fold(head).folded.split()
    last = " ".join(words[-2:])
    return last.endswith(("at least", "more than", "up to", "over", "about", "of the", "of")) or (
        bool(words) and words[-1].rstrip(",.").isdigit()
    )


def _sentence_start(text: str, at: int) -> int:
    return max((end.end() for end in _SENTENCE_END.finditer(text, 0, at)), default=0)


def _sentence_around(text: str, start: int, end: int) -> str:
    after = _SENTENCE_END.search(text, end)
    return text[_sentence_start(text, start) : after.end() if after else len(text)]


def _is_doubtful(sentence: str, lang: str) -> bool:
    lexicon = lexicon_of(lang)
    return any(
        item.tags & _DOUBT and "hedge" not in item.tags
        for items in sentences_of(fold(sentence), lexicon)
        for item in items
    )


def _unverified(text: str, proposal: Mapping[str, object], source: str, why: str) -> Issue:
    quote = proposal.get("quote")
    at = text.find(quote) if isinstance(quote, str) and quote else -1
    where: Span | str = f"source {source}"
    if at >= 0 and isinstance(quote, str):
        where = Span(source, at, at + len(quote))
    return Issue(
        code="reading.proposal-unverified",
        weight="note",
        where=where,
        says=f"A model proposed a figure, and {why}.",
        then="look at the passage and add the claim by review if it is there",
    )
