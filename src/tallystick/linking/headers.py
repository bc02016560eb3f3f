"""Know what the columns of a list are called, in English and Arabic.

Runs when a list is read. A header the dictionary does not know is not guessed: the column is
named as left out, and ``--mapping`` can say what it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tallystick.text import fold_name

__all__ = ["FIELDS", "fields_of", "known"]

# Field: what its column may be called, separated by bars.
_CALLED = {
    "record_id": (
        "record id | rec id | id | recordid | record | uid | entry id | رقم السجل | المعرف | معرف"
    ),
    "list": "source | list | dataset | المصدر | القائمة | مصدر",
    "name": (
        "name | full name | fullname | name as written | victim | victim name | "
        "name of victim | name arabic | name ar | arabic name | الاسم | اسم | "
        "الاسم الكامل | الاسم الثلاثي | الاسم الرباعي | اسم الشهيد | اسم الضحية | "
        "الاسم والكنية | الإسم | اسم القتيل | الشهيد"
    ),
    "given": ("given name | given | first name | firstname | forename | الاسم الأول | الاسم الاول"),
    "family": (
        "family name | family | surname | last name | lastname | الكنية | النسبة | "
        "العائلة | اسم العائلة | اللقب | الشهرة"
    ),
    "other_name": (
        "name english | name en | english name | name latin | الاسم بالإنكليزية | الاسم بالانجليزية"
    ),
    "father": (
        "father | father name | fathers name | father s name | name of father | "
        "اسم الأب | الأب | اسم الاب | اسم الوالد"
    ),
    "mother": (
        "mother | mother name | mothers name | mother s name | name of mother | "
        "اسم الأم | الأم | اسم الام | اسم الوالدة"
    ),
    "sex": "sex | gender | الجنس | النوع",
    "age": "age | age at death | age years | العمر | السن | عمر",
    "birth_year": (
        "birth year | year of birth | yob | date of birth | dob | birth date | born | "
        "سنة الولادة | تاريخ الولادة | المواليد | تاريخ الميلاد | سنة الميلاد"
    ),
    "died": (
        "date of death | death date | date | dod | died | day of death | "
        "date of incident | incident date | date killed | تاريخ الوفاة | "
        "تاريخ الاستشهاد | التاريخ | تاريخ | تاريخ القتل | تاريخ الحادثة | تاريخ الحدث"
    ),
    "place": (
        "place | place of death | location | town | village | locality | city | area | "
        "site | المكان | مكان الوفاة | مكان الاستشهاد | البلدة | القرية | الموقع | "
        "المنطقة | المدينة | مكان القتل"
    ),
    "region": (
        "governorate | province | region | state | district | admin1 | المحافظة | "
        "محافظة | الإقليم | الولاية"
    ),
    "number": (
        "national id | national number | id number | official number | identity number | "
        "passport | passport number | الرقم الوطني | رقم الهوية | رقم البطاقة | "
        "رقم جواز السفر"
    ),
    # The number of a row says nothing of the person; known, so that it counts for nothing.
    "serial": "no | nr | s n | serial | serial number | م | ت | مسلسل | التسلسل | الرقم المتسلسل | "
    "الرقم التسلسلي",
    "batch": "batch | delivery | الدفعة",
}
FIELDS: dict[str, tuple[str, ...]] = {
    field: tuple(called.split(" | ")) for field, called in _CALLED.items()
}
_WORDS = re.compile(r"[^\W_]+")


def _plain(header: str) -> str:
    return " ".join(_WORDS.findall(fold_name(header)))


_KNOWN = {_plain(alias): field for field, aliases in FIELDS.items() for alias in aliases}


def known(cell: object) -> str:
    """Give the field a header cell stands for, or an empty string."""
    return _KNOWN.get(_plain(str(cell)), "") if cell is not None else ""


def fields_of(
    header: Sequence[object], mapping: Mapping[str, str]
) -> tuple[dict[str, int], list[int]]:
    """Match columns to fields.

    Args:
        header: The cells of the header row.
        mapping: Field → header as written; wins over the dictionary.

    Returns:
        Field → column, and the columns that nothing uses. Of two columns for one field the
        first is taken.
    """
    asked = {_plain(written): field for field, written in mapping.items()}
    out: dict[str, int] = {}
    for at, cell in enumerate(header):
        field = asked.get(_plain(str(cell or ""))) or known(cell)
        if field and field not in out and (field not in mapping or _plain(str(cell)) in asked):
            out[field] = at
    used = set(out.values())
    return out, [at for at in range(len(header)) if at not in used]
