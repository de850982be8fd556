"""Which live page names which product."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import OuterRef, Subquery
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


class ListedKeys(models.Aggregate):
    """Keys in one text, such as "1,7"."""

    function = "GROUP_CONCAT"
    output_field = models.CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Say the same as PostgreSQL does."""
        template = "STRING_AGG(%(expressions)s::text, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


def named_products() -> Subquery:
    """Return, in a query of pages, the keys of the products that each one names."""
    mentions = Mention.objects.filter(page=OuterRef("pk")).order_by().values("page")
    return Subquery(mentions.annotate(keys=ListedKeys("product")).values("keys"))
