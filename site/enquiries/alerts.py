"""Enquiries that nobody has answered, and countries without a way to report, among what needs attention."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from home.countries.directory import all_countries
from home.models import RegionHomePage
from home.models.frame import FRAME_TAB
from home.reporting import countries_without_contact
from region_gate import clock
from therapies.reports.alerts import Alert, Watch

from .models import EnquirySubject
from .permissions import seen_by

ANSWER_WITHIN = timedelta(days=3)
REPORT_WITHIN = timedelta(days=1)  # of a side effect, the day on which it is handed on


def waiting_enquiries(watch: Watch) -> Iterator[Alert]:
    """Give the enquiries that wait for an answer, those of side effects as urgent, to those who read them."""
    for enquiry in seen_by(watch.user).unanswered().select_related("region").order_by("received_at"):
        is_urgent = enquiry.subject == EnquirySubject.SIDE_EFFECT
        why = _("It waits for an answer. About: {subject}").format(subject=enquiry.get_subject_display())
        due = clock.day_of(enquiry.received_at) + (REPORT_WITHIN if is_urgent else ANSWER_WITHIN)
        address = enquiry.get_absolute_url()
        yield Alert(enquiry.region.code, str(enquiry), why, address, due, is_urgent)


def countries_without_reporting(watch: Watch) -> Iterator[Alert]:
    """Give the live home pages that name nobody who takes reports of side effects in a country of theirs."""
    homes = RegionHomePage.objects.live().in_order().filter(region__in=watch.regions)
    for home in homes:
        if missing := countries_without_contact(home):
            names = all_countries(get_language() or settings.LANGUAGE_CODE)
            listed = ", ".join(names[code].name for code in missing if code in names)
            why = _("It names nobody who takes reports of side effects in: {countries}").format(
                countries=listed
            )
            address = f"{watch.reach.page_address(home.pk, home.region_id)}#{FRAME_TAB}"
            yield Alert(home.region.code, f"{home.title} ({home.locale})", why, address)
