"""Pictures in the sizes that pages show; none where they have been deleted or their file cannot be read."""

from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    ResponsiveImage,
    SourceImageIOError,
)

WIDTHS, SIZES = "width-{480,960,1440}|format-webp", "(min-width: 48rem) 42rem, 100vw"


def rendition_of(image: AbstractImage | None, spec: str) -> AbstractRendition | None:
    """Return `image` as `spec` has it, None where there is none."""
    try:
        return image.get_rendition(spec) if image else None
    except SourceImageIOError:
        return None


def responsive(image: AbstractImage | None) -> ResponsiveImage | None:
    """Return `image` in the widths of the text that it stands in, None where there is none."""
    if image is None:
        return None
    filters = [Filter(spec=spec) for spec in Filter.expand_spec(WIDTHS)]
    try:
        found = image.get_renditions(*filters).values()
    except SourceImageIOError:
        return None
    # A narrow picture is made no wider, and no width may be named twice.
    by_width = {one.width: one for one in reversed(found)}
    return ResponsiveImage(dict(sorted(by_width.items())), {"sizes": SIZES, "loading": "lazy"})
