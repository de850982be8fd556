"""What the gate does when something is published or changed."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from region_gate.auditing import link_index
from region_gate.models import Policy
from region_gate.snapshot import invalidate


@receiver([post_save, post_delete], sender=Policy)
def renew_with_policies(**kwargs: Any) -> None:
    """Have a changed policy govern the next page."""
    invalidate()


@receiver(page_published)
def register_links(instance: Page, **kwargs: Any) -> None:
    """Record the links of a page once it is out, as its visitors see them."""
    transaction.on_commit(lambda: link_index.record(instance), robust=True)


@receiver(page_unpublished)
def forget_links(instance: Page, **kwargs: Any) -> None:
    """Forget the links of a page that is taken down."""
    link_index.forget(instance)
