"""Have an editor send the European page to legal; print its address, the review's, the demo's password."""

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - once the apps are there
from django.urls import reverse  # noqa: E402

from demo.people import password  # noqa: E402
from home.models import RegionHomePage  # noqa: E402

page = RegionHomePage.objects.get(region__code="eu", locale__language_code="en")
editor = get_user_model().objects.get(username="eu-editor")
page.title = "Approved in the cluster"
page.save_revision(user=editor)
step = page.get_workflow().start(page, editor).current_task_state
print(page.get_url(), reverse("review", args=[step.pk]), password())
