"""Which live page names which product."""

from typing import ClassVar

from django.db import models
from wagtail.models import Page

from .product import Product


class Mention(models.Model):
    """A product that a live page names; kept when the page is published."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="mentions")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="mentions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "product"], name="one_mention_of_a_product_per_page")
        ]

    def __str__(self) -> str:
        return f"{self.page}: {self.product}"
