"""The admin's own checker has our rules, and the schedule its time zone."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.userbar import AccessibilityItem, AdminItem
from wagtail.users.models import UserProfile

from region_gate.authoring.content_checks import ContentChecks, with_ours

pytestmark = pytest.mark.django_db


def test_ours_takes_the_place_of_wagtails():
    other = AdminItem()
    first, second = with_ours([other, AccessibilityItem(in_editor=True)])
    assert first is other
    assert isinstance(second, ContentChecks)
    assert second.in_editor


def test_each_rule_of_ours_has_words(rf):
    checks = ContentChecks().get_axe_configuration(rf.get("/"))
    assert {*checks["options"]["runOnly"]} == {*checks["messages"]}


def test_the_editor_and_the_page_run_it(eu_editor, english):
    for address in (reverse("wagtailadmin_pages:edit", args=[english.pk]), english.url):
        assert "identical-links-same-purpose" in eu_editor.get(address).text


def test_the_schedule_names_the_time_zone_of_whoever_reads_it(eu_editor, english):
    profile = UserProfile.get_for_user(get_user_model().objects.get(username="eu-editor"))
    profile.current_time_zone = "Europe/Berlin"
    profile.save()
    english.go_live_at = timezone.now() + timedelta(days=3)
    english.save_revision()
    assert "(Europe/Berlin)" in eu_editor.get(reverse("wagtailadmin_pages:edit", args=[english.pk])).text
