"""The list of labels in the admin asks as much of the database for many as for few."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from therapies.models import Label, LabelText, Product

pytestmark = pytest.mark.django_db


def queries_for(browser) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(reverse("wagtailsnippets_therapies_label:list")).status_code == 200
    return len(queries)


@pytest.mark.parametrize("browser", ["administrator", "eu_legal", "eu_editor"])
def test_the_list_takes_no_query_for_each_row(request, browser, us):
    browser = request.getfixturevalue(browser)
    queries_for(browser)
    before = queries_for(browser)
    texts = list(LabelText.objects.filter(label=Label.objects.first())[:2])
    for number in range(20):
        product = Product(name=f"Product {number}", maker="Sirtex", live=True)
        product.save_base(raw=True)
        label = Label(product=product, region=us, status="approved", live=False)
        label.save_base(raw=True)
        for text in texts:
            LabelText(label=label, locale=text.locale, indication="<p>Words.</p>").save_base(raw=True)
    assert queries_for(browser) == before


def test_the_list_says_what_is_under_review_and_what_is_to_go_live(administrator, eu):
    label = Label.objects.filter(region=eu).first()
    revision = label.save_revision()
    list_of_labels = reverse("wagtailsnippets_therapies_label:list")
    assert "live + scheduled" not in administrator.get(list_of_labels).text.lower()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() + timedelta(days=1))
    assert "live + scheduled" in administrator.get(list_of_labels).text.lower()
    known = Label.objects.with_states().get(pk=label.pk)
    assert (known.approved_schedule, known.workflow_in_progress) == (True, False)
    assert Label.objects.get(pk=label.pk).approved_schedule
    label.get_workflow().start(label, None)
    known = Label.objects.with_states().get(pk=label.pk)
    assert known.workflow_in_progress is Label.objects.get(pk=label.pk).workflow_in_progress is True
