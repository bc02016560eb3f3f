"""What Arabic texts say: the verb first, two by an ending, particles written onto the word."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.reading import Reading, read_text
from tallystick.records import Claim

DAY = date(2025, 3, 12)  # a Wednesday


def read(text: str) -> Reading:
    return read_text(text, source="s-1", published=DAY, lang="ar")


def only(text: str) -> Claim:
    (claim,) = read(text).claims
    return claim


@given(st.integers(min_value=3, max_value=999_999))
def test_a_number_changed_in_the_text_changes_exactly_that_claim(number: int) -> None:
    """“N killed, 7 hurt”: N is read as N, the rest stays as it was."""
    killed, hurt = read(f"قُتل {number} شخصاً وأصيب 7 آخرون في مدينة الورد.").claims

    assert ("killed", number, number) == (killed.kind, killed.lo, killed.hi)
    assert ("injured", 7, 7) == (hurt.kind, hurt.lo, hurt.hi)


@given(st.text(alphabet="قتل وأصيب 12٣ منهم،.: بال\n", max_size=60))
def test_no_text_is_too_strange_and_every_quote_is_verbatim(text: str) -> None:
    """Whatever stands there is read or left; a claim's words are the text's own."""
    for claim in read(text).claims:
        assert text[claim.span[0] : claim.span[1]] == claim.quote


@given(st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]), st.integers(3, 99_999))
def test_all_three_kinds_of_digits_say_the_same(digits: str, number: int) -> None:
    written = str(number).translate(str.maketrans("0123456789", digits))

    assert number == only(f"مقتل {written} شخصاً.").lo


@pytest.mark.parametrize(
    ("text", "lo", "hi", "hedge"),
    [
        ("قُتل ما لا يقل عن 18 شخصاً.", 18, None, "at_least"),
        ("قُتل 18 شخصاً على الأقل.", 18, None, "at_least"),
        ("قُتل أكثر من ألف شخص.", 1000, None, "more_than"),
        ("قُتل ما يصل إلى 80 شخصاً.", 0, 80, "at_most"),
        ("قُتل نحو ثلاثة وعشرين جندياً.", 23, 23, "approx"),
        ("أصيب ما بين 20 و35 شخصاً.", 20, 35, "range"),
        ("قُتل عشرات المدنيين.", 20, None, "vague"),
        ("أصيب المئات.", 200, None, "vague"),
        ("قُتل مئة وأربعة عشر شخصاً.", 114, 114, "exact"),
        ("قُتل خمسة آلاف و200 شخص.", 5200, 5200, "exact"),
        ("نزح 1.1 مليون شخص.", 1_100_000, 1_100_000, "exact"),
        ("خُطف أحد عشر تاجراً.", 11, 11, "exact"),
        ("قُتل طفلان.", 2, 2, "exact"),
        ("قُتل مدنيان اثنان.", 2, 2, "exact"),
        ("لم يُقتل أحد.", 0, 0, "exact"),
    ],
)
def test_numbers_keep_their_hedges(text: str, lo: int, hi: int | None, hedge: str) -> None:
    claim = only(text)

    assert (lo, hi, hedge) == (claim.lo, claim.hi, claim.hedge)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("استشهد تسعة مدنيين.", "killed"),
        ("ارتقى 16 شهيداً.", "killed"),
        ("لقي خمسة أشخاص مصرعهم.", "killed"),
        ("أودى الانفجار بحياة 17 شخصاً.", "killed"),
        ("عُثر على جثث خمسة شبان.", "killed"),
        ("إصابة ضابطين.", "injured"),
        ("34 جريحاً في الانفجار.", "injured"),
        ("اعتقلت الشرطة 27 متظاهراً.", "detained"),
        ("أُلقي القبض على ثمانية أشخاص.", "detained"),
        ("تعرض ستة أشخاص للاختطاف.", "abducted"),
        ("اختفى أربعة صيادين.", "missing"),
        ("لا يزال 40 شخصاً في عداد المفقودين.", "missing"),
        ("نزحت 900 أسرة.", "displaced"),
        ("أجبر القتال 4300 شخص على الفرار.", "displaced"),
    ],
)
def test_each_harm_is_told_in_many_frames(text: str, kind: str) -> None:
    assert kind == only(text).kind


@pytest.mark.parametrize(
    "text",
    [
        "يبلغ عدد سكان القرية 3400 نسمة.",
        "تبعد البلدة 12 كيلومتراً عن الجسر.",
        "دمر القصف 30 منزلاً.",
        "عاد 900 نازح إلى قراهم.",
        "أفرجت السلطات عن 15 معتقلاً.",
        "هددت الجماعة بقتل 20 رهينة.",
        "لم تؤكد السلطات مقتل 50 شخصاً.",
        "احتفل 5000 شخص في الساحة.",
    ],
)
def test_what_harmed_nobody_is_no_claim(text: str) -> None:
    assert () == read(text).claims


def test_who_did_it_stands_between_verb_and_victims_and_is_not_counted() -> None:
    claim = only("قتل مسلحون مجهولون ثلاثة مزارعين.")

    assert (3, 3) == (claim.lo, claim.hi)
    assert "مسلحون مجهولون" == claim.actor


def test_a_denied_figure_is_kept_as_denied() -> None:
    claim = only("نفت الوزارة مقتل 25 مدنياً.")

    assert ("denied", "الوزارة") == (claim.polarity, claim.attributed_to)


def test_what_may_be_two_or_several_is_never_read_as_two() -> None:
    """Without vowel signs “مدنيين” is the dual and the plural."""
    claim = only("مقتل مدنيين في القصف.")

    assert (2, None, "vague") == (claim.lo, claim.hi, claim.hedge)


def test_parts_are_not_added_to_their_whole() -> None:
    reading = read("قُتل 40 شخصاً بينهم ست نساء وأربعة أطفال.")

    assert [40, 40] == reading.totals["killed"]
    assert ["new", "subset", "subset"] == [claim.role for claim in reading.claims]


def test_a_rising_toll_replaces_its_first_figure() -> None:
    before, after = read("ارتفعت حصيلة القتلى من 31 إلى 38 قتيلاً.").claims

    assert ("previous", 31) == (before.role, before.lo)
    assert ("cumulative", 38) == (after.role, after.lo)


def test_a_figure_spread_over_places_is_their_whole() -> None:
    whole, *parts = read("قُتل 30 مدنياً: 20 في اللاذقية، و10 في طرطوس.").claims

    assert [("SY-LA",), ("SY-TA",)] == [part.where for part in parts]
    assert {whole.id} == {part.part_of for part in parts}


@pytest.mark.parametrize(
    ("text", "teller", "via"),
    [
        ("قال متحدث باسم الشرطة إن رجلين قُتلا.", "متحدث باسم الشرطة", ""),
        ("قُتل رجلان، بحسب لجنة الطوارئ.", "لجنة الطوارئ", ""),
        ("قُتل رجلان، وفق ما أعلنته غرفة الطوارئ.", "غرفة الطوارئ", ""),
        ("غرفة الطوارئ: مقتل رجلين.", "غرفة الطوارئ", ""),
        ("نقلت وكالة السهل عن مصدر طبي أن رجلين قُتلا.", "مصدر طبي", "وكالة السهل"),
    ],
)
def test_who_counted_and_who_relays_are_told_apart(text: str, teller: str, via: str) -> None:
    claim = only(text)

    assert (teller, via) == (claim.attributed_to, claim.via)


@pytest.mark.parametrize(
    ("when", "iso"),
    [
        ("أمس", "2025-03-11"),
        ("أول أمس", "2025-03-10"),
        ("فجر اليوم", "2025-03-12"),
        ("يوم الاثنين", "2025-03-10"),
        ("قبل ثلاثة أيام", "2025-03-09"),
        ("يوم 6 آذار", "2025-03-06"),
        ("في السادس من مارس/آذار 2025", "2025-03-06"),
        ("منذ الأحد", "2025-03-09/2025-03-12"),
        ("بين 6 و10 آذار", "2025-03-06/2025-03-10"),
        ("الأسبوع الماضي", "2025-03-03/2025-03-09"),
        ("الشهر الماضي", "2025-02"),
        ("في كانون الثاني 2024", "2024-01"),
        ("عام 2023", "2023"),
        # The tabular Hijri calendar may be a day off: 10 March 2025, give or take one.
        ("في 10 رمضان 1446", "2025-03-09/2025-03-11"),
    ],
)
def test_dates_are_read_as_exactly_as_they_are_said(when: str, iso: str) -> None:
    assert iso == only(f"قُتل سبعة أشخاص {when}.").date


def test_the_day_of_saying_is_not_the_day_of_death() -> None:
    assert "" == only("قالت اللجنة يوم الاثنين إن سبعة أشخاص قُتلوا.").date


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("قُتل سبعة أشخاص في مدينة حلب.", "حلب"),
        ("قُتل سبعة أشخاص بحلب.", "حلب"),
        ("قُتل سبعة أشخاص في قصف على قرية تل الورد.", "تل الورد"),
        ("قُتل سبعة أشخاص في بلدة النخيل بريف حماة.", "النخيل, ريف حماة"),
        ("قُتل سبعة أشخاص في اللاذقية وطرطوس.", "اللاذقية, طرطوس"),
        ("قُتل سبعة أشخاص في بانياس.", "بانياس"),
    ],
)
def test_places_are_found_behind_their_particles(text: str, place: str) -> None:
    assert place == only(text).place


def test_those_who_flee_have_a_place_left_and_a_destination() -> None:
    claim = only("نزحت 350 عائلة من بلدة الزهور إلى لبنان.")

    assert ("families", "الزهور", ("LB",)) == (claim.unit, claim.place, claim.to)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("قُتل ثلاثة من رجال الشرطة.", "security_forces"),
        ("قُتل 16 عنصراً من قوات الأمن.", "security_forces"),
        ("قُتل تسعة مسلحين.", "fighters"),
        ("قُتل صحفيان.", "journalists"),
        ("قُتل 18 شخصاً مدنياً.", "civilians"),
        ("قُتل سبعة أفراد من عائلة واحدة.", "family"),
        ("قُتل خمسة علويين.", "community:Alawite"),
    ],
)
def test_the_head_and_what_follows_it_say_who_they_were(text: str, category: str) -> None:
    assert category == only(text).category


@pytest.mark.parametrize(
    ("text", "kind", "speaker", "against"),
    [
        ("اتهمت اللجنة قوات الأمن بتنفيذ إعدامات.", "accusation", "اللجنة", "قوات الأمن"),
        ("تعهدت الرئاسة بفتح تحقيق في الأحداث.", "commitment", "الرئاسة", ""),
        ("طالبت اللجنة بتحقيق دولي.", "appeal", "اللجنة", ""),
    ],
)
def test_sayings_without_a_count_are_statements(
    text: str, kind: str, speaker: str, against: str
) -> None:
    (statement,) = read(text).statements

    assert (kind, speaker, against) == (
        statement.kind,
        statement.speaker_words,
        statement.against_words,
    )


def test_text_put_behind_moves_no_claim() -> None:
    text = "قُتل سبعة أشخاص في حلب."
    (alone,) = read(text).claims
    first, *_ = read(text + "\n\nيبلغ عدد سكان القرية 3400 نسمة.").claims

    assert alone.span == first.span


def test_digits_of_two_scripts_in_one_number_are_an_issue_and_no_claim() -> None:
    reading = read("أصيب 1٢ شخصاً.")

    assert () == reading.claims
    assert {"reading.number-doubtful"} == {issue.code for issue in reading.issues}
