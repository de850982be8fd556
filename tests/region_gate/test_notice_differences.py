"""Differences between texts, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from region_gate.links.destinations import DestinationKind
from region_gate.notices.notice_differences import Mark, compare, compare_notices
from region_gate.notices.texts import NoticeText, shipped

SHIPPED = shipped(DestinationKind.THIRD_PARTY)
SIGNS = {Mark.KEPT: "{}", Mark.REMOVED: "[-{}-]", Mark.ADDED: "[+{}+]"}


def marked(before: str, after: str) -> str:
    return "".join(SIGNS[phrase.mark].format(phrase.text) for phrase in compare(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("You leave.", "You leave.", ""),
        ("", "", ""),
        ("", "New", "[+New+]"),
        ("Old", "", "[-Old-]"),
        ("You leave us.", "You left us.", "You [-leave-][+left+] us."),
        ("your region.", "your region", "your region[-.-]"),
        ("a b c d", "a x y d", "a [-b c-][+x y+] d"),
        ("not be appropriate", "be appropriate", "[-not -]be appropriate"),
        ("One.\n\nTwo.", "One. Two.", "One.[-\n\n-][+ +]Two."),
        ("region", "Region", "[-region-][+Region+]"),
        ("'Continue'", "’Continue’", "[-'-][+’+]Continue[-'-][+’+]"),
        ("Märkte", "Markte", "[-Märkte-][+Markte+]"),
    ],
)
def test_what_was_removed_and_added_is_marked(before, after, expected):
    assert marked(before, after) == expected


@given(st.text(alphabet="ab .\n'é"), st.text(alphabet="ab .\n'é"))
def test_both_texts_can_be_read_from_the_differences(before, after):
    phrases = compare(before, after) if before != after else compare("", after)
    read = {
        mark: "".join(phrase.text for phrase in phrases if phrase.mark is not mark)
        for mark in (Mark.REMOVED, Mark.ADDED)
    }
    assert read[Mark.REMOVED] == after
    assert read[Mark.ADDED] == (before if before != after else "")


def test_a_copy_that_is_the_same_has_no_differences():
    assert not compare_notices(SHIPPED, SHIPPED)


@pytest.mark.parametrize("part", ["heading", "body", "continue_label"])
def test_each_part_of_a_notice_is_compared_on_its_own(part):
    texts = {"heading": SHIPPED.heading, "body": SHIPPED.paragraphs, "continue_label": "Continue"}
    texts[part] = ("Other",) if part == "body" else "Other"
    copy = NoticeText(SHIPPED.kind, "en", texts["heading"], texts["body"], texts["continue_label"])
    found = compare_notices(SHIPPED, copy)
    assert [name for name in ("heading", "body", "continue_label") if getattr(found, name)] == [part]
