"""Puts on record what a required statement says, whenever that is no longer what the record says."""

import json
from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from region_gate.constancy import asked_once, moment
from region_gate.models import Edition
from therapies.matching.normalisation import without_accents
from therapies.models import Statement, StatementPlace, StatementText, StatementVersion

from .settling import settled
from .signoff import signed

SECTION = "therapies/includes/statements.html"
SIGNED = {"revision", "written_by", "approved_by"}


def settle_statement(statement: Statement) -> None:
    """Put on record what became of `statement` in each of its languages."""
    texts = StatementText.objects.filter(statement=statement.pk).order_by("locale_id")
    for number in texts.values_list("pk", flat=True):
        settle_words(number)


@asked_once
def settle_new(region: int) -> None:
    """Put on record those live statements of the region numbered so that never were, as from before this."""
    live = StatementText.objects.filter(statement__live=True, statement__region=region)
    for number in live.exclude(pk__in=StatementVersion.objects.values("subject")).values_list(
        "pk", flat=True
    ):
        settle_words(number)


@transaction.atomic
def settle_words(number: int) -> StatementVersion | None:
    """Put on record what became of the text `number` of a statement; return the new entry, None for none."""
    Edition.lock()
    text = StatementText.objects.select_for_update(of=("self",)).filter(pk=number).first()
    last: StatementVersion | None = StatementVersion.objects.chain(number).last()
    entry = _entry(text) if text is not None and text.statement.live else None
    return settled(last, entry, SIGNED)


def _entry(text: StatementText) -> StatementVersion:
    statement = text.statement
    revision = statement.live_revision
    return StatementVersion(
        subject=text.pk,
        statement_number=statement.pk,
        since=moment(),
        is_live=True,
        region_number=statement.region_id,
        region=statement.region.code,
        region_name=statement.region.name,
        country=statement.country.code or "",
        place=statement.place,
        product=statement.product_id,
        order=statement.order,
        starts=statement.starts,
        withdrawn_on=statement.withdrawn_on,
        language=text.language,
        rank=text.locale_id,
        words=text.words,
        sections=json.dumps(_sections(text), sort_keys=True, ensure_ascii=False),
        revision=revision.pk if revision else None,
        **signed(revision),
    )


def _sections(text: StatementText) -> dict[str, str]:
    """Return what pages show of `text`, in each language that a page can have."""
    modifier = "footer" if text.statement.place == StatementPlace.FOOTER else ""
    sections: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            section = str(render_to_string(SECTION, {"statements": [text], "modifier": modifier}))
            sections[language] = f'<div class="wrap">{section}</div>' if modifier else section
    return sections


@asked_once
def versions_at(moment: datetime, on: date, region: int) -> list[StatementVersion]:
    """Return the versions in force in the region numbered so at `moment` (aware), which was on `on`."""
    return StatementVersion.objects.in_force_at(moment, on, region=region)


def stood(versions: Iterable[StatementVersion], named: set[int], language: str) -> list[StatementVersion]:
    """Return which of `versions`, all in force in one region, a page in `language` showed, in their order.

    By the rules that pages follow: each statement in the page's language, else in its first; the whole
    region's before a country's. `named` are the numbers of the products that the page named.
    """
    shown: dict[int, StatementVersion] = {}
    for version in sorted(versions, key=lambda version: version.rank):
        if version.is_for(named) and (version.language == language or version.statement_number not in shown):
            shown[version.statement_number] = version
    with override(language):
        return sorted(shown.values(), key=_turn)


def _turn(version: StatementVersion) -> tuple[str, int, int]:
    return without_accents(version.country_name), version.order, version.statement_number
