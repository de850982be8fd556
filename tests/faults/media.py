"""A page with a picture and a document goes live: `python -m tests.faults.media NAME` on the site's database.

Prints the addresses of the page, of the picture in the size that is shown, and of the document.
"""

import os
import sys
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

ROOT = Path(__file__).resolve().parents[2]


def publish(name: str) -> list[str]:
    """Have legal approve a page called `name` that shows a picture and offers a document."""
    from django.core.files.base import ContentFile
    from wagtail.documents.models import Document
    from wagtail.images import get_image_model
    from wagtail.images.tests.utils import get_test_image_file

    from tests.conftest import signed_in
    from tests.races.world import World
    from tests.review.conftest import approve

    world, legal = World(), signed_in("eu-legal")
    given = {"title": name, "collection": world.eu.collection}
    picture = get_image_model().objects.create(file=get_test_image_file(f"{name}.png"), **given)
    document = Document.objects.create(file=ContentFile(b"%PDF-1.7 " + os.urandom(9_000), "a.pdf"), **given)
    page = world.page(name, live=False)
    page.intro = f'<p><a linktype="document" id="{document.pk}">Read it</a></p>'
    shown = {"image": picture.pk, "decorative": False, "alt_text": "A picture"}
    page.body = [{"type": "figure", "value": {"image": shown, "caption": "C"}}]
    world.send_page(page, name)
    answer = approve(legal, page, f"{name.upper()}-1")
    assert answer.status_code == 302, answer.text
    source = LexborHTMLParser(legal.get(page.url).text).css_first("figure img").attributes["src"]
    return [page.url, str(source), document.url]


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment(debug=False)
    print(*publish(sys.argv[1]))
