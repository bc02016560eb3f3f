"""List the small words of names: particles, titles, kin words. No personal name is listed.

Folded spellings (``words.fold_name``) in both scripts; a table of data.
"""

from __future__ import annotations

from typing import Literal

__all__ = [
    "ABD",
    "ABU",
    "ARTICLES",
    "CONNECTORS",
    "KIN",
    "KIND_OF_ABU",
    "NOBODY",
    "NO_ARTICLE",
    "OF",
    "SECOND_PARTS",
    "TITLES",
]


def _each(words: str) -> list[str]:
    return words.split()


# The article, also with its l taken over by a sun letter (as-, ash-, ad-, …).
ARTICLES = frozenset(
    _each("ال al el ul il as es ash esh ar er ur an en ad ed ud at et az ez adh az ath ats")
)
# Words that begin with al- by nature, not by article.
NO_ARTICLE = frozenset(
    _each("الله الياس الهام الفت الماس البير allah elias elyas elham ilham alham")
)
ABD = frozenset(_each("عبد abd abdu abde abdi abdal abdel abdul abdil abdol 3abd 3bd"))
KIND_OF_ABU: dict[str, Literal["abu", "umm"]] = {
    **dict.fromkeys(_each("ابو ابي ابا abu abou abo abi aboo 2abu abw"), "abu"),
    **dict.fromkeys(_each("ام um umm om oum omm"), "umm"),
}
ABU = frozenset(KIND_OF_ABU)
OF = frozenset(_each("of the"))
CONNECTORS = frozenset(_each("بن ben bin ibn bint bent binti و"))

WIFE = "زوجة زوجه زوجت حرم ارملة ارمله عقيلة wife widow zawjat zawja"
SON = "ابن نجل son"
DAUGHTER = "ابنة ابنه بنت كريمة daughter"
CHILD = "child طفل طفله طفلة اطفال رضيع رضيعة baby infant ولد"
MOTHER = "والدة والده mother"
FATHER = "والد father"
KIN: dict[str, Literal["wife", "son", "daughter", "child", "mother", "father"]] = {
    **dict.fromkeys(_each(WIFE), "wife"),
    **dict.fromkeys(_each(SON), "son"),
    **dict.fromkeys(_each(DAUGHTER), "daughter"),
    **dict.fromkeys(_each(CHILD), "child"),
    **dict.fromkeys(_each(MOTHER), "mother"),
    **dict.fromkeys(_each(FATHER), "father"),
}
TITLES = frozenset(
    _each(
        """
    الشهيد الشهيدة الشهيده شهيد شهيدة شهيده الشهداء المرحوم المرحومة الدكتور الدكتورة دكتور د
    المهندس المهندسة مهندس الحاج الحاجة حاج حاجة الاستاذ استاذ الطفل الطفلة الطفله الرضيع الرضيعة
    الملازم العقيد النقيب الرائد العميد اللواء المقدم المجند المساعد الرقيب العريف الممرض الممرضة
    الصحفي الصحفية الاعلامي المسعف السيدة الانسة الشاب الشابة المعتقل القتيل المغدور
    martyr martyrs shahid shaheed shahida shaheeda dr doctor eng engineer hajj haj haji hajji hajja
    mr mrs ms miss capt captain colonel lieutenant lt gen general sgt pvt prof late the
    journalist nurse
    """
    )
)
NOBODY = frozenset(
    _each(
        """
    مجهول مجهولة مجهوله الهوية الهويه هوية جثة جثه جثمان اسم معروف غير unknown unidentified unnamed
    anonymous body nn n/a na nil none null ؟ ? x xx xxx
    """
    )
)
# X al-din and its like are one name; the second part never stands as a name alone.
SECOND_PARTS = frozenset(
    _each(
        """
    دين din deen dyn dine dein عابدين abidin abedin abdin abideen abedeen aabidin aabedin abidyn
    فقار faqar fiqar faqaar fikar fakar fekar fiqaar الله allah lah بك بيك bek beik bik beyk bey
    """
    )
)
