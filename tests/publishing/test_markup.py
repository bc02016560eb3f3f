from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publishing.pages import parsed

from tallystick.publishing.markup import Html, UnsafeMarkup, joined, outside_link, safe, tag

PRINTABLE = st.text(st.characters(min_codepoint=32, blacklist_categories=("Cs", "Cc")))
WORDS = PRINTABLE.map(lambda words: words.translate({0x202D: None, 0x202E: None}))


@given(WORDS)
def test_words_come_back_as_they_were_and_never_become_markup(words):
    page = parsed(tag("p", words))

    assert words == page.text()
    assert ["p"] == [element.name for element in page.all()]


@given(WORDS)
def test_an_attribute_holds_any_words(words):
    page = parsed(tag("p", "x", title=words))

    assert words == next(page.all("p")).attributes["title"]


@given(WORDS, WORDS)
def test_an_f_string_of_markup_is_words_again(one, other):
    page = parsed(tag("p", f"{tag('b', one)}{other}"))

    assert [] == list(page.all("b"))


def test_control_characters_and_overrides_are_shown_as_replaced():
    assert "a\ufffdb\ufffdc" == safe("a\x00b\u202ec")


def test_what_is_markup_already_stays():
    assert "<b>1</b>" == safe(Html("<b>1</b>"))
    assert "" == safe(None)
    assert "a, <b>b</b>" == joined(["a", "", None, tag("b", "b")], ", ")


@pytest.mark.parametrize(
    "attributes",
    [
        {"onclick": "x()"},
        {"style": "color: red"},
        {"srcset": "x"},
        {"href": "javascript:alert(1)"},
        {"href": "//elsewhere.example/x"},
        {"href": "data:text/html,x"},
        {"src": "file:///etc/passwd"},
        {"href": 'https://x.example/"><script>'},
        {"href": "../../outside.html"},
    ],
)
def test_an_attribute_that_could_run_or_load_something_is_refused(attributes):
    with pytest.raises(UnsafeMarkup):
        tag("a", "x", **attributes)


@pytest.mark.parametrize(
    "href",
    [
        "#c-1",
        "index.html",
        "../figures/f-1.html#single",
        "sources/s-1.html#c-2",
        "https://x.example/a",
    ],
)
def test_a_link_leads_into_the_report_or_to_http(href):
    assert f'href="{href}"' in tag("a", "x", href=href)


def test_only_http_addresses_of_sources_become_links():
    assert "<a " in outside_link("https://outlet.example/story?a=1&b=2")
    assert "<a " not in outside_link("javascript:alert(1)")
    assert "<a " not in outside_link("file:///home/somebody/story.txt")


def test_shapes_close_themselves_and_flags_have_no_value():
    assert '<rect width="1"/>' == tag("rect", width=1)
    assert "<details open>x</details>" == tag("details", "x", open=True, hidden=False)
