from tests.invented_names import full_name, person
from tests.linking.invented_lists import entry

from tallystick.linking import Sheet, entries_of, odd_entries

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
