"""What is refused because it would break what is published."""

from django.core.exceptions import ValidationError


class RefusedError(ValidationError):
    """A change that must not happen; its messages say why, and what would help."""
