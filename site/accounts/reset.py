"""The message with which people choose a new password, sent by the worker."""

from django.contrib.auth.forms import PasswordResetForm
from django_tasks import task

TEMPLATES = "wagtailadmin/account/password_reset/"


@task(backend="worker")
def send_reset(email: str, host: str, is_secure: bool) -> None:
    """Write to whoever has `email`, with a link to the admin at `host`."""
    form = PasswordResetForm({"email": email})
    if form.is_valid():
        form.save(
            domain_override=host,
            use_https=is_secure,
            subject_template_name=f"{TEMPLATES}email_subject.txt",
            email_template_name=f"{TEMPLATES}email.txt",
        )
