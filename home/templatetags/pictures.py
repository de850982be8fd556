"""Template tags for the pictures that a region puts around its pages."""

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage, AbstractRendition

from home.pictures import rendition_of

register = Library()


@register.simple_tag
def picture_in(image: AbstractImage, spec: str, alt: str) -> SafeString | str:
    """Give `image` in the size of `spec`: `{% picture_in mark "max-440x88" alt="A" %}`.

    Where its file is gone, `alt` stands in its place.
    """
    rendition = rendition_of(image, spec)
    if rendition is None:
        return alt
    size = rendition.width, rendition.height
    return format_html('<img src="{}" width="{}" height="{}" alt="{}">', rendition.url, *size, alt)


@register.simple_tag
def social_picture(image: AbstractImage | None) -> AbstractRendition | None:
    """Give `image` as pages that are shared show it; None without one."""
    return rendition_of(image, "fill-1200x630|format-jpeg")
