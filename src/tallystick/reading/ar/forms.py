"""Write out the forms of Arabic words, so that the lexicon names a word once.

Without vowel signs many forms are spelled alike. Where a spelling may be a dual or a plural it is
given as either, so that “two” is never read where “several” may be meant.
"""

from __future__ import annotations

from collections.abc import Mapping

from tallystick.text import fold_word

__all__ = ["nominal_forms", "noun_forms", "verb_forms"]

ONE, TWO, MANY, EITHER = "1", "2", "many", "either"
_PRONOUNS = ("هم", "هن", "ها", "ه", "هما")
_RANK = {ONE: 0, TWO: 1, MANY: 2, EITHER: 3}


def noun_forms(noun: str) -> dict[str, str]:
    """Return the folded forms of “singular/plural|plural”, each with how many it says.

    “+ون” and “+ات” are written onto the singular; a plural “-” is none.
    """
    singular, _, plurals = noun.partition("/")
    forms = _singular_forms(singular.strip())
    for plural in filter(None, plurals.split("|")):
        if plural != "-":
            for form, number in _plural_forms(singular, plural).items():
                known = forms.get(form)
                if known == TWO and number == MANY:
                    forms[form] = EITHER
                elif known is None:
                    forms[form] = number
    return forms


def _singular_forms(singular: str) -> dict[str, str]:
    first, _, rest = singular.partition(" ")
    tail = f" {fold_word(rest)}" if rest else ""
    plain = fold_word(first)
    stem = plain
    if first.endswith("ة"):
        stem = plain[:-1] + "ت"
    elif first.endswith("ى"):
        stem = plain[:-1] + "ي"
    forms = {plain + tail: ONE}
    if not first.endswith(("ة", "ى", "اء")):
        forms[f"{plain}ا{tail}"] = ONE
    if not first.endswith("ين"):
        forms |= {f"{stem}ان{tail}": TWO, f"{stem}ين{tail}": TWO}
        if first.endswith("ة"):
            forms |= {f"{stem}ا{tail}": TWO, f"{stem}ي{tail}": TWO}
    return forms


def _plural_forms(singular: str, plural: str) -> dict[str, str]:
    word = fold_word(singular)
    if plural == "+ون":
        return {f"{word}ون": MANY, f"{word}ين": MANY, f"{word}و": MANY, f"{word}ي": MANY}
    if plural == "+ات":
        stem = word[:-1] if word.endswith("ه") else word
        return {f"{stem}ات": MANY}
    first, _, rest = plural.partition(" ")
    tail = f" {fold_word(rest)}" if rest else ""
    plain = fold_word(first)
    forms = {plain + tail: MANY}
    if plain.endswith("ون"):
        forms[f"{plain[:-2]}ين{tail}"] = MANY
    elif not plain.endswith(("ا", "ي", "ه", "ين", "ات")):
        forms[f"{plain}ا{tail}"] = MANY
    return forms


def possessed_forms(forms: Mapping[str, str]) -> dict[str, str]:
    """Return the forms with a pronoun on them: “his son”, “her two children”."""
    made: dict[str, str] = {}
    for form, number in forms.items():
        stem = form[:-1] + "ت" if form.endswith("ه") else form
        if number in (TWO, EITHER) and form.endswith("ن"):
            stem = form[:-1]
        made |= {
            stem + pronoun: number for pronoun in ("ه", "ها", "هم") if stem + pronoun not in forms
        }
    return made


def verb_forms(verb: str) -> dict[str, str]:
    """Return the folded forms of “past/present”, each with past or present; “-” is none."""
    past, _, present = verb.partition("/")
    forms: dict[str, str] = {}
    if past and past != "-":
        forms |= dict.fromkeys(_past_forms(past), "past")
    if present and present != "-":
        first, _, rest = present.partition(" ")
        tail = f" {fold_word(rest)}" if rest else ""
        plain = fold_word(first)
        for form in (plain, "ت" + plain[1:], plain + "ون", plain + "وا", "س" + plain):
            forms.setdefault(form + tail, "present")
    return forms


def _past_forms(past: str) -> list[str]:
    first, _, rest = past.partition(" ")
    tail = f" {fold_word(rest)}" if rest else ""
    plain = fold_word(first)
    weak = first.endswith(("ى", "ا"))
    stem = plain[:-1] if weak else plain
    plural = stem[:-1] + "وا" if first.endswith("ي") else stem + "وا"
    forms = [plain, stem + "ت", plural, stem + "تا"]
    if not weak:
        forms.append(plain + "ا")
    return [form + tail for form in forms]


def nominal_forms(noun: str) -> dict[str, str]:
    """Return the folded forms of a verbal noun: plain, or with a pronoun (“their killing”)."""
    plain = fold_word(noun)
    if " " in plain:
        return {plain: "noun"}
    stem = plain[:-1] + "ت" if noun.endswith("ة") else plain
    pronouns = _PRONOUNS if len(stem) > 3 else _PRONOUNS[:1]
    return {plain: "noun", **{stem + pronoun: "noun-of" for pronoun in pronouns}}
