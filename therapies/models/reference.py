"""A reference: a numbered source that a statement rests on."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index


class Reference(index.Indexed, models.Model):
    """A published source, cited by any number of pages."""

    text = models.CharField(
        _("citation"),
        max_length=500,
        help_text=_("As it is printed, such as “Smith A et al. J Clin Oncol 2016; 34: 1–9.”"),
    )
    doi = models.CharField(
        _("DOI"),
        max_length=200,
        blank=True,
        validators=[RegexValidator(r"\A10\.\d{4,9}/\S+\Z", _("A DOI looks like 10.1000/182."))],
    )
    url = models.URLField(_("address"), blank=True, help_text=_("Where there is no DOI."))

    panels = [FieldPanel("text"), FieldPanel("doi"), FieldPanel("url")]
    search_fields = [index.SearchField("text"), index.AutocompleteField("text")]

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """Refuse two addresses for one source."""
        if self.doi and self.url:
            raise ValidationError({"url": _("Give the DOI or an address, not both.")})

    @property
    def address(self) -> str:
        """Where the source can be read; empty where it is in print only."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url
