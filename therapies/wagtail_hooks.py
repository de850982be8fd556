"""Where therapies meets Wagtail."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from . import rich_text, uses
from .models import Reference
from .refusals import RefusedError
from .viewsets import TherapiesViewSetGroup

register_snippet(TherapiesViewSetGroup)


@hooks.register("register_rich_text_features")
def citations_in_rich_text(features: FeatureRegistry) -> None:
    """Let rich text cite references."""
    rich_text.register(features)


@hooks.register("before_delete_snippet")
def say_where_it_is_cited(request: HttpRequest, instances: Iterable[Any]) -> HttpResponse | None:
    """Lead whoever would delete a cited reference to where it is used, before asking if they are sure."""
    for reference in instances:
        if isinstance(reference, Reference):
            try:
                uses.check_uncited(reference)
            except RefusedError as refusal:
                messages.error(request, refusal.messages[0])
                return redirect(Reference.snippet_viewset.get_url_name("usage"), reference.pk)
    return None
