"""Lists of hosts as editors type them: one on each line."""

from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.utils.translation import gettext_lazy as _

is_domain = DomainNameValidator(accept_idna=False)


def split_hosts(text: str) -> list[str]:
    """Return the hosts in `text`, in lower case, in order."""
    return [line.strip().lower() for line in text.splitlines() if line.strip()]


def validate_hosts(text: str) -> None:
    """Raise ValidationError naming the first line of `text` that is no host."""
    for host in split_hosts(text):
        try:
            is_domain(host)
        except ValidationError:
            raise ValidationError(
                _("“%(host)s” is not a host. Write it as in www.example.com, one on each line."),
                params={"host": host},
            ) from None
