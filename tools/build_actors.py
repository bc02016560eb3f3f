"""Build ``src/tallystick/terms/data/actors.csv`` from ``tools/actors-by-hand.csv`` and CLDR.

Run by hand: ``python tools/build_actors.py``. Writes the actors that are listed by hand, and for
each country below its government, armed forces, police, health and foreign ministries, with the
English and Arabic name of the country from Unicode CLDR (through Babel).
"""

from __future__ import annotations

import csv
from pathlib import Path

from babel import Locale

HERE = Path(__file__).parent
TABLE = HERE.parent / "src" / "tallystick" / "terms" / "data" / "actors.csv"
COLUMNS = ("id", "name", "kind", "inside", "speaks_for", "aliases")
# Country: what belongs to it, in English; in Arabic, masculine and feminine; short name.
OF_COUNTRY = {
    "SY": ("Syrian", "السوري", "السورية", "Syria"),
    "LB": ("Lebanese", "اللبناني", "اللبنانية", "Lebanon"),
    "IL": ("Israeli", "الإسرائيلي", "الإسرائيلية", "Israel"),
    "IQ": ("Iraqi", "العراقي", "العراقية", "Iraq"),
    "IR": ("Iranian", "الإيراني", "الإيرانية", "Iran"),
    "TR": ("Turkish", "التركي", "التركية", "Turkey"),
    "JO": ("Jordanian", "الأردني", "الأردنية", "Jordan"),
    "EG": ("Egyptian", "المصري", "المصرية", "Egypt"),
    "SA": ("Saudi", "السعودي", "السعودية", "Saudi Arabia"),
    "AE": ("Emirati", "الإماراتي", "الإماراتية", "United Arab Emirates"),
    "QA": ("Qatari", "القطري", "القطرية", "Qatar"),
    "YE": ("Yemeni", "اليمني", "اليمنية", "Yemen"),
    "LY": ("Libyan", "الليبي", "الليبية", "Libya"),
    "SD": ("Sudanese", "السوداني", "السودانية", "Sudan"),
    "SS": ("South Sudanese", "الجنوب سوداني", "الجنوب سودانية", "South Sudan"),
    "SO": ("Somali", "الصومالي", "الصومالية", "Somalia"),
    "ET": ("Ethiopian", "الإثيوبي", "الإثيوبية", "Ethiopia"),
    "ML": ("Malian", "المالي", "المالية", "Mali"),
    "NG": ("Nigerian", "النيجيري", "النيجيرية", "Nigeria"),
    "CD": ("Congolese", "الكونغولي", "الكونغولية", "Democratic Republic of the Congo"),
    "AF": ("Afghan", "الأفغاني", "الأفغانية", "Afghanistan"),
    "PK": ("Pakistani", "الباكستاني", "الباكستانية", "Pakistan"),
    "IN": ("Indian", "الهندي", "الهندية", "India"),
    "MM": ("Myanmar", "الميانماري", "الميانمارية", "Myanmar"),
    "UA": ("Ukrainian", "الأوكراني", "الأوكرانية", "Ukraine"),
    "RU": ("Russian", "الروسي", "الروسية", "Russia"),
    "US": ("US", "الأمريكي", "الأمريكية", "United States"),
    "GB": ("British", "البريطاني", "البريطانية", "United Kingdom"),
    "FR": ("French", "الفرنسي", "الفرنسية", "France"),
    "CO": ("Colombian", "الكولومبي", "الكولومبية", "Colombia"),
    "MX": ("Mexican", "المكسيكي", "المكسيكية", "Mexico"),
}


def of_country(code: str, arabic: str) -> list[tuple[str, ...]]:
    adjective, he, she, name = OF_COUNTRY[code]
    state = f"GOV-{code}"
    return [
        (state, f"Government of {name}", "government", "", "",
         f"{adjective} government|{adjective} authorities|government of {name}|الحكومة {she}"
         f"|السلطات {she}|حكومة {arabic}|{adjective} officials|{adjective} presidency|الرئاسة {she}"),
        (f"ARMY-{code}", f"{adjective} armed forces", "forces", state, "",
         f"{adjective} army|{adjective} military|{adjective} forces|{adjective} troops"
         f"|{adjective} army spokesperson|الجيش {he}|القوات {she}|القوات المسلحة {she}"),
        (f"POLICE-{code}", f"{adjective} police", "forces", state, "",
         f"{adjective} security forces|الشرطة {she}|الأمن {he}|قوات الأمن {she}"),
        (f"MOD-{code}", f"{adjective} Ministry of Defence", "government", state, "",
         f"{adjective} defence ministry|{adjective} defense ministry|{name} Ministry of Defense"
         f"|Ministry of Defence of {name}|وزارة الدفاع {she}"),
        (f"MOI-{code}", f"{adjective} Ministry of Interior", "government", state, "",
         f"{adjective} interior ministry|Ministry of Interior of {name}|وزارة الداخلية {she}"),
        (f"MOH-{code}", f"{adjective} Ministry of Health", "government", state, "",
         f"{adjective} health ministry|{adjective} Ministry of Public Health"
         f"|Ministry of Health of {name}|وزارة الصحة {she}"),
        (f"MFA-{code}", f"{adjective} Ministry of Foreign Affairs", "government", state, "",
         f"{adjective} foreign ministry|Ministry of Foreign Affairs of {name}"
         f"|وزارة الخارجية {she}"),
    ]  # fmt: skip


def by_hand() -> list[tuple[str, ...]]:
    with (HERE / "actors-by-hand.csv").open(encoding="utf-8", newline="") as lines:
        return [tuple(row[column] for column in COLUMNS) for row in csv.DictReader(lines)]


def main() -> None:
    arabic = Locale("ar").territories
    rows = by_hand() + [row for code in OF_COUNTRY for row in of_country(code, arabic[code])]
    with TABLE.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(sorted(rows))
    print(f"{TABLE.name}: {len(rows)} actors")


if __name__ == "__main__":
    main()
