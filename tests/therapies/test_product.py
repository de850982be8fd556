"""Products: brand names ask for a label, generic descriptions too unless legal lets them stand."""

import pytest
from django.core.exceptions import ValidationError

from therapies.guard.label_check import UnlabelledError
from therapies.models import Product

GENERIC = "Yttrium resin microspheres"

pytestmark = pytest.mark.django_db


@pytest.fixture
def described(product):
    """The product with a generic description."""
    product.generic_names = f"  {GENERIC}\n\n{GENERIC}\n树脂微球"
    return product


def publish(product: Product) -> None:
    product.full_clean()
    product.save_revision().publish()


def test_a_generic_description_asks_for_a_label_until_legal_lets_it_stand(described, ca_page):
    publish(described)
    assert described.descriptions == [GENERIC, "树脂微球"]
    ca_page.title = f"What {GENERIC.upper()} do"
    with pytest.raises(UnlabelledError):
        ca_page.save_revision().publish()
    described.generic_may_stand = True
    publish(described)
    ca_page.save_revision().publish()
    assert not Product.objects.watched().names().find(GENERIC)
    assert [one.name for one in Product.objects.watched().standing_names().find(GENERIC)] == [GENERIC]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "®", "no letter"),
        ("further_names", "Fine\nY9", "too short"),
        ("further_names", "novi-sphere", "Other"),
        ("further_names", "Yttrium glass beads", "Other"),
        ("generic_names", "NOVISPHERE", "Other"),
        ("generic_names", "SIR Spheres", "this product"),
    ],
)
def test_a_name_is_told_from_other_words_and_other_products(product, field, value, said):
    Product(
        name="Novisphere", generic_names="Yttrium glass beads\nresin beads", maker="Other", live=False
    ).save()
    setattr(product, field, value)
    with pytest.raises(ValidationError, match=said if said != "Other" else "Novisphere"):
        product.full_clean()


def test_products_may_share_a_generic_description_and_names_of_one_character_in_other_scripts(product):
    Product(name="Novisphere", generic_names="resin beads", maker="Other", live=False).save()
    product.further_names, product.generic_names = "球", "Resin beads"
    product.full_clean()
