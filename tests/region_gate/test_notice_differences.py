"""Where a copy of a notice differs from the original."""

import pytest

from region_gate.links.destinations import DestinationKind
from region_gate.notices.notice_differences import compare_notices
from region_gate.notices.texts import NoticeText, shipped

SHIPPED = shipped(DestinationKind.THIRD_PARTY)


def test_a_copy_that_is_the_same_has_no_differences():
    assert not compare_notices(SHIPPED, SHIPPED)


@pytest.mark.parametrize("part", ["heading", "body", "continue_label"])
def test_each_part_of_a_notice_is_compared_on_its_own(part):
    texts = {"heading": SHIPPED.heading, "body": SHIPPED.paragraphs, "continue_label": "Continue"}
    texts[part] = ("Other",) if part == "body" else "Other"
    copy = NoticeText(SHIPPED.kind, "en", texts["heading"], texts["body"], texts["continue_label"])
    found = compare_notices(SHIPPED, copy)
    assert [name for name in ("heading", "body", "continue_label") if getattr(found, name)] == [part]
