"""The app's configuration."""

from django.apps import AppConfig
from django.core.checks import register
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    """Legal's review of all that is published."""

    name = "review"
    verbose_name = _("Review")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what must not be published, and have pages know their approval as they are served."""
        from home import routing

        from . import four_eyes, mail, shared_approvals, signals, waiting  # noqa: F401 - registers the steps
        from .endings import mail as endings_mail  # noqa: F401 - registers the steps

        register(four_eyes.check_settings)
        register(shared_approvals.check_settings)
        register(waiting.check_settings)

        routing.annotations |= {
            name: F(f"live_revision__approval__{field}")
            for name, field in (
                ("approval_code", "code"),
                ("prepared_on", "prepared_on"),
                ("review_by", "review_by"),
                ("approved_at", "approved_at"),
            )
        }
        mail.take_over()
