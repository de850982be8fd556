"""A region's groups have exactly their rights, whatever somebody has given or taken in between."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    Site,
)

from home.access import open_region, region_opened
from home.models import Region
from home.permissions import GroupPermissions, permissions
from home.region_inventory import region_inventory
from review.models import PageReview

pytestmark = pytest.mark.django_db

EDITORS = {
    "wagtailadmin.access_admin",
    "simple_translation.submit_translation",
    "home.view_synonymgroup",
    "home.add_synonymgroup",
    "home.change_synonymgroup",
    "home.delete_synonymgroup",
    "home.view_wholename",
    "home.add_wholename",
    "home.change_wholename",
    "home.delete_wholename",
    "therapies.view_topic",
    "therapies.view_reference",
    "therapies.add_reference",
    "therapies.view_product",
    "therapies.view_label",
    "therapies.view_statement",
}
LEGAL = {
    "wagtailadmin.access_admin",
    "therapies.view_topic",
    "therapies.view_reference",
    *(
        f"therapies.{act}_{kind}"
        for kind in ("product", "label", "statement")
        for act in ("view", "add", "change")
    ),
    "review.view_approval",
    "region_gate.view_notice",
    "region_gate.add_notice",
    "region_gate.change_notice",
    "region_gate.view_policy",
    "region_gate.add_policy",
    "region_gate.change_policy",
    "region_gate.view_registeredlink",
    "enquiries.view_enquiry",
    "enquiries.change_enquiry",
    "enquiries.delete_enquiry",
}


def group(name: str) -> Group:
    return Group.objects.get(name=name)


def permission(name: str) -> Permission:
    (found,) = permissions([name])
    return found


def rights_of(name: str) -> set[str]:
    held = group(name).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in held}


@pytest.mark.parametrize(("role", "names"), [("editors", EDITORS), ("legal", LEGAL)])
def test_a_group_has_the_rights_that_each_app_has_for_it_and_no_others(role, names):
    assert rights_of(f"eu {role}") == names


@pytest.mark.parametrize("role", ["editors", "legal"])
def test_a_group_has_rights_below_its_regions_home_pages_only(eu, role):
    rights = GroupPagePermission.objects.filter(group__name=f"eu {role}")
    assert set(rights.values_list("page", flat=True)) == set(eu.home_pages.values_list("pk", flat=True))
    assert rights.count() == 2 * eu.home_pages.count()


def test_editors_have_rights_in_their_regions_collection_only_and_legal_in_none(eu):
    rights = GroupCollectionPermission.objects.filter(group__name="eu editors")
    assert list(rights.values_list("collection", flat=True).distinct()) == [eu.collection_id]
    assert rights.count() == 6
    assert not GroupCollectionPermission.objects.filter(group__name="eu legal").exists()


def on_page(group: Group, page: Page, name: str) -> None:
    GroupPagePermission.objects.create(group=group, page=page, permission=permission(name))


def in_collection(group: Group, collection: Collection, name: str) -> None:
    GroupCollectionPermission.objects.create(group=group, collection=collection, permission=permission(name))


def page_at(end: str) -> Page:
    return Page.objects.get(url_path__endswith=end)


# What gives a European group more than it is due, or less.
STRAYS = {
    "a right everywhere": lambda g: g.permissions.add(permission("home.change_region")),
    "a right of the gate's": lambda g: g.permissions.add(permission("region_gate.delete_policy")),
    "the root": lambda g: on_page(g, Page.get_first_root_node(), "wagtailcore.publish_page"),
    "another region's page": lambda g: on_page(g, page_at("/us/about/"), "wagtailcore.change_page"),
    "publishing at home": lambda g: on_page(g, page_at("/regions/eu/"), "wagtailcore.publish_page"),
    "all collections": lambda g: in_collection(
        g, Collection.get_first_root_node(), "wagtailimages.add_image"
    ),
    "another region's collection": lambda g: in_collection(
        g, Region.objects.get(code="us").collection, "wagtaildocs.delete_document"
    ),
    "a site's settings": lambda g: GroupSitePermission.objects.create(
        group=g, site=Site.objects.get(), permission=permission("wagtailcore.change_site")
    ),
    "no right everywhere": lambda g: g.permissions.clear(),
    "no right on pages": lambda g: GroupPagePermission.objects.filter(group=g).delete(),
}


def state(name: str) -> list[set]:
    """Return all that gives the group called `name` a right."""
    return [
        rights_of(name),
        *(
            set(right.objects.filter(group__name=name).values_list(place, "permission__codename"))
            for right, place in (
                (GroupPagePermission, "page"),
                (GroupCollectionPermission, "collection"),
                (GroupSitePermission, "site"),
            )
        ),
    ]


@pytest.mark.parametrize("role", ["editors", "legal"])
@pytest.mark.parametrize("stray", STRAYS)
def test_opening_the_region_again_puts_rights_back_to_exactly_theirs(eu, role, stray):
    name = f"eu {role}"
    due = state(name)
    STRAYS[stray](group(name))
    assert state(name) != due
    open_region(eu)
    assert state(name) == due


def test_opening_the_region_again_gives_editors_their_collection_back(eu):
    due = state("eu editors")
    GroupCollectionPermission.objects.filter(group__name="eu editors").delete()
    open_region(eu)
    assert state("eu editors") == due


def test_opening_a_region_leaves_the_others_alone(eu, us):
    group("us editors").permissions.add(permission("home.change_region"))
    before = region_inventory("us")
    open_region(eu)
    assert region_inventory("us") == before


def test_another_regions_people_decide_no_longer_in_its_review(eu):
    task = PageReview.objects.get(name="eu review")
    chiefs = Group.objects.create(name="Chief medical officers")
    task.groups.set([group("us legal"), group("eu editors"), chiefs])
    open_region(eu)
    assert set(task.groups.values_list("name", flat=True)) == {"eu legal", chiefs.name}


def test_an_app_that_does_not_say_which_rights_is_named(eu):
    def forgetful(**kwargs) -> None:
        """Answer with nothing."""

    region_opened.connect(forgetful)
    try:
        with pytest.raises(TypeError, match="forgetful"):
            open_region(eu)
    finally:
        region_opened.disconnect(forgetful)


def test_an_unknown_right_is_named_and_nothing_is_half_done(eu):
    def mistaken(**kwargs) -> GroupPermissions:
        return GroupPermissions(editors=("therapies.fly_reference",))

    due = state("eu editors")
    region_opened.connect(mistaken)
    try:
        with pytest.raises(LookupError, match=r"therapies\.fly_reference"):
            open_region(eu)
    finally:
        region_opened.disconnect(mistaken)
    assert state("eu editors") == due
