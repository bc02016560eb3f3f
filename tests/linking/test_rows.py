import pytest
from tests.invented_names import full_name, person
from tests.linking.invented_lists import entry

from tallystick.linking import Sheet, entries_of, odd_entries
from tallystick.text import read_name

HEADER = ["record_id", "name", "sex", "age", "date of death", "place"]


def row(n, **changes):
    held = {
        "id": f"r{n}",
        "name": full_name(n),
        "sex": "m",
        "age": "30",
        "died": "2024-03-01",
        "place": "Marzuqa",
    }
    return list((held | changes).values())


def codes(issues):
    return [issue.code for issue in issues]


def test_a_clean_list_has_no_issues():
    entries, issues = entries_of(Sheet("l.csv", [HEADER, row(1), row(2)]))

    assert [e.name for e in entries] == [full_name(1), full_name(2)]
    assert issues == []


def test_arabic_headers_are_known():
    header = ["الاسم الثلاثي", "الجنس", "العمر", "تاريخ الوفاة", "المحافظة", "اسم الأب"]
    cells = [full_name(2, "ar"), "ذكر", "٣٤", "٠١/٠٣/٢٠٢٤", "الزنابق", "خالد"]
    (one,), issues = entries_of(Sheet("l.xlsx", [header, cells]))

    assert (one.sex, one.age, one.died, one.region, one.father) == (
        "male",
        34,
        "2024-03-01",
        "الزنابق",
        "خالد",
    )
    assert codes(issues) == ["linking.date-order"]


def test_no_name_column_sets_the_list_aside():
    entries, issues = entries_of(Sheet("l.csv", [["colour", "shape"], ["red", "round"]]))

    assert entries == []
    assert codes(issues) == ["linking.no-name-column"]
    assert issues[0].weight == "fault"


def test_a_mapping_names_what_the_dictionary_does_not():
    entries, _ = entries_of(
        Sheet("l.csv", [["who it was"], [full_name(3)]]), {"name": "who it was"}
    )

    assert entries[0].name == full_name(3)


def test_a_second_header_row_is_skipped_and_told():
    entries, issues = entries_of(Sheet("l.csv", [HEADER, HEADER, row(1)]))

    assert len(entries) == 1
    assert codes(issues) == ["linking.second-header"]
    assert "row 2" in issues[0].where


def test_a_title_above_the_header_is_passed_over():
    entries, _ = entries_of(Sheet("l.csv", [["List of the dead"], [], HEADER, row(1)]))

    assert len(entries) == 1


def test_merged_cells_are_filled_and_told():
    rows = [HEADER, row(1), row(2, died=None)]
    entries, issues = entries_of(Sheet("l.xlsx", rows, merged=[(1, 4, 2, 4)]))

    assert [e.died for e in entries] == ["2024-03-01", "2024-03-01"]
    assert codes(issues) == ["linking.merged-cells"]


def test_an_unclear_cell_is_told_with_row_and_column_and_the_row_stays():
    entries, issues = entries_of(Sheet("l.csv", [HEADER, row(1, age="many"), row(2)]))

    assert len(entries) == 2
    assert entries[0].age is None
    assert codes(issues) == ["linking.age-unclear"]
    assert issues[0].where == "l.csv row 2 column age"


def test_invisible_characters_are_told():
    entries, issues = entries_of(Sheet("l.csv", [HEADER, row(1, name="\u202eSamer\u200b Barduq")]))

    assert len(entries) == 1
    assert codes(issues) == ["linking.invisible-characters"]


def test_repeated_ids_give_way_to_file_and_row():
    entries, issues = entries_of(Sheet("l.csv", [HEADER, row(1), row(1)]))

    assert [e.id for e in entries] == ["l.csv:2", "l.csv:3"]
    assert codes(issues) == ["linking.id-not-unique"]


def test_columns_left_out_are_named():
    _, issues = entries_of(Sheet("l.csv", [[*HEADER, "shoe size"], [*row(1), "43"]]))

    assert codes(issues) == ["linking.column-left-out"]
    assert "shoe size" in issues[0].says


def test_names_in_two_columns_are_put_together():
    entries, _ = entries_of(Sheet("l.csv", [["First name", "Surname"], ["Samer", "Barduq"]]))

    assert entries[0].name == "Samer Barduq"


def test_issues_never_hold_a_name():
    sheet = Sheet(
        "l.csv", [HEADER, row(1, sex="??x", age="x", died="x", name="\u202eSamer Barduq")]
    )
    _, issues = entries_of(sheet)

    assert all("Barduq" not in issue.says for issue in issues)


def test_a_number_of_two_people_is_told():
    issues = odd_entries([entry(2, "a", number="77"), entry(3, "b", number="77")])

    assert person(2).sex != person(3).sex
    assert codes(issues) == ["linking.number-shared"]


def test_rows_pasted_many_times_are_told_once():
    issues = odd_entries([entry(2, id=f"x{at}") for at in range(500)])

    assert codes(issues) == ["linking.rows-pasted"]
    assert "500 rows" in issues[0].says


def test_a_second_header_names_what_the_first_leaves_open():
    above = ["الاسم", "", "العمر", "", "", ""]
    below = ["", "sex", "", "date of death", "", "number"]
    cells = [full_name(1), "m", "30", "2024-03-01", "x", "7"]
    (one,), issues = entries_of(Sheet("l.csv", [above, ["name", *below[1:]], cells]))

    assert (one.name, one.sex, one.age, one.died) == (full_name(1), "male", 30, "2024-03-01")
    assert "linking.second-header" in codes(issues)


def test_a_header_in_two_languages_is_one_header():
    arabic = ["رقم السجل", "الاسم", "الجنس", "العمر", "تاريخ الوفاة", "المكان"]
    for rows in ([arabic, HEADER, row(1)], [HEADER, arabic, row(1)]):
        (one,), issues = entries_of(Sheet("l.csv", rows))

        assert (one.id, one.name) == ("r1", full_name(1))
        assert codes(issues) == ["linking.second-header"]


@pytest.mark.parametrize(
    ("cell", "died"),
    [
        ("2024-03-01", "2024-03-01"),
        ("25/03/2024", "2024-03-25"),
        ("٢٥/٠٣/٢٠٢٤", "2024-03-25"),
        ("۲۵/۰۳/۲۰۲۴", "2024-03-25"),
        ("25 آذار 2024", "2024-03-25"),
        ("2024-03", "2024-03"),
        ("٢٠٢٤", "2024"),
        ("2024-03-25T00:00:00", "2024-03-25"),
    ],
)
def test_dates_of_one_column_come_in_many_forms_and_digits(cell, died):
    rows = [HEADER, row(1, died="13.01.2024"), row(2, died=cell), row(3, died="March 2024")]
    entries, issues = entries_of(Sheet("l.csv", rows))

    assert ["2024-01-13", died, "2024-03"] == [e.died for e in entries]
    assert issues == []


@pytest.mark.parametrize("cell", ["01/03/24", "1445-08-20", "31/02/2024", "soon", "45352"])
def test_a_date_that_is_none_is_told_with_row_and_column(cell):
    entries, issues = entries_of(Sheet("l.csv", [HEADER, row(1, died=cell)]))

    assert "" == entries[0].died
    assert ("linking.died-unclear", "l.csv row 2 column date of death") in {
        (issue.code, issue.where) for issue in issues
    }


def test_dates_in_both_orders_are_told_where_they_stand():
    days = ["25/03/2024", "26/03/2024", "03/27/2024", "01/02/2024"]
    rows = [row(n, died=day) for n, day in enumerate(days)]
    entries, issues = entries_of(Sheet("l.csv", [HEADER, *rows]))

    assert ["2024-03-25", "2024-03-26", "2024-03-27", "2024-02-01"] == [e.died for e in entries]
    assert [("linking.date-order-mixed", "l.csv row 4 column date of death")] == [
        (issue.code, issue.where) for issue in issues
    ]


@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\u200f", "\u061c", "\ufeff", "\u2066"])
def test_invisible_marks_change_nobody(mark):
    name = full_name(1, "ar")
    marked = name[:3] + mark + name[3:]
    for named in (name, marked):
        (one,), issues = entries_of(Sheet("l.csv", [HEADER, row(1, name=named)]))

        assert read_name(one.name)[0].text("given") == read_name(name)[0].text("given")
    assert [("linking.invisible-characters", "l.csv row 2 column name")] == [
        (issue.code, issue.where) for issue in issues
    ]


def test_a_word_in_two_scripts_is_told():
    _, issues = entries_of(Sheet("l.csv", [HEADER, row(1, name="S\u0430mer Barduq"), row(2)]))

    assert [("linking.mixed-scripts", "l.csv row 2 column name")] == [
        (issue.code, issue.where) for issue in issues
    ]


def test_a_name_that_a_comma_parted_is_told():
    _, issues = entries_of(Sheet("l.csv", [HEADER, row(1), [*row(2), "more"]]))

    assert [("linking.row-too-long", "l.csv row 3 column 7")] == [
        (issue.code, issue.where) for issue in issues
    ]


def test_merged_cells_are_named_by_their_column():
    rows = [HEADER, row(1), row(2, place=None)]
    _, issues = entries_of(Sheet("l.xlsx", rows, merged=[(1, 5, 2, 5)]))

    assert "l.xlsx rows 2 to 3 column place" == issues[0].where


def test_a_mapped_header_that_is_not_there_is_told():
    _, issues = entries_of(Sheet("l.csv", [HEADER, row(1)]), {"father": "his father"})

    assert ["linking.mapped-header-missing"] == codes(issues)


def test_numbered_rows_that_were_pasted_are_alike():
    rows = [[str(n), full_name(1), "30"] for n in range(1, 501)]
    entries, issues = entries_of(Sheet("l.csv", [["م", "الاسم", "العمر"], *rows]))

    assert issues == []
    assert ["linking.rows-pasted"] == codes(odd_entries(entries))


def test_one_number_in_two_spellings_of_one_name_is_one_person():
    (ar, lat) = (entry(2, "a", number="77"), entry(2, "b", "lat", number="77"))

    assert [] == odd_entries([ar, lat])


def test_one_number_beside_two_given_names_is_told_with_its_rows():
    two = [entry(2, "a", number="77", where="a.csv row 2"),
           entry(6, "b", number="77", where="b.csv row 9", sex=person(2).sex)]  # fmt: skip
    (issue,) = odd_entries(two)

    assert "linking.number-shared" == issue.code
    assert "a.csv row 2 and b.csv row 9, official number" == issue.where
