import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.invented_names import full_name, person

from tallystick.text import read_name


@given(st.text(max_size=60))
def test_every_text_has_readings_whose_weights_add_up(text):
    readings = read_name(text)

    assert abs(sum(reading.weight for reading in readings) - 1.0) < 1e-9
    assert readings[0].weight == max(reading.weight for reading in readings)


@given(st.integers(0, 5000), st.sampled_from(["ar", "lat"]))
def test_each_part_points_at_its_words(n, script):
    raw = full_name(n, script)
    for reading in read_name(raw):
        starts = [part.start for part in reading.parts]

        assert starts == sorted(starts)
        assert all(raw[part.start : part.end].strip() for part in reading.parts)


@given(st.integers(0, 5000), st.sampled_from(["ar", "lat"]))
def test_three_names_are_given_father_family_in_that_order(n, script):
    roles = [part.role for part in read_name(full_name(n, script))[0].parts]

    assert roles == ["given", "father", "family"]


def test_family_first_with_a_comma():
    reading = read_name("al-Zarnub, Samer Khaled")[0]

    assert [p.role for p in reading.parts] == ["family", "given", "father"]


def test_a_kunya_is_no_given_name():
    reading = read_name("أبو خالد الزرنوب")[0]

    assert (reading.text("kunya"), reading.text("given"), reading.text("family")) == (
        "خالد",
        "",
        "زرنوب",
    )


def test_abu_in_the_last_place_is_a_family():
    assert read_name("سامر أبو شبطون")[0].text("family") == "شبطون"


@pytest.mark.parametrize(
    ("raw", "kin"),
    [
        ("زوجة سامر الزرنوب", "wife"),
        ("ابن سامر الزرنوب", "son"),
        ("daughter of Samer al-Zarnub", "daughter"),
    ],
)
def test_kin_are_named_by_whom_they_belong_to(raw, kin):
    assert read_name(raw)[0].kin == kin


def test_a_connector_marks_the_father():
    assert read_name("سامر بن خالد الزرنوب")[0].text("father") == "خالد"


@pytest.mark.parametrize(
    "raw", ["", "  ", "مجهول الهوية", "Unknown", "طفل مجهول", "\u200f", "N/A", "-"]
)
def test_nobody_is_nobody(raw):
    assert read_name(raw)[0].unnamed


def test_two_words_may_be_given_and_father():
    weights = {tuple(p.role for p in r.parts): r.weight for r in read_name("Samer Khaled")}

    assert weights[("given", "family")] > weights[("given", "father")] > 0


def test_titles_are_kept_apart():
    reading = read_name(f"الشهيد {person(4).name('ar')}")[0]

    assert reading.parts[0].role == "laqab"
    assert reading.text("given") == read_name(person(4).name("ar"))[0].text("given")
