"""E-mails are written in the transaction of what they tell of: both hold, or neither.

The site's backend stores them there, and the worker sends them. So whoever is killed once something is
decided has left its e-mails behind, and what is undone writes none.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

logger = logging.getLogger(__name__)


@contextmanager
def written() -> Iterator[None]:
    """Have e-mails written inside, all or none; where that fails, the log has it, and all else goes on."""
    try:
        with transaction.atomic():
            yield
    except Exception:
        logger.exception("An e-mail could not be written.")
