"""Names that no line breaks within, as editors keep them; those of products are kept so by themselves."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.whole_names import MAX_PIECE


class WholeName(models.Model):
    """A name, of a drug for example, that stands on one line wherever a page of any region has it."""

    name = models.CharField(
        _("name"),
        max_length=MAX_PIECE,
        unique=True,
        help_text=_(
            "As it is written in texts: “5-fluorouracil”. It stays on one line on every page, in headings as "
            "well; the text itself is not changed. Products’ names are kept so without being listed here."
        ),
    )

    class Meta:
        verbose_name = _("name that stays on one line")
        verbose_name_plural = _("names that stay on one line")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Leave no more than one space in a row; refuse what holds no letter or digit."""
        super().clean()
        self.name = " ".join(self.name.split())
        if not any(character.isalnum() for character in self.name):
            raise ValidationError({"name": gettext("This holds no letter or digit.")})


def listed_names() -> list[str]:
    """Return the names that editors have listed."""
    return [*WholeName.objects.order_by().values_list("name", flat=True)]
