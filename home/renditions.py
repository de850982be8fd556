"""Pictures that are broken where they lie: shown as missing, like those that are not there."""

import logging
from functools import wraps
from typing import Any

from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import Filter, SourceImageIOError

logger = logging.getLogger(__name__)


def show_broken_as_missing() -> None:
    """Have whatever a decoder raises taken for a picture that cannot be read.

    Wagtail takes only one that cannot be opened for that; a page with any other would be a 500.
    Every rendition is made by `Filter.run`, for which Wagtail has no setting.
    """
    run = Filter.run

    @wraps(run)
    def safely(self: Filter, image: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return run(self, image, *args, **kwargs)
        except (InvalidFilterSpecError, SourceImageIOError):
            raise
        except Exception as error:  # decoders raise whatever they stumble over
            logger.warning("The file of picture %s cannot be read", image.pk, exc_info=True)
            raise SourceImageIOError(str(error)) from error

    Filter.run = safely
