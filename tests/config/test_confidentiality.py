"""No answer of the admin tells a region's people what another one is working on."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from home.models import StandardPage
from tests.config.routes import Route, routes
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
DRAFT, CHANGED, PICTURE, LEAFLET = "Zebrafinch to be", "Walrus anew", "Yellowtail seen", "Xylophone told"
SECRETS = (DRAFT, CHANGED, PICTURE, LEAFLET)
FIXED = {"app_label": "wagtailcore", "app_name": "wagtailcore", "model_name": "page", "action": "delete"}
FIXED |= {"filter_spec": "max-10x10"}
ASKED = [
    *("/admin/api/main/pages/?search=Zebrafinch", "/admin/choose-page/search/?q=Zebrafinch"),
    *("/admin/choose-page/search/?q=Walrus", "/admin/pages/search/?q=Zebrafinch"),
    *("/admin/images/?q=Yellowtail", "/admin/documents/?q=Xylophone"),
    *("/admin/images/chooser/?q=Yellowtail", "/admin/documents/chooser/?q=Xylophone"),
]
OF_PAGES = [
    *("/admin/api/main/pages/%s/", "/admin/choose-page/%s/", "/admin/choose-page/chosen-multiple/?id=%s"),
    *("/admin/bulk/wagtailcore/page/delete/?id=%s", "/admin/bulk/wagtailcore/page/move/?id=%s"),
]
OF_PICTURES = [
    *("/admin/api/main/images/%s/", "/admin/images/chooser/chosen-multiple/?id=%s"),
    *("/admin/bulk/wagtailimages/image/delete/?id=%s", "/admin/images/chooser/%s/"),
]
OF_DOCUMENTS = [
    *("/admin/api/main/documents/%s/", "/admin/documents/chooser/chosen-multiple/?id=%s"),
    *("/admin/bulk/wagtaildocs/document/delete/?id=%s", "/admin/documents/chooser/%s/"),
]


@pytest.fixture
def theirs(settings, tmp_path, us, us_home) -> dict[str, int]:
    """What the American region works on, by its keys."""
    settings.MEDIA_ROOT = tmp_path
    draft = us_home.add_child(instance=StandardPage(title=DRAFT, slug="draft", live=False))
    draft.save_revision()
    live = StandardPage.objects.filter(url_path__endswith="/us/about/").get()
    live.title = CHANGED
    live.save_revision()
    picture = get_image_model()(title=PICTURE, file=get_test_image_file(), collection=us.collection)
    picture.save()
    leaflet = Document(title=LEAFLET, file=ContentFile(b"%PDF", "l.pdf"), collection=us.collection)
    leaflet.save()
    return {
        "draft": draft.pk,
        "live": live.pk,
        "picture": picture.pk,
        "leaflet": leaflet.pk,
        "home": us_home.pk,
    }


def addresses(theirs: dict[str, int]) -> set[str]:
    """Return the admin's addresses, each with the key of each thing, and those that ask for several."""
    found = {each for key in theirs.values() for route in routes() for each in _with_key(route, key)}
    pages = {address % theirs[kind] for address in OF_PAGES for kind in ("draft", "live", "home")}
    pictures = {address % theirs["picture"] for address in OF_PICTURES}
    return {*found, *ASKED, *pages, *pictures, *(address % theirs["leaflet"] for address in OF_DOCUMENTS)}


def _with_key(route: Route, key: int) -> list[str]:
    if not route.template.startswith("admin/"):
        return []
    return [route.address({name: FIXED.get(name, key) for name in route.names})]


@pytest.mark.parametrize("username", ["", "eu-editor", "eu-legal"])
def test_no_address_tells_of_what_others_work_on(theirs, client, username):
    client = signed_in(username) if username else client
    client.raise_request_exception = False
    told = set()
    for address in addresses(theirs):
        answer = client.get(address)
        assert answer.status_code != 500 or address not in ASKED
        text = "" if answer.streaming else answer.text
        told |= {
            (address, word) for word in SECRETS if word in text.replace(address, "").replace(f'"{word}"', "")
        }
    assert told == set()


@pytest.mark.parametrize("username", ["us-editor", "admin"])
def test_their_own_people_work_with_it(theirs, username):
    client = signed_in(username)
    assert DRAFT in client.get(f"/admin/pages/{theirs['home']}/").text
    assert DRAFT in client.get(f"/admin/choose-page/{theirs['home']}/").text
    assert PICTURE in client.get("/admin/api/main/images/").text
    assert LEAFLET in client.get("/admin/api/main/documents/").text
    assert DRAFT in client.get(f"/admin/bulk/wagtailcore/page/move/?id={theirs['draft']}").text


def test_another_regions_live_page_can_be_chosen(eu_editor, us_home):
    assert us_home.title in eu_editor.get(f"/admin/choose-page/{us_home.get_parent().pk}/").text
