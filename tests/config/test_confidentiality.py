"""No answer of the admin tells a region's people what another one is working on."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page

from home.models import StandardPage
from tests.cases import first_cases
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
    *("/admin/images/chooser/results/?q=Yellowtail", "/admin/documents/chooser/results/?q=Xylophone"),
    *("/admin/images/results/?q=Yellowtail", "/admin/documents/results/?q=Xylophone"),
    *("/admin/api/main/images/?fields=*", "/admin/api/main/documents/?fields=*&search=Xylophone"),
    *("/admin/api/main/pages/?fields=*&for_explorer=1", "/admin/api/main/pages/?type=home.StandardPage"),
    *("/admin/choose-page/?page_type=home.StandardPage", "/admin/choose-page/search/?q=to+be"),
    *(
        "/admin/images/?tag=secret",
        "/admin/documents/?tag=secret",
        "/admin/reports/site-history/?label=Yel",
    ),
    *("/admin/reports/aging-pages/?q=Zebrafinch", "/admin/reports/locked/", "/admin/reports/workflow/"),
]
OF_PAGES = [
    *("/admin/api/main/pages/?child_of=%s&fields=*", "/admin/api/main/pages/?descendant_of=%s"),
    *("/admin/api/main/pages/?ancestor_of=%s", "/admin/api/main/pages/?translation_of=%s"),
    *("/admin/choose-page/%s/?page_type=home.StandardPage", "/admin/pages/search/?parent=%s&q=to+be"),
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
    own = StandardPage.objects.get(url_path__endswith="/regions/eu/about/").pk
    pages |= {f"/admin/pages/{own}/move/{theirs[kind]}/confirm/" for kind in ("draft", "live")}
    pictures = {address % theirs["picture"] for address in OF_PICTURES}
    return {*found, *ASKED, *pages, *pictures, *(address % theirs["leaflet"] for address in OF_DOCUMENTS)}


def _with_key(route: Route, key: int) -> list[str]:
    if not route.template.startswith("admin/"):
        return []
    return [route.address({name: FIXED.get(name, key) for name in route.names})]


@first_cases("username", ["eu-editor", "", "eu-legal"])
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


# What is sent with a POST, whatever it is meant for.
SENT = {"title": "Taken", "name": "Taken", "comment": "Taken", "action": "delete", "next": "/admin/"}


def post_addresses(theirs: dict[str, int]) -> set[str]:
    """Return the addresses of what is posted about one thing, or several."""
    several = [*OF_PAGES, *OF_PICTURES, *OF_DOCUMENTS]
    return {one for one in addresses(theirs) if one not in ASKED} | {
        one % key for one in several for key in theirs.values()
    }


def state(theirs: dict[str, int]) -> list[object]:
    """Return how what the American region works on stands."""
    pages = Page.objects.filter(pk__in=[theirs["draft"], theirs["live"], theirs["home"]]).order_by("pk")
    return [
        *pages.values_list("title", "draft_title", "live", "path", "latest_revision", "locked"),
        *get_image_model().objects.filter(pk=theirs["picture"]).values_list("title", "collection"),
        *Document.objects.filter(pk=theirs["leaflet"]).values_list("title", "collection"),
    ]


@first_cases("username", ["eu-editor", "eu-legal", "idle"])
def test_no_post_tells_of_or_changes_what_others_work_on(theirs, username):
    get_user_model().objects.create_user("idle").groups.add(admin_only())
    client = signed_in(username)
    client.raise_request_exception = False
    before, told = state(theirs), set()
    for address in sorted(post_addresses(theirs) - {"/admin/logout/"}):
        answer = client.post(address, SENT)
        said = "" if answer.streaming else answer.text
        led_to = answer.get("Location", "")
        if led_to.startswith("/admin/") and led_to != "/admin/":
            said += client.get(led_to).text
        told |= {(address, word) for word in SECRETS if word in said}
        if state(theirs) != before:
            pytest.fail(f"{address} changes it.")
    at_last = client.get("/admin/").text  # with what was told to whoever was led there
    told |= {("/admin/", word) for word in SECRETS if word in at_last}
    assert told == set()


def admin_only() -> Group:
    """A group that may enter the admin, and nothing else."""
    group = Group.objects.create(name="Idle")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    return group


FILED = {
    "/admin/images/add/": "file",
    "/admin/images/chooser/create/": "image-chooser-upload-file",
    "/admin/images/multiple/add/": "files[]",
    "/admin/documents/add/": "file",
    "/admin/documents/chooser/create/": "document-chooser-upload-file",
    "/admin/documents/multiple/add/": "files[]",
}


def file_under(client: Client, address: str, collection: int) -> int:
    """Send a file for `collection` to `address`, and return how many things came of it."""
    is_image, field = "images" in address, FILED[address]
    before = get_image_model().objects.count() + Document.objects.count()
    content = get_test_image_file().file.getvalue() if is_image else b"Text"
    sent = SimpleUploadedFile("own.png" if is_image else "own.txt", content)
    prefix = field.removesuffix("file") if field.endswith("file") else ""
    named = {f"{prefix}title": "Own", f"{prefix}collection": collection, "collection": collection}
    client.post(address, {field: sent, **named}, headers={"X-Requested-With": "XMLHttpRequest"})
    return get_image_model().objects.count() + Document.objects.count() - before


def files_in(collection: int) -> int:
    """Return how many pictures and documents are in a collection."""
    kinds = (get_image_model(), Document)
    return sum(kind.objects.filter(collection=collection).count() for kind in kinds)


@pytest.mark.parametrize("address", FILED)
def test_nothing_is_filed_in_another_regions_collection(settings, tmp_path, eu, us, eu_editor, address):
    settings.MEDIA_ROOT = tmp_path
    for collection in (us.collection_id, Collection.get_first_root_node().pk):
        filed = files_in(collection)
        file_under(eu_editor, address, collection)
        assert files_in(collection) == filed
    assert file_under(eu_editor, address, eu.collection_id) == 1


@pytest.mark.parametrize("address", FILED)
@pytest.mark.parametrize("username", ["", "eu-legal"])
def test_whoever_adds_no_files_adds_none_by_any_address(settings, tmp_path, eu, client, username, address):
    settings.MEDIA_ROOT = tmp_path
    assert file_under(signed_in(username) if username else client, address, eu.collection_id) == 0


def test_nothing_of_ones_own_is_moved_to_another_regions_collection(settings, tmp_path, eu, us, eu_editor):
    settings.MEDIA_ROOT = tmp_path
    leaflet = Document.objects.create(
        title="Own", file=ContentFile(b"%PDF", "o.pdf"), collection=eu.collection
    )
    eu_editor.post(f"/admin/documents/edit/{leaflet.pk}/", {"title": "Own", "collection": us.collection_id})
    move = f"/admin/bulk/wagtaildocs/document/add_to_collection/?id={leaflet.pk}"
    eu_editor.post(move, {"collection": us.collection_id})
    leaflet.refresh_from_db()
    assert leaflet.collection_id == eu.collection_id


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


@pytest.mark.parametrize("username", ["eu-editor", "eu-legal", "idle"])
@pytest.mark.parametrize("act", ["action", "collect_action_data"])
def test_no_message_of_a_workflow_tells_what_others_work_on(theirs, username, act):
    get_user_model().objects.create_user("idle").groups.add(admin_only())
    client = signed_in(username)
    for kind in ("draft", "live"):
        for method in (client.get, client.post):
            method(f"/admin/pages/workflow/{act}/{theirs[kind]}/approve/1/")
            assert not any(word in client.get("/admin/account/").text for word in SECRETS)


@pytest.mark.parametrize(
    ("username", "is_offered"), [("eu-editor", False), ("eu-legal", False), ("admin", True)]
)
def test_a_report_that_tells_of_all_regions_is_offered_to_whoever_works_in_all(username, is_offered):
    address = "/admin/reports/page-types-usage/"
    client = signed_in(username)
    assert (address in client.get("/admin/").text) is is_offered
    assert (client.get(address).status_code == 200) is is_offered
