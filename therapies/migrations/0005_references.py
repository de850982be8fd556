"""Citations move into the texts, where editors write them, and number themselves.

Until now a page listed its references, and its texts led to them by hand: #reference-1.
"""

import json
import re
from html import escape

import django.core.validators
import wagtail.fields
from django.db import migrations, models
from wagtail.blocks import StreamValue

PAGES = ("TherapyPage", "ProductPage", "EvidencePage")
BY_HAND = re.compile(r'<a\b[^>]*\bhref="#reference-([0-9]{1,4})"[^>]*>.*?</a>', re.DOTALL)
CITATION = r'<a id="[0-9]+" linktype="reference">[^<]*</a>'
RAISED = re.compile(rf"<sup>((?:{CITATION}|[\s,;])+)</sup>")
END = re.compile(r"(</(?:p|li|h[2-6])>(?:\s*</[ou]l>)?\s*)\Z")
INITIALS = re.compile(r"\s(?:[A-ZÀ-Þ]{1,4}|et)(?=[\s,.;:]|\Z)")
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


def citation(reference):
    """Return the citation of `reference`, a pair of key and printed text."""
    key, text = reference
    text = escape(text, quote=False)
    initials, year = INITIALS.search(text), YEAR.search(text)
    author = text[: initials.start()] if initials and initials.start() <= 40 else text[:40]
    name = f"{author} {year[0]}" if initials and year else author
    return f'<a id="{key}" linktype="reference">{name}</a>'


class Conversion:
    """The texts of one page on their way from `listed`, its references in their order."""

    def __init__(self, listed):
        self.listed = listed
        self.cited = set()

    def text(self, html):
        """Return `html` with each link to a place in the list made a citation of what stands there."""

        def cite(link):
            place = int(link[1]) - 1
            if not 0 <= place < len(self.listed):
                return link[0]
            self.cited.add(self.listed[place])
            return citation(self.listed[place])

        return RAISED.sub(r"\1", BY_HAND.sub(cite, html))

    def value(self, value):
        """Return a block's value with all its texts converted."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(part) for part in value]
        if isinstance(value, dict):
            return {name: self.value(part) for name, part in value.items()}
        return value

    def left(self):
        """Return the citations of what was listed and never linked."""
        return "".join(citation(it) for it in dict.fromkeys(self.listed) if it not in self.cited)


def convert(intro, body, listed):
    """Return `intro`, HTML, and `body`, a list of blocks, citing all that was `listed`, in one order."""
    conversion = Conversion(listed)
    intro, body = conversion.text(intro or ""), conversion.value(body)
    left = conversion.left()
    texts = [block["value"] for block in body if block["type"] in ("section", "callout")]
    if left and texts:
        texts[-1]["text"] = append(texts[-1]["text"], left)
    elif left:
        intro = append(intro, left)
    return intro, body


def append(html, citations):
    """Return `html` with `citations` at the end of its last passage."""
    if END.search(html):
        return END.sub(lambda end: f"{citations}{end[1]}", html)
    return f"{html}<p>{citations}</p>"


def merge(apps):
    """Return which reference stands for each, now that one DOI has one reference."""
    Reference = apps.get_model("therapies", "Reference")
    first, stands_for = {}, {}
    for key, text, doi in Reference.objects.order_by("pk").values_list("pk", "text", "doi"):
        stands_for[key] = first.setdefault(doi.lower() or key, (key, text))
    return stands_for


def cite_in_texts(apps, schema_editor):
    stands_for = merge(apps)
    _convert_pages(apps, stands_for)
    _convert_revisions(apps, stands_for)
    apps.get_model("therapies", "PageReference").objects.all().delete()
    doubles = [key for key, kept in stands_for.items() if kept[0] != key]
    apps.get_model("therapies", "Reference").objects.filter(pk__in=doubles).delete()


def _convert_pages(apps, stands_for):
    rows = apps.get_model("therapies", "PageReference").objects.order_by("sort_order", "pk")
    listed = {}
    for page, reference in rows.values_list("page_id", "reference_id"):
        listed.setdefault(page, []).append(stands_for[reference])
    for name in PAGES:
        for page in apps.get_model("therapies", name).objects.filter(pk__in=listed):
            blocks = json.loads(json.dumps(list(page.body.raw_data)))
            page.intro, blocks = convert(page.intro, blocks, listed[page.pk])
            page.body = StreamValue(page.body.stream_block, blocks, is_lazy=True)
            page.save(update_fields=["intro", "body"])


def _convert_revisions(apps, stands_for):
    """Convert the drafts, and all that an editor may still go back to."""
    Revision = apps.get_model("wagtailcore", "Revision")
    for revision in Revision.objects.filter(
        content_type__app_label="therapies", content_type__model__in=[name.lower() for name in PAGES]
    ).iterator():
        content = revision.content
        rows = sorted(content.pop("cited", []), key=lambda row: row.get("sort_order") or 0)
        listed = [stands_for[row["reference"]] for row in rows if row["reference"] in stands_for]
        if listed:
            content["intro"], blocks = convert(content["intro"], json.loads(content["body"]), listed)
            content["body"] = json.dumps(blocks)
        revision.content = content
        revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("therapies", "0004_record_of_pages_and_labels"),
    ]

    operations = [
        migrations.AddField(
            model_name="reference",
            name="kind",
            field=models.CharField(
                choices=[
                    ("article", "Article"),
                    ("book", "Book or chapter"),
                    ("labelling", "Label or instructions for use"),
                    ("guideline", "Guideline"),
                    ("abstract", "Congress abstract"),
                    ("website", "Website"),
                    ("on_file", "Data on file"),
                    ("other", "Other"),
                ],
                default="article",
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="reference",
            name="year",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1800),
                    django.core.validators.MaxValueValidator(2100),
                ],
                verbose_name="year",
            ),
        ),
        migrations.AlterField(
            model_name="evidencepage",
            name="body",
            field=wagtail.fields.StreamField(
                [("section", 2), ("figure", 5), ("callout", 8)],
                blank=True,
                block_lookup={
                    0: ("wagtail.blocks.CharBlock", (), {"label": "Heading", "max_length": 150}),
                    1: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": [
                                "h3",
                                "bold",
                                "italic",
                                "superscript",
                                "subscript",
                                "ol",
                                "ul",
                                "link",
                                "document-link",
                                "reference",
                            ],
                            "label": "Text",
                        },
                    ),
                    2: ("wagtail.blocks.StructBlock", [[("heading", 0), ("text", 1)]], {}),
                    3: ("wagtail.images.blocks.ImageBlock", [], {"label": "Image"}),
                    4: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Caption", "max_length": 300, "required": False},
                    ),
                    5: ("wagtail.blocks.StructBlock", [[("image", 3), ("caption", 4)]], {}),
                    6: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Heading", "max_length": 150, "required": False},
                    ),
                    7: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "italic", "link", "document-link", "reference"],
                            "label": "Text",
                        },
                    ),
                    8: ("wagtail.blocks.StructBlock", [[("heading", 6), ("text", 7)]], {}),
                },
                verbose_name="body",
            ),
        ),
        migrations.AlterField(
            model_name="productpage",
            name="body",
            field=wagtail.fields.StreamField(
                [("section", 2), ("figure", 5), ("callout", 8)],
                blank=True,
                block_lookup={
                    0: ("wagtail.blocks.CharBlock", (), {"label": "Heading", "max_length": 150}),
                    1: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": [
                                "h3",
                                "bold",
                                "italic",
                                "superscript",
                                "subscript",
                                "ol",
                                "ul",
                                "link",
                                "document-link",
                                "reference",
                            ],
                            "label": "Text",
                        },
                    ),
                    2: ("wagtail.blocks.StructBlock", [[("heading", 0), ("text", 1)]], {}),
                    3: ("wagtail.images.blocks.ImageBlock", [], {"label": "Image"}),
                    4: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Caption", "max_length": 300, "required": False},
                    ),
                    5: ("wagtail.blocks.StructBlock", [[("image", 3), ("caption", 4)]], {}),
                    6: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Heading", "max_length": 150, "required": False},
                    ),
                    7: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "italic", "link", "document-link", "reference"],
                            "label": "Text",
                        },
                    ),
                    8: ("wagtail.blocks.StructBlock", [[("heading", 6), ("text", 7)]], {}),
                },
                verbose_name="body",
            ),
        ),
        migrations.AlterField(
            model_name="reference",
            name="doi",
            field=models.CharField(
                blank=True,
                help_text="Such as 10.1000/182. A whole address is shortened to it.",
                max_length=200,
                validators=[
                    django.core.validators.RegexValidator(
                        "\\A10\\.\\d{4,9}(?:\\.\\d+)*/\\S+\\Z", "A DOI looks like 10.1000/182."
                    )
                ],
                verbose_name="DOI",
            ),
        ),
        migrations.AlterField(
            model_name="therapypage",
            name="body",
            field=wagtail.fields.StreamField(
                [("section", 2), ("figure", 5), ("callout", 8)],
                blank=True,
                block_lookup={
                    0: ("wagtail.blocks.CharBlock", (), {"label": "Heading", "max_length": 150}),
                    1: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": [
                                "h3",
                                "bold",
                                "italic",
                                "superscript",
                                "subscript",
                                "ol",
                                "ul",
                                "link",
                                "document-link",
                                "reference",
                            ],
                            "label": "Text",
                        },
                    ),
                    2: ("wagtail.blocks.StructBlock", [[("heading", 0), ("text", 1)]], {}),
                    3: ("wagtail.images.blocks.ImageBlock", [], {"label": "Image"}),
                    4: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Caption", "max_length": 300, "required": False},
                    ),
                    5: ("wagtail.blocks.StructBlock", [[("image", 3), ("caption", 4)]], {}),
                    6: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Heading", "max_length": 150, "required": False},
                    ),
                    7: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "italic", "link", "document-link", "reference"],
                            "label": "Text",
                        },
                    ),
                    8: ("wagtail.blocks.StructBlock", [[("heading", 6), ("text", 7)]], {}),
                },
                verbose_name="body",
            ),
        ),
        migrations.RunPython(cite_in_texts, migrations.RunPython.noop),
    ]
