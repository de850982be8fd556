"""Telephone numbers as people write them, so that a phone can dial them."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

validate_telephone = RegexValidator(r"\A\+?[0-9 ().-]+\Z", _("Use digits, such as +49 30 1234."))
