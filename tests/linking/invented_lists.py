"""Write invented people down as three lists would, for the tests of this room."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.invented_names import person

from tallystick.records import Entry

PLACES = (("مرزوقة", "Marzuqa"), ("تل الشنديب", "Tall al-Shandib"), ("كفر زبرق", "Kafr Zabraq"))


def entry(n: int, a_list: str = "a", script: str = "ar", **changes: object) -> Entry:
    """Write invented person n as one list does."""
    one = person(n)
    at = 0 if script == "ar" else 1
    held: dict[str, object] = {
        "id": f"{a_list}{n:05d}",
        "list": a_list,
        "name": one.name(script),
        "sex": one.sex,
        "died": (date(2021, 3, 1) + timedelta(n * 7 % 300)).isoformat(),
        "place": PLACES[n % 3][at],
        "region": ("الزنابق", "al-Zanabiq")[at],
        "age": 5 + n * 13 % 60,
    }
    return Entry(**(held | changes))


def lists(people: int, seed: int = 0) -> tuple[list[Entry], dict[str, int]]:
    """Write people in one to three lists: entries, and who each entry is."""
    rng = random.Random(seed)
    entries, truth = [], {}
    for n in range(people):
        for a_list, script in (("a", "ar"), ("b", "lat"), ("c", rng.choice(["ar", "lat"]))):
            if a_list == "a" or rng.random() < 0.6:
                changes: dict[str, object] = {}
                if rng.random() < 0.3:
                    changes["age"] = None
                if a_list == "c" and rng.random() < 0.4:
                    changes["name"] = person(n).name(script, father=False)
                one = entry(n, a_list, script, **changes)
                entries.append(one)
                truth[one.id] = n
    rng.shuffle(entries)
    return entries, truth
