"""Make names and places for the linker's training worlds, and write them in two scripts.

Names are phonemic codes, so that no table of spellings can be learnt: consonants
``b t v j H x d * r z s $ S D T Z E g f q k l m n h w y '``, short vowels ``a i u``, long
``A I U``, ``p`` the feminine ending, ``Y`` a final alef maqsura. Families and places are made
from random roots, anew for every world.
"""

from __future__ import annotations

import random

MALE = [
    "muHammad",
    "EalI",
    "'aHmad",
    "Hasan",
    "Husayn",
    "xAlid",
    "Eumar",
    "yUsuf",
    "'ibrAhIm",
    "muSTafY",
    "maHmUd",
    "*Abit",
    "HAmid",
    "jAsim",
    "karIm",
    "salIm",
    "nASir",
    "rA$id",
    "saEId",
    "samIr",
    "EAmir",
    "majId",
    "wisAm",
    "hAdI",
    "jawAd",
    "kAZim",
    "SAdiq",
    "bAqir",
    "HamId",
    "riyAD",
    "Hamzap",
    "zayd",
    "nizAr",
    "munIr",
    "rAmiz",
    "fAdil",
    "FAyiz",
    "EizAt",
    "hi$Am",
    "EiSAm",
    "bassAm",
    "hAnI",
    "'anas",
    "'ayham",
    "vAbit",
    "laTIf",
    "nAjI",
    "$ukrI",
    "EAdil",
    "sulTAn",
    "mAlik",
    "bAsim",
    "qAsim",
    "ramaDAn",
    "$aEbAn",
    "'ismAEIl",
    "yaHyY",
    "zakarIyA",
    "'ilyAs",
    "mUsY",
    "EIsY",
    "dAwUd",
    "hArUn",
    "yaEqUb",
    "wADiH",
    "nAZim",
    "rafIq",
    "tawfIq",
    "$afIq",
    "SubHI",
    "fawzI",
    "ramzI",
    "luTfI",
    "fahmI",
    "HilmI",
    "EaTIyap",
    "Eabd+allAh",
    "Eabd+raHmAn",
    "Eabd+qAdir",
    "Eabd+karIm",
    "Eabd+salAm",
    "Eabd+HamId",
    "Eabd+EazIz",
    "nUr+dIn",
    "SalAH+dIn",
    "Eizz+dIn",
    "HusAm+dIn",
    "sayf+dIn",
]
FEMALE = [
    "fATimap",
    "zaynab",
    "maryam",
    "EA'i$ap",
    "xadIjap",
    "sukaynap",
    "ruqayyap",
    "zahrA'",
    "nawAl",
    "'iqbAl",
    "siHr",
    "HanAn",
    "'ibtisAm",
    "'inEAm",
    "suEAd",
    "najAH",
    "najlA'",
    "wafA'",
    "rajA'",
    "hanA'",
    "samAH",
    "nihAd",
    "$ahd",
    "layAn",
    "lamA",
    "'AyAt",
    "'Ayap",
    "sArap",
    "hAjar",
    "bu$rY",
    "salwY",
    "nadwY",
    "lubnY",
    "layl",
    "$aymA'",
    "'asmA'",
    "'israA'",
    "duEA'",
    "$afA'",
    "riHAb",
    "rabAb",
    "zubaydap",
    "naEImap",
    "karImap",
    "samIrap",
    "jamIlap",
    "latIfap",
    "munIrap",
    "amInap",
    "salImap",
    "Halimap",
    "nasIm",
    "yAsmIn",
    "rayHAn",
    "warD",
    "wardap",
    "nAhid",
    "mayyAdap",
    "xawlap",
    "sumayyap",
    "umAmap",
]
ROOTS = "btjHxdrzs$SDTEgfqklmnhw"
SHAPES = (
    "{0}a{1}{1}A{2}", "{0}A{1}i{2}", "{0}a{1}I{2}", "{0}u{1}ay{2}", "{0}a{1}U{2}", "{0}a{1}{2}An",
    "ma{0}{1}U{2}", "mu{0}a{1}{1}i{2}", "{0}a{1}{2}AwI", "{0}i{1}{2}AnI", "{0}a{1}A{2}nap", "{0}a{1}{2}ap",
    "{0}a{1}A{2}Ip", "{0}u{1}{2}I", "{0}a{1}{1}U{2}", "'a{0}{1}a{2}", "{0}a{1}a{2}I", "{0}i{1}{2}", "tu{0}{1}u{2}",
)  # fmt: skip
PLACE_LEADS = (
    "",
    "",
    "",
    "",
    "kafr+",
    "tall+",
    "wAdI+",
    "Eayn+",
    "dayr+",
    "bayt+",
    "xirbat+",
    "$ayx+",
)

_ARABIC = dict(
    zip("btvjHxd*rzs$SDTZEgfqklmnhwy'aiuAIUpY", "بتثجحخدذرزسشصضطظعغفقكلمنهويء___ايوةى", strict=True)
)
# Ways to write a sound in Latin letters; a style picks one for each sound and mostly keeps to it.
_LATIN: dict[str, list[str]] = {
    "v": ["th", "th", "s", "t"], "j": ["j", "j", "g", "dj"], "H": ["h"], "x": ["kh", "kh", "kh", "k"],
    "*": ["dh", "d", "z", "th"], "$": ["sh", "sh", "sh", "ch"], "S": ["s"], "D": ["d", "d", "dh"],
    "T": ["t"], "Z": ["z", "z", "dh", "d"], "E": ["", "", "", "'", "a"], "g": ["gh", "gh", "g"],
    "q": ["q", "q", "k", "gh", "g"], "'": ["", "", "'"], "a": ["a", "a", "a", "e"], "i": ["i", "i", "e"],
    "u": ["u", "u", "o", "ou"], "A": ["a", "a", "aa"], "I": ["i", "ee", "i", "y"], "U": ["u", "ou", "oo", "o"],
    "p": ["a", "a", "ah", "eh", "e"], "Y": ["a", "a", "aa"],
    "ay": ["ay", "ai", "ei", "ey", "e"], "aw": ["aw", "ou", "au", "ow"],
}  # fmt: skip
_ARABIZI = {"H": "7", "E": "3", "x": "5", "T": "6", "S": "9", "q": "8", "'": "2"}


class Style:
    """Write phonemic codes in Latin letters the way one scribe does."""

    def __init__(self, rng: random.Random, arabizi: bool = False) -> None:
        self.rng = rng
        self.choice = {sound: rng.choice(ways) for sound, ways in _LATIN.items()}
        self.doubles = rng.random()
        self.article = rng.choice(["al-", "al-", "Al ", "El-", "el-", "Al", ""])
        self.sun = rng.random() < 0.25
        self.upper = rng.random() < 0.06
        self.short_muhammad = rng.random() < 0.12
        self.slack = rng.choice([0.03, 0.08, 0.2])
        if arabizi:
            some = rng.sample(sorted(_ARABIZI), rng.randint(2, 5))
            self.choice.update({sound: _ARABIZI[sound] for sound in some})

    def word(self, code: str) -> str:
        if code == "muHammad" and self.short_muhammad:
            return self.rng.choice(["Mhd", "Mohd", "Mohamad", "Md", "Muhamad"])
        if code.startswith("Eabd+"):
            rest = self.word(code[5:].removeprefix("al")).lower()
            joins = ["Abdul{}", "Abd al-{}", "Abdel {}", "Abdel{}", "Abd {}", "Abdal{}"]
            return self.rng.choice(joins).format(rest if "-" not in rest else rest[3:])
        if code.endswith("+dIn"):
            ends = [" al-Din", "eddin", " ad-Din", " Eldin", "uddin", " Din", " el-Deen"]
            return self.word(code[:-4]) + self.rng.choice(ends)
        if "+" in code:
            return " ".join(self.word(part) for part in code.split("+") if part).replace("l+", "l-")
        out = self._letters(code)
        return out.upper() if self.upper else out[:1].upper() + out[1:]

    def _letters(self, code: str) -> str:
        out = ""
        at = 0
        while at < len(code):
            sound = code[at : at + 2] if code[at : at + 2] in {"ay", "aw"} else code[at]
            if len(sound) == 2 and at + 2 < len(code) and code[at + 2] in "aiuAIUy":
                sound = code[at]
            ways = _LATIN.get(sound)
            written = sound if ways is None else self.choice[sound]
            if ways and self.rng.random() < self.slack:
                written = self.rng.choice(ways)
            if at and code[at] == code[at - 1]:
                written = written if self.rng.random() < self.doubles else ""
            out += written
            at += len(sound)
        return out

    def family(self, code: str) -> str:
        """Write a family name; ``+`` in front is the article, ``abu+`` the compound."""
        if code.startswith("abu+"):
            return self.rng.choice(["Abu ", "Abou ", "Abo "]) + self.word(code[4:])
        if not code.startswith("al+"):
            return self.word(code)
        word = self.word(code[3:])
        article = self.article
        if self.sun and article.endswith("-") and word[:1].lower() in "tdrzsn":
            article = "a" + word[0].lower() + "-"
        return article + word


def arabic(code: str) -> str:
    """Write a phonemic code in Arabic letters."""
    if code.startswith("al+"):
        return "ال" + arabic(code[3:])
    if code.startswith("abu+"):
        return "أبو " + arabic(code[4:])
    if code.startswith("Eabd+"):
        rest = code[5:]
        return "عبد " + ("الله" if rest == "allAh" else "ال" + arabic(rest))
    if code.endswith("+dIn"):
        return arabic(code[:-4]) + " الدين"
    if "+" in code:
        return " ".join(arabic(part) for part in code.split("+") if part).replace("أل ", "ال")
    out = ""
    for at, sound in enumerate(code):
        if at and sound == code[at - 1]:
            continue
        letter = _ARABIC.get(sound, "")
        if sound == "'" and at == 0:
            letter = "آ" if code[1] == "A" else "إ" if code[1] == "i" else "أ"
        elif sound == "A" and at == 1 and code[0] == "'":
            letter = ""
        elif sound == "'" and at < len(code) - 1:
            letter = "ئ"
        elif at == 0 and sound in "aiu":
            letter = "أ"
        out += letter.replace("_", "")
    return out


def family_codes(rng: random.Random, many: int) -> list[str]:
    """Make family names from random roots, some in one root's several shapes."""
    out: list[str] = []
    while len(out) < many:
        root = rng.sample(ROOTS, 3)
        for shape in rng.sample(SHAPES, rng.choice([1, 1, 2, 3, 5])):
            code = shape.format(*root)
            kind = rng.random()
            out.append("al+" + code if kind < 0.6 else code)
        if rng.random() < 0.15:
            out.append(("abu+" if rng.random() < 0.5 else "") + rng.choice(MALE))
    rng.shuffle(out)
    return list(dict.fromkeys(out))[:many]


def place_codes(rng: random.Random, many: int) -> list[str]:
    """Make place names from random roots."""
    return [
        rng.choice(PLACE_LEADS)
        + ("al+" if rng.random() < 0.25 else "")
        + rng.choice(SHAPES).format(*rng.sample(ROOTS, 3))
        for _ in range(many)
    ]
