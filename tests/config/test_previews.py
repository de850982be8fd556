"""Previews: of everything that has one, in every mode, with nothing filled in as well."""

import pytest
from django.urls import reverse
from wagtail.models import Page, PreviewableMixin, get_page_models
from wagtail.snippets.models import get_snippet_models

from home.models import RegionHomePage
from tests.config.test_permissions import snippet
from therapies.models import Label

pytestmark = pytest.mark.django_db

SNIPPETS = [model for model in get_snippet_models() if issubclass(model, PreviewableMixin)]


@pytest.mark.parametrize("model", SNIPPETS)
def test_a_snippet_that_is_being_added_can_be_previewed(administrator, model):
    address = snippet(model, "preview_on_add")
    for mode in ["", *(name for name, _label in model().preview_modes)]:
        assert administrator.get(address, {"mode": mode} if mode else {}).status_code == 200
    assert administrator.post(address, {}).status_code == 200


@pytest.mark.parametrize("model", SNIPPETS)
def test_a_snippet_that_is_being_changed_can_be_previewed(administrator, model):
    address = snippet(model, "preview_on_edit", model.objects.first().pk)
    for mode in ["", *(name for name, _label in model().preview_modes)]:
        assert administrator.get(address, {"mode": mode} if mode else {}).status_code == 200
    assert administrator.post(address, {}).status_code == 200


@pytest.mark.parametrize("model", [model for model in get_page_models() if model is not Page])
def test_a_page_can_be_previewed(administrator, model):
    home = RegionHomePage.objects.first()
    named = [model._meta.app_label, model._meta.model_name]
    for parent in (home.pk, home.get_parent().pk):
        address = reverse("wagtailadmin_pages:preview_on_add", args=[*named, parent])
        assert administrator.get(address).status_code in (200, 403)
        assert administrator.post(address, {}).status_code in (200, 403)
    for page in Page.objects.type(model).specific()[:2]:
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
        for mode in ["", *(name for name, _label in page.preview_modes)]:
            assert administrator.get(address, {"mode": mode} if mode else {}).status_code == 200
        assert administrator.post(address, {}).status_code == 200


def test_nothing_filled_in_is_no_preview_of_a_label(administrator):
    assert "preview" in administrator.get(snippet(Label, "preview_on_add")).text.lower()
