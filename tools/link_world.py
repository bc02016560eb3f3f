"""Invent a world of victims and the lists that name them, to train and calibrate the linker.

Villages of clans of households; deaths alone and in massacres that take whole households on one
day; six lists with habits of their own. Every rate is drawn anew for each world, so that the
model learns what holds across contexts. Nobody here is real.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from link_lexicon import FEMALE, MALE, Style, arabic, family_codes, place_codes

from tallystick.records import Entry


@dataclass
class Victim:
    at: int
    sex: str
    given: str
    father: str
    grandfather: str
    family: str
    mother: str
    born: int
    house: int
    husband: Victim | None = None
    eldest: str = ""
    village: int = 0
    died: dt.date = dt.date(2020, 1, 1)
    incident: int = 0
    fame: float = 1.0
    number: str = ""


@dataclass
class World:
    """Hold entries, and of each who it is and which house: families of brothers count as one."""

    entries: list[Entry] = field(default_factory=list)
    person: list[int] = field(default_factory=list)
    house: list[int] = field(default_factory=list)


class Maker:
    """Draw one world from one seed."""

    def __init__(self, seed: int, people: int) -> None:
        self.rng = rng = random.Random(seed)
        self.people = people
        spread = lambda mean, wide=0.45: mean * rng.lognormvariate(0, wide)  # noqa: E731  # a rate, not a step
        self.start = dt.date(rng.randint(2012, 2024), rng.randint(1, 12), 1)
        self.days = rng.choice([250, 500, 900, 1100])
        self.regions = place_codes(rng, rng.randint(3, 6))
        many = max(25, int(people / spread(45)))
        self.villages = [
            (code, rng.randrange(len(self.regions))) for code in place_codes(rng, many)
        ]
        self.families = family_codes(rng, max(60, int(people**0.5 * spread(6, 0.5))))
        self.kinship = rng.choice([1, 2, 2, 3])
        self.male = self._zipf(MALE, 0.75)
        self.female = self._zipf(FEMALE, 0.6)
        self.massacre = min(0.85, spread(0.55, 0.25))
        self.p = {
            "typo": spread(0.04), "hamza": spread(0.3), "age_off": min(0.7, spread(0.4)),
            "sex_wrong": spread(0.006), "date_off": spread(0.12), "date_slip": spread(0.02),
            "date_month": spread(0.02), "date_none": spread(0.08), "place_city": spread(0.11),
            "place_none": spread(0.06), "dup": spread(0.05), "married_name": spread(0.25),
            "repeat": spread(1.0, 0.2), "lone": spread(0.12), "turned": spread(0.07),
            "by_father": spread(0.3), "kunya": spread(0.1), "kin": spread(0.07), "numbers": rng.random() < 0.3,
        }  # fmt: skip
        self.styles = [Style(rng) for _ in range(rng.randint(20, 50))]
        self.chat = [Style(rng, arabizi=True) for _ in range(12)]

    def _zipf(self, names: list[str], power: float) -> tuple[list[str], list[float]]:
        names = names[:]
        self.rng.shuffle(names)
        if len(names) > 40:
            names = names[: self.rng.randint(40, len(names))]
        return names, [1 / (at + 1.5) ** power for at in range(len(names))]

    def _given(self, sex: str) -> str:
        names, weights = self.male if sex == "male" else self.female
        return self.rng.choices(names, weights)[0]

    def household(
        self, number: int, village: int, clan: str, elder: tuple[str, str]
    ) -> list[Victim]:
        """Draw a household: parents, children, at times a grandparent."""
        rng = self.rng
        year = self.start.year
        age = rng.randint(22, 75)
        father = Victim(
            0,
            "male",
            self._given("male"),
            elder[0],
            elder[1],
            clan,
            self._given("female"),
            year - age,
            number,
        )
        mother = Victim(0, "female", self._given("female"), self._given("male"), self._given("male"),
                        clan if rng.random() < 0.25 else rng.choice(self.families), self._given("female"),
                        year - max(17, age - rng.randint(0, 10)), number, husband=father)  # fmt: skip
        members = [father, mother]
        used: set[str] = set()
        for _ in range(rng.choice([0, 1, 2, 3, 3, 4, 5, 6, 7])):
            sex = rng.choice(["male", "female"])
            given = (
                father.father
                if sex == "male" and not used and rng.random() < 0.35
                else self._given(sex)
            )
            if given in used or given in {father.given, mother.given}:
                continue
            used.add(given)
            child_age = rng.randint(0, max(1, age - 19))
            child = Victim(
                0,
                sex,
                given,
                father.given,
                father.father,
                clan,
                mother.given,
                year - child_age,
                number,
            )
            members.append(child)
            if sex == "male" and not father.eldest:
                father.eldest = mother.eldest = given
        for one in members:
            one.village = village
            one.fame = rng.gammavariate(1.3, 0.8)
            one.eldest = one.eldest or (
                one.father if one.sex == "male" and rng.random() < 0.6 else self._given("male")
            )
            one.number = f"{rng.randrange(10**8, 10**9)}"
        return members

    def victims(self) -> list[Victim]:
        """Draw households until enough people have died."""
        rng = self.rng
        out: list[Victim] = []
        number = incident = 0
        clans = {
            v: rng.sample(self.families, min(len(self.families), rng.randint(3, 9)))
            for v in range(len(self.villages))
        }
        while len(out) < self.people:
            incident += 1
            village = rng.randrange(len(self.villages))
            day = self.start + dt.timedelta(rng.randrange(self.days))
            alone = rng.random() > self.massacre * 0.17
            want = (
                rng.choice([1, 1, 1, 2, 3])
                if alone
                else min(200, int(rng.lognormvariate(2.6, 0.8)) + 3)
            )
            fallen: list[Victim] = []
            while len(fallen) < want:
                # Clans of a village are not of one size, and a massacre takes some more than others.
                clan = clans[village][min(int(rng.expovariate(0.7)), len(clans[village]) - 1)]
                elder = (self._given("male"), self._given("male"))
                number += 1
                for _ in range(1 if alone else rng.randint(1, 1 + self.kinship)):
                    members = self.household(number, village, clan, elder)
                    if alone:
                        members = rng.sample(members, 1)
                    elif rng.random() < 0.5:
                        members = [one for one in members if rng.random() < 0.7]
                    fallen += members
            for one in fallen[:want]:
                one.at, one.died, one.incident = len(out), day, incident
                if want > 20 and rng.random() < 0.04:
                    one.died = day + dt.timedelta(1)
                out.append(one)
        return out


def make_world(seed: int, people: int) -> World:
    """Invent a world: its entries in a random order, with who is who beside them."""
    from link_lists import LISTS, scribble

    maker = Maker(seed, people)
    rng = maker.rng
    rows: list[tuple[Entry, int, int]] = []
    reach = {name: base * rng.lognormvariate(0, 0.3) for name, base in LISTS.items()}
    incidents: dict[int, float] = {}
    for one in maker.victims():
        known = incidents.setdefault(one.incident, rng.gammavariate(2.5, 0.4))
        fame = one.fame**0.6 * known**0.6 * maker.p["repeat"]
        for name in LISTS:
            times = int(rng.random() < min(0.93, reach[name] * fame))
            while (
                times
                and times < 4
                and rng.random() < maker.p["dup"] * (2.0 if name == "social" else 1.0)
            ):
                times += 1
            rows += [(scribble(maker, one, name), one.at, one.house) for _ in range(times)]
    rng.shuffle(rows)
    world = World()
    for at, (entry, person, house) in enumerate(rows):
        held = {key: getattr(entry, key) for key in Entry.__slots__}
        world.entries.append(Entry(**(held | {"id": f"w{seed}-{at:07d}"})))
        world.person.append(person)
        world.house.append(house)
    return world


__all__ = ["Maker", "Victim", "World", "arabic", "make_world"]
