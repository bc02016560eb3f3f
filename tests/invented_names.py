"""Give every test the same invented people, in Arabic and in Latin script.

Given names are common ones; family names are made up from syllables, so that a full name
belongs to nobody. The pairs of one position say the same name in the two scripts::

    GIVEN_MALE_ARABIC[3], GIVEN_MALE_LATIN[3]   the same man's given name
    person(7)                                   always the same invented person
    full_name(7), full_name(7, script="ar")     that person's name as a list would write it
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "FAMILY_ARABIC",
    "FAMILY_LATIN",
    "GIVEN_FEMALE_ARABIC",
    "GIVEN_FEMALE_LATIN",
    "GIVEN_MALE_ARABIC",
    "GIVEN_MALE_LATIN",
    "InventedPerson",
    "full_name",
    "person",
]

_MALE = """
محمد Muhammad|أحمد Ahmad|علي Ali|حسن Hasan|حسين Husayn|محمود Mahmoud|يوسف Yusuf|خالد Khaled|
عمر Omar|إبراهيم Ibrahim|مصطفى Mustafa|سليمان Sulayman|عبد+الله Abdullah|طارق Tariq|سامر Samer|
زياد Ziad|نبيل Nabil|وليد Walid|فارس Fares|بلال Bilal|جابر Jaber|قاسم Qasem|ضياء Diaa|ظافر Zafer|
غسان Ghassan|هيثم Haytham|ثائر Thaer|صالح Saleh|شادي Shadi|عدنان Adnan|مازن Mazen|نضال Nidal
"""
_FEMALE = """
فاطمة Fatima|زينب Zaynab|مريم Maryam|عائشة Aisha|خديجة Khadija|سعاد Suad|هدى Huda|ليلى Layla|
نور Nour|سلمى Salma|رنا Rana|منى Mona|أمينة Amina|حنان Hanan|سميرة Samira|وفاء Wafaa|
ريم Reem|جميلة Jamila|ندى Nada|إيمان Iman|غادة Ghada|شيماء Shaymaa|رقية Ruqayya|ثناء Thanaa
"""
# Syllables that no known family is made of; each line is one family.
_FAMILY = """
الزرنوب al-Zarnub|الكشمار al-Kashmar|بردوق Barduq|الطلفاح al-Tulfah|قرموع Qarmu|الشنديق al-Shandiq|
مرزوط Marzut|الغبرون al-Ghabrun|دعكوس Daakus|الخنفور al-Khanfur|سلجوط Saljut|الفنتيل al-Fantil|
حربوش Harbush|الدلعون al-Dalun|نكروز Nakruz|الجلموس al-Jalmus|عرطوف Artuf|البهلاق al-Bahlaq|
صنقور Sanqur|الرعبوس al-Rabus|كرفاش Karfash|الوزموط al-Wazmut|ثلجون Thaljun|الضمروخ al-Damrukh|
أبو+شبطون Abu+Shabtun|أبو+زرقوط Abu+Zarqut|خربيط Kharbit|اللمطور al-Lamtur|ميسوق Maysuq|
الهندول al-Handul|طنبوز Tanbuz|القسفور al-Qasfur
"""


def _columns(table: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    cells = [cell.split() for cell in table.replace("\n", "").split("|")]
    arabic, latin = zip(*cells, strict=True)
    return (
        tuple(name.replace("+", " ") for name in arabic),
        tuple(name.replace("+", " ") for name in latin),
    )


GIVEN_MALE_ARABIC, GIVEN_MALE_LATIN = _columns(_MALE)
GIVEN_FEMALE_ARABIC, GIVEN_FEMALE_LATIN = _columns(_FEMALE)
FAMILY_ARABIC, FAMILY_LATIN = _columns(_FAMILY)


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedPerson:
    """Hold one invented person's name in both scripts; each pair is (Arabic, Latin)."""

    given: tuple[str, str]
    father: tuple[str, str]
    family: tuple[str, str]
    sex: Literal["female", "male"]

    def name(self, script: Literal["ar", "lat"] = "lat", *, father: bool = True) -> str:
        at = 0 if script == "ar" else 1
        parts = [self.given[at], self.father[at], self.family[at]]
        if not father:
            del parts[1]
        return " ".join(parts)


def person(n: int) -> InventedPerson:
    """Give the n-th invented person: the same for the same n, distinct for n below 20,000."""
    female = n % 2 == 1
    given = list(
        zip(GIVEN_FEMALE_ARABIC, GIVEN_FEMALE_LATIN, strict=True)
        if female
        else zip(GIVEN_MALE_ARABIC, GIVEN_MALE_LATIN, strict=True)
    )
    fathers = list(zip(GIVEN_MALE_ARABIC, GIVEN_MALE_LATIN, strict=True))
    families = list(zip(FAMILY_ARABIC, FAMILY_LATIN, strict=True))
    rest, which = divmod(n // 2, len(given))
    rest, family = divmod(rest, len(families))
    return InventedPerson(
        given=given[which],
        father=fathers[(which + rest + 1) % len(fathers)],
        family=families[(family + which) % len(families)],
        sex="female" if female else "male",
    )


def full_name(n: int, script: Literal["ar", "lat"] = "lat") -> str:
    """Give the n-th invented full name: given, father, family."""
    return person(n).name(script)
