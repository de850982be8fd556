"""Broken picture files, shown as missing like those that do not exist."""

import logging
from collections.abc import Callable
from copy import copy
from functools import partial, wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, Filter, SourceImageIOError
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.images.views import chooser, images

logger = logging.getLogger(__name__)


def show_broken_as_missing() -> None:
    """Treat every error of a decoder as an unreadable picture, which is shown as missing.

    Where a picture is chosen, no alternative text is proposed.

    Wagtail takes only one that cannot be opened for that; a page with any other would be a 500. Every
    rendition is made by `Filter.run`, and every choice answered with what the mixin of the choosers
    returns; for neither has Wagtail a setting.
    """
    Filter.run = _telling_of_broken(Filter.run)
    answers = chooser.ImageChosenResponseMixin
    answers.get_chosen_response_data = _without_words(answers.get_chosen_response_data)


def preview(request: HttpRequest, image_id: int, filter_spec: str) -> HttpResponseBase:
    """Answer with the picture as `filter_spec` has it; raise Http404 where its file cannot be read."""
    try:
        return images.preview(request, image_id, filter_spec)
    except SourceImageIOError as error:
        raise Http404 from error


def _telling_of_broken(run: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(run)
    def safely(self: Filter, image: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return run(self, image, *args, **kwargs)
        except (InvalidFilterSpecError, SourceImageIOError):
            raise
        except Exception as error:  # decoders raise whatever they stumble over
            logger.warning("The file of picture %s cannot be read", image.pk, exc_info=True)
            raise SourceImageIOError(str(error)) from error

    return safely


def _without_words(answer: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(answer)
    def safely(self: Any, image: AbstractImage, *args: Any, **kwargs: Any) -> Any:
        image.get_rendition = partial(get_rendition_or_not_found, copy(image))
        # A title is mostly a file's name: what the picture shows on a page, its editor says there.
        return {**answer(self, image, *args, **kwargs), "default_alt_text": ""}

    return safely
