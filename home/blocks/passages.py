"""Blocks of words: sections, call-outs, quotes, questions and answers, steps, two columns."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock, StructValue

from .features import CALLOUT_FEATURES, CELL_FEATURES, TEXT_FEATURES
from .previewed import PreviewedStructBlock, paragraph

MAX_HEADING = 150
ONE_HEADING = _("Say in the heading what follows; no two headings of a page are the same.")


class SectionBlock(PreviewedStructBlock):
    """A headed passage."""

    heading = CharBlock(label=_("Heading"), max_length=MAX_HEADING)
    text = RichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        icon = "title"
        label = _("Section")
        template = "home/blocks/section_block.html"
        description = _("A heading and the text below it. The page’s contents lead to it.")
        rules = [ONE_HEADING, _("Keep paragraphs short; use lists for what is counted.")]
        preview_value = {
            "heading": _("Before your visit"),
            "text": paragraph(_("Bring your letter of referral and a list of your medicines.")),
        }


class CalloutBlock(PreviewedStructBlock):
    """A short passage set apart from the text around it."""

    heading = CharBlock(label=_("Heading"), required=False, max_length=MAX_HEADING)
    text = RichTextBlock(label=_("Text"), features=CALLOUT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Call-out")
        template = "home/blocks/callout_block.html"
        value_class = StructValue  # its heading is none of the page's
        description = _("A few words set apart from the text around them.")
        rules = [
            _("One or two sentences, and few call-outs on a page."),
            _("Safety information is no call-out."),
        ]
        preview_value = {
            "heading": _("Please note"),
            "text": paragraph(_("This page is no substitute for a talk with your doctor.")),
        }


class QuoteBlock(PreviewedStructBlock):
    """Somebody's own words."""

    text = RichTextBlock(label=_("Words"), features=CALLOUT_FEATURES)
    author = CharBlock(label=_("Who said it"), max_length=150)
    role = CharBlock(
        label=_("Who that is"),
        required=False,
        max_length=200,
        help_text=_("Such as a profession and a place; stands after the name."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "home/blocks/quote_block.html"
        description = _("Somebody’s own words, and whose they are.")
        rules = [
            _("Exact words only, with the consent of whoever said them."),
            _("What it claims needs a reference, as any other statement does."),
            _("Type no quotation marks: the page adds those of its language."),
        ]
        preview_value = {
            "text": paragraph(_("We take the time that each question needs.")),
            "author": _("First and last name"),
            "role": _("profession, place"),
        }


class QuestionBlock(StructBlock):
    """A question, and its answer."""

    question = CharBlock(label=_("Question"), max_length=MAX_HEADING)
    answer = RichTextBlock(label=pgettext_lazy("to a question", "Answer"), features=CELL_FEATURES)

    class Meta:
        icon = "help"
        label = _("Question")


class QuestionsBlock(PreviewedStructBlock):
    """Questions; each opens to its answer."""

    heading = CharBlock(label=_("Heading"), required=False, max_length=MAX_HEADING)
    questions = ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "home/blocks/questions_block.html"
        description = _("Questions, each of which opens to its answer. Printed, all are open.")
        rules = [
            _("Ask as readers would ask; begin the answer with the answer."),
            _("Nothing that everybody has to read: some will not open it."),
        ]
        preview_value = {
            "heading": _("Questions that people ask"),
            "questions": [
                {
                    "question": _("Whom do I call with a question?"),
                    "answer": paragraph(_("Your clinic. Its number is on your letter.")),
                },
                {
                    "question": _("May somebody come with me?"),
                    "answer": paragraph(_("Yes, and it helps to have two people listen.")),
                },
            ],
        }


class StepBlock(StructBlock):
    """One of several steps."""

    title = CharBlock(label=_("Step"), max_length=MAX_HEADING)
    text = RichTextBlock(label=_("Text"), required=False, features=CELL_FEATURES)

    class Meta:
        icon = "order"
        label = _("Step")


class StepsBlock(PreviewedStructBlock):
    """What happens, one after the other."""

    heading = CharBlock(label=_("Heading"), required=False, max_length=MAX_HEADING)
    steps = ListBlock(StepBlock(), label=_("Steps"), min_num=2)

    class Meta:
        icon = "order"
        label = _("Steps")
        template = "home/blocks/steps_block.html"
        description = _("What happens one after the other, numbered.")
        rules = [_("Only where the order matters; else use a list."), _("Begin each step with a verb.")]
        preview_value = {
            "heading": _("How it goes on"),
            "steps": [
                {"title": _("Talk"), "text": paragraph(_("Your team explains what comes next."))},
                {"title": _("Decide"), "text": paragraph(_("You decide together with your doctors."))},
            ],
        }


class TwoColumnsBlock(PreviewedStructBlock):
    """Two texts side by side; on phones, one below the other."""

    first = RichTextBlock(label=_("First column"), features=TEXT_FEATURES)
    second = RichTextBlock(label=_("Second column"), features=TEXT_FEATURES)

    class Meta:
        icon = "grip"
        label = _("Two columns")
        template = "home/blocks/two_columns_block.html"
        description = _("Two short texts side by side; on phones, one below the other.")
        rules = [_("Both about as long, and each to be read alone."), _("What has rows is a table.")]
        preview_value = {
            "first": paragraph(_("What you can do yourself.")),
            "second": paragraph(_("What your team does for you.")),
        }


class FactBlock(StructBlock):
    """One of the key facts."""

    name = CharBlock(label=_("What it is about"), max_length=60)
    text = RichTextBlock(label=_("Fact"), features=CALLOUT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Fact")


class FactsBlock(PreviewedStructBlock):
    """What a page says, at a glance."""

    heading = CharBlock(label=_("Heading"), max_length=MAX_HEADING)
    facts = ListBlock(FactBlock(), label=_("Facts"), min_num=2, max_num=6)

    class Meta:
        icon = "info-circle"
        label = _("Key facts")
        template = "home/blocks/facts_block.html"
        description = _("Two to six facts that the page goes on to explain, at a glance.")
        rules = [
            _("Nothing that the page does not say: these are its own words, shortened."),
            _("A statement that needs a reference in the text needs it here as well."),
        ]
        preview_value = {
            "heading": _("At a glance"),
            "facts": [
                {"name": _("Whom it is for"), "text": paragraph(_("People who come for the first time."))},
                {"name": _("What to bring"), "text": paragraph(_("Your letter of referral."))},
            ],
        }


class DoctorQuestionsBlock(PreviewedStructBlock):
    """Questions to take along to one's doctor, and to print."""

    heading = CharBlock(label=_("Heading"), max_length=MAX_HEADING)
    text = RichTextBlock(label=_("Text"), required=False, features=CALLOUT_FEATURES)
    questions = ListBlock(
        CharBlock(label=_("Question"), max_length=200), label=_("Questions"), min_num=2, max_num=12
    )

    class Meta:
        icon = "clipboard-list"
        label = _("Questions for the doctor")
        template = "home/blocks/doctor_questions_block.html"
        description = _("Questions to take along, with room for the answers when they are printed.")
        rules = [
            _("Questions that a patient or a relative would ask, in their words."),
            _("A question claims nothing and suggests no answer."),
        ]
        preview_value = {
            "heading": _("Questions to take along"),
            "text": paragraph(_("Bring your letter of referral and a list of your medicines.")),
            "questions": [_("What happens next?"), _("Whom do I call with a question?")],
        }
