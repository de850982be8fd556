"""What keeps a required statement from being published: a language without words, a name it may not hold."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from home.exceptions import RefusedError
from home.provisioning import languages_of
from therapies.formatting import language_name
from therapies.guard.label_check import named_in
from therapies.models import Statement, StatementText


def check_statement(statement: Statement) -> None:
    """Raise RefusedError where `faults_of` finds something in the statement's texts."""
    if found := faults_of(statement, [*statement.texts.all()]):
        raise RefusedError(found)


def faults_of(statement: Statement, texts: Collection[StatementText]) -> list[str]:
    """Return what speaks against `statement` with `texts`: languages without one, names of other products.

    Pages that name the statement's own product are withheld where no label allows it, so that it may stand
    there; any other name would stand on pages that are not looked at for it.
    """
    return [*_missing(statement, texts), *_names_of_others(statement, texts)]


def missing_languages(statement: Statement, texts: Collection[StatementText]) -> list[str]:
    """Return the codes of the region's languages in which there is none of `texts`."""
    spoken = {text.language for text in texts}
    return [code for code in languages_of(statement.region) if code not in spoken]


def _missing(statement: Statement, texts: Collection[StatementText]) -> list[str]:
    words = _("%(language)s is missing: every language of the region needs its text.")
    return [words % {"language": language_name(code)} for code in missing_languages(statement, texts)]


def _names_of_others(statement: Statement, texts: Collection[StatementText]) -> list[str]:
    words = _("“%(name)s” is named in it: choose that product, so that it stands only where it is named.")
    named = (one for text in texts for one in named_in(text))
    return [words % {"name": one.name} for one in named if one.product != statement.product_id]
