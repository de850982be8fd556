"""Refuses what is long enough and guessed all the same: a leaked password with something around it.

The leaked ones are the 20,000 that Django ships.
"""

import re

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

LOOK_ALIKE = str.maketrans("0134578@$!€", "oieastbasie")
OWN = {"sirtex", "spheres", "wagtail", "admin", "clinic", "liver"}  # what anybody tries here first
RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertzuiop",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
)
NEW = 4  # how many characters beyond what is known make it another password
REFUSED = gettext_lazy("This password is like one that is known from stolen lists, or has too little in it.")


class GuessableValidator(CommonPasswordValidator):
    """Refuses a leaked password that is written otherwise, repeated or lengthened by little."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError where `password` holds too little that is not known."""
        if len(set(password.casefold())) < NEW + 1 or self._unknown(password) < NEW:
            raise ValidationError(REFUSED, code="password_guessable")

    def get_help_text(self) -> str:
        """Return what is asked for."""
        return gettext("Your password can’t be a common one with something around it.")

    def _unknown(self, password: str) -> int:
        """Return how many letters are left without leaked words, runs of keys, numbers and signs."""
        plain = password.casefold()
        bare = plain.strip("0123456789!?.,-_+*#")
        return min(len(self._rest(written)) for written in (plain, bare.translate(LOOK_ALIKE)))

    def _rest(self, written: str) -> str:
        letters = re.sub(r"[\W\d_]+", " ", written)
        return "".join(word for word in letters.split() if not self._is_known(word))

    def _is_known(self, word: str) -> bool:
        parts = {word, re.sub(r"^(.+?)\1+$", r"\1", word)}
        known = self.passwords | OWN
        return any(part in known or any(part in run for run in RUNS) for part in parts)
