"""Blocks to look at: pictures and videos."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    RichTextBlock,
    StructBlockValidationError,
    StructValue,
    URLBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from home.pictures import rendition_of, responsive

from .features import TEXT_FEATURES
from .previewed import HeadedValue, PreviewedStructBlock, paragraph

POSTER = "width-960|format-webp"
VIDEO_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}


def languages() -> list[tuple[str, Any]]:
    """Return the languages that a file may be in: those of the site."""
    return [*settings.LANGUAGES]


class FigureBlock(PreviewedStructBlock):
    """A picture that informs, with its caption."""

    image = ImageBlock(label=_("Image"), required=True)
    caption = CharBlock(label=_("Caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Figure")
        template = "home/blocks/figure_block.html"
        preview_template = "home/blocks/figure_preview.html"
        description = _("A picture that informs, with a caption.")
        rules = [
            _("The alternative text says what the picture shows, to whoever cannot see it."),
            _("No picture for decoration alone."),
        ]
        preview_value = {"caption": _("The liver and its vessels")}

    def get_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        """Add the picture; where it is gone, visitors read no caption of nothing."""
        return {**super().get_context(value, parent_context), "picture": responsive(value.get("image"))}


DRAWINGS = [
    ("liver-vessels", _("The liver and its vessels")),
    ("catheter-way", _("The catheter’s way")),
    ("microspheres", _("The microspheres in a tumour’s vessels")),
]


class DrawingValue(HeadedValue):
    """One of our own drawings."""

    @property
    def file(self) -> str:
        """Return the static file that it is served from."""
        return f"img/drawings/{self['drawing']}.svg"


class DrawingBlock(PreviewedStructBlock):
    """One of the site's own drawings; where there is room, beside the passage before it."""

    drawing = ChoiceBlock(label=_("Drawing"), choices=DRAWINGS)
    alt_text = CharBlock(
        label=_("Alternative text"),
        max_length=300,
        help_text=_("What the drawing shows, to whoever cannot see it."),
    )
    caption = CharBlock(label=_("Caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Drawing")
        template = "home/blocks/drawing_block.html"
        value_class = DrawingValue
        description = _("One of the site’s own drawings, beside the passage that it explains.")
        rules = [
            _("Put it right after the passage: on wide screens it stands beside that."),
            _("The alternative text says what the drawing shows; the caption says what to see in it."),
        ]
        preview_value = {
            "drawing": "liver-vessels",
            "alt_text": _("The liver, with vessels that branch in it."),
            "caption": _("The liver and its vessels"),
        }


class VideoValue(StructValue):
    """A video of ours, or one from elsewhere."""

    @property
    def address(self) -> str:
        """Return where the video is; blank where there is none."""
        file = self.get("file")
        return file.url if file else self.get("url") or ""

    @property
    def media_type(self) -> str:
        """Return the media type of our own file, by its name."""
        return VIDEO_TYPES.get(_extension(self.get("file")), "")

    @property
    def poster(self) -> str:
        """Return the address of the picture that stands there until the video plays; blank without one."""
        rendition = rendition_of(self.get("picture"), POSTER)
        return rendition.url if rendition else ""


class VideoBlock(PreviewedStructBlock):
    """A video with captions and a transcript: a file of ours, or one from elsewhere behind the gate."""

    title = CharBlock(label=_("Title"), max_length=150)
    file = DocumentChooserBlock(label=_("Video file"), required=False, help_text=_("MP4 or WebM."))
    url = URLBlock(
        label=_("Address elsewhere"),
        required=False,
        help_text=_("Instead of a file. Visitors see who has the video, and a link that meets the notice."),
    )
    picture = ImageChooserBlock(
        label=_("Still picture"), required=False, help_text=_("Shown until the video plays.")
    )
    captions = DocumentChooserBlock(label=_("Captions"), required=False, help_text=_("A WebVTT file (.vtt)."))
    language = ChoiceBlock(
        label=_("Language of the captions"),
        choices=languages,
        required=False,
        help_text=_("Where it is not the page’s."),
    )
    transcript = RichTextBlock(
        label=_("Transcript"),
        features=TEXT_FEATURES,
        help_text=_("What is said and shown. Stands below the video, to be opened."),
    )

    class Meta:
        icon = "media"
        label = _("Video")
        template = "home/blocks/video_block.html"
        preview_template = "home/blocks/video_preview.html"
        value_class = VideoValue
        description = _("A video with captions and a transcript. It plays only when a visitor starts it.")
        rules = [
            _("Upload the video as a document of your region: MP4 or WebM, with its captions as WebVTT."),
            _("The transcript says all that the video says; it is reviewed like any other text."),
            _("A video from elsewhere is not shown on the page: visitors meet the notice first."),
        ]
        preview_value = {
            "title": _("A walk through the clinic"),
            "transcript": paragraph(_("Welcome. This is where you arrive.")),
        }

    def clean(self, value: StructValue) -> StructValue:
        """Refuse what could not be played, or not be understood without sound."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (errors := _errors(cleaned)):
            raise StructBlockValidationError(
                block_errors={name: ValidationError(error) for name, error in errors.items()}
            )
        return cleaned


def _errors(video: StructValue) -> dict[str, str]:
    file, captions = video["file"], video["captions"]
    if bool(file) == bool(video["url"]):
        return {"file": gettext("Choose a file or give an address, not both.")}
    if file and _extension(file) not in VIDEO_TYPES:
        return {"file": gettext("Choose an MP4 or WebM file.")}
    if file and not captions:
        return {"captions": gettext("Add captions, for whoever cannot hear the video.")}
    if captions and _extension(captions) != "vtt":
        return {"captions": gettext("Choose a WebVTT file (.vtt).")}
    return {}


def _extension(document: Any) -> str:
    return document.file_extension.lower() if document else ""
