"""Write out the forms of English words, so that the lexicon names a word once."""

from __future__ import annotations

__all__ = ["noun_forms", "verb_forms"]

_DOUBLED = frozenset(
    [
        "stab",
        "nab",
        "gun",
        "kidnap",
        "drop",
        "rob",
        "slit",
        "club",
        "plot",
        "plan",
        "cut",
        "put",
        "jail",
    ]
)
_VOWELS = frozenset("aeiou")


def noun_forms(word: str) -> tuple[str, str]:
    """Return singular and plural of “civilian” or of “child/children”, also of several words."""
    singular, slash, plural = word.partition("/")
    if slash:
        return singular, plural
    if singular.endswith(("s", "x", "ch", "sh", "z")):
        return singular, singular + "es"
    if singular.endswith("y") and singular[-2:-1] not in _VOWELS:
        return singular, singular[:-1] + "ies"
    return singular, singular + "s"


def verb_forms(words: str) -> dict[str, tuple[str, ...]]:
    """Return base, third, past, part and ing of “kill” or of “shoot shot shot”.

    Several words take “/” between the three forms: “gun down/gunned down/gunned down”; their
    first word is inflected for the other two.
    """
    parts = words.split("/") if "/" in words else words.split(" ")
    base = parts[0]
    first, _, rest = base.partition(" ")
    tail = f" {rest}" if rest else ""
    past, part = (parts[1], parts[2]) if len(parts) == 3 else (_past(first) + tail,) * 2
    return {
        "base": (base,),
        "third": (_third(first) + tail,),
        "past": (past,),
        "part": (part,),
        "ing": (_ing(first, past) + tail,),
    }


def _third(word: str) -> str:
    return {"be": "is", "have": "has", "do": "does", "go": "goes"}.get(word) or noun_forms(word)[1]


def _past(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ied"
    if word in _DOUBLED - {"kidnap", "jail"}:
        return word + word[-1] + "ed"
    return word + ("ped" if word == "kidnap" else "ed")


def _ing(word: str, past: str) -> str:
    irregular = {"die": "dying", "flee": "fleeing", "be": "being", "lie": "lying"}
    if word in irregular:
        return irregular[word]
    if word.endswith("e"):
        return word[:-1] + "ing"
    if word in ("put", "cut", "slit", "hit") or past.split(" ")[0] == word + word[-1] + "ed":
        return word + word[-1] + "ing"
    return word + "ing"
