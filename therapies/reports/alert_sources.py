"""What therapies itself calls attention to: labels, and the live pages that name products."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from region_gate import clock
from therapies.formatting import language_name, written
from therapies.models import EndingChoice, Label
from therapies.models.in_force import Force, force_of

from .alerts import ALERTS_HOOK, Alert, Source, Watch
from .label_status import Facts, LabelStatus, standing
from .matrix import Cell, NamingCount, by_place


def labels_to_review(watch: Watch) -> Iterator[Alert]:
    """Give the labels in force whose review is due or overdue."""
    words = {
        LabelStatus.REVIEW_DUE: _("Its review is due by {day}."),
        LabelStatus.REVIEW_OVERDUE: _("Its review was due by {day}."),
    }
    for label in _each(watch):
        how = standing(label, watch.on, watch.notice)
        if how in words and label.review_by:
            why = words[how].format(day=written(label.review_by))
            yield _about_label(watch, label, why, label.review_by)


def labels_that_end(watch: Watch) -> Iterator[Alert]:
    """Give the labels in force that end soon, with none of the product and region after them."""
    words, labels = _("It ends on {day}, and no other follows it."), by_place(watch.dataset.labels)
    for label in _each(watch):
        end = label.withdrawn_on
        if not (end and label.is_in_force(watch.on) and end <= watch.on + watch.notice):
            continue
        if not any(other.is_in_force(end) for other in labels[label.product, label.region]):
            yield _about_label(watch, label, words.format(day=written(end)), end)


def names_without_label(watch: Watch) -> Iterator[Alert]:
    """Give the live pages that name a product without a label in force in their region.

    Those that stay up, as their region has chosen, are told apart.
    """
    words = _("It names {product} without a label in force.")
    stays = _("It names {product}, whose label has ended, and stays up as its region has chosen.")
    in_force = by_place(label for label in watch.dataset.labels if label.is_in_force(watch.on))
    ended = by_place(one for one in watch.dataset.labels if force_of(one, watch.on) is Force.ENDED)
    keeping = EndingChoice.objects.keeping(region for _product, region in ended if region)
    for naming in watch.dataset.pages:
        place = naming.product, naming.region
        if place not in in_force:
            said = stays if place in ended and naming.region in keeping else words
            yield _about_page(watch, naming, said.format(product=watch.products[naming.product]))


def pages_behind_their_label(watch: Watch) -> Iterator[Alert]:
    """Give the live pages that were last published before the label of what they name changed."""
    words = _("The label of {product} changed on {day}; this page has not been published since.")
    in_force = by_place(label for label in watch.dataset.labels if label.is_in_force(watch.on))
    for naming in watch.dataset.pages:
        changed = _last_change(naming, in_force.get((naming.product, naming.region), ()))
        if changed and (naming.published_at is None or changed > naming.published_at):
            why = words.format(product=watch.products[naming.product], day=written(changed))
            yield _about_page(watch, naming, why, clock.day_of(changed))


def gaps(watch: Watch) -> Iterator[Alert]:
    """Give the products without a label in one of the person's regions, or in one of its languages."""
    for cell in watch.matrix.cells():
        if cell.standing == LabelStatus.NONE:
            yield _about_gap(watch, cell, _("It has no label here."))
        elif cell.standing == LabelStatus.DRAFT:
            yield _about_gap(watch, cell, _("It has only a draft of a label here."))
        elif cell.missing:
            languages = ", ".join(map(language_name, cell.missing))
            yield _about_gap(watch, cell, _("No label in force in: {languages}.").format(languages=languages))


def languages_behind(watch: Watch) -> Iterator[Alert]:
    """Give the labels in force that say something older in one language than in another."""
    words = _("Its text is older than in another language: {languages}.")
    behind: dict[int, list[Facts]] = {}
    for label in watch.dataset.labels:
        if label.is_behind and label.is_needed and label.is_in_force(watch.on):
            behind.setdefault(label.pk, []).append(label)
    for texts in behind.values():
        languages = ", ".join(language_name(text.language) for text in texts if text.language)
        yield _about_label(watch, texts[0], words.format(languages=languages))


def _each(watch: Watch) -> Iterable[Facts]:
    """Return each label once, whatever languages it has."""
    return {label.pk: label for label in watch.dataset.labels}.values()


SOURCES = [
    Source("unlabelled", gettext_lazy("Names without a label"), names_without_label, 10),
    Source("changed", gettext_lazy("Pages older than their label"), pages_behind_their_label, 20),
    Source("review", gettext_lazy("Labels to review"), labels_to_review, 30),
    Source("ending", gettext_lazy("Labels that end soon"), labels_that_end, 40),
    Source("behind", gettext_lazy("Labels behind in a language"), languages_behind, 50),
    Source("gaps", gettext_lazy("Products with a gap"), gaps, 90),
]


def _registered(source: Source) -> Callable[[], Source]:
    return lambda: source


for _source in SOURCES:
    hooks.register(ALERTS_HOOK, _registered(_source))


def _last_change(naming: NamingCount, labels: Iterable[Facts]) -> datetime | None:
    """Return when the words of the label changed that the page shows: that of its language, else any."""
    labels = [label for label in labels if label.is_needed]
    shown = [label for label in labels if label.language == naming.language] or labels
    moments = (moment for label in shown for moment in (label.published_at, _start(label.effective_from)))
    return max(filter(None, moments), default=None)


def _start(day: date | None) -> datetime | None:
    """Return the first moment of `day` in the site's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def _about_label(watch: Watch, label: Facts, why: str, due: date | None = None) -> Alert:
    region = watch.regions[label.region]
    subject = f"{watch.products[label.product]}, {region.name}"
    address = watch.reach.label_address(label.pk, label.region)
    return Alert(region.code, subject, why, address, due)


def _about_page(watch: Watch, naming: NamingCount, why: str, due: date | None = None) -> Alert:
    code = watch.regions[naming.region].code if naming.region else ""
    address = watch.reach.page_address(naming.page, naming.region)
    return Alert(code, f"{naming.title} ({language_name(naming.language)})", why, address, due)


def _about_gap(watch: Watch, cell: Cell, why: str) -> Alert:
    place = f"{reverse('label_matrix')}?product={cell.product.pk}&region={cell.region.pk}"
    is_addable = cell.label is None and cell.region.pk in watch.reach.legal
    address = reverse(Label.snippet_viewset.get_url_name("add")) if is_addable else place
    region = watch.regions[cell.region.pk]
    return Alert(region.code, f"{cell.product.name}, {cell.region.name}", why, address)
