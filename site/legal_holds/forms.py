"""What is asked when a hold is set."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminPageChooser
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page

from home.access import regions_of_legal
from home.models import Region
from home.ownership import above, nearest, owned_by
from region_gate import clock
from review.reports.people import groups_in
from therapies.models import Product

from .deciding import HoldTarget
from .held import words_of
from .models import HoldKind
from .permissions import may_decide

MAX_REASON = 2000  # characters
EMAIL = "email"


class HoldReasonForm(forms.Form):
    """Asks why, of whoever sets a hold, asks for its end or decides on that."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=MAX_REASON,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It is kept for good, and read by legal alone."),
    )


class HoldForm(HoldReasonForm):
    """Asks for a name, a reason, and one thing that is held, of those that are `user`’s to hold."""

    field_order = ("name", "reason")

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("Such as the matter or its number."))
    starts = forms.DateField(label=_("In force from"), widget=AdminDateInput)
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"), required=False)
    page = forms.ModelChoiceField(
        Page.objects.filter(depth__gt=1),
        label=_("Page, with all below it"),
        required=False,
        widget=AdminPageChooser,
    )
    product = forms.ModelChoiceField(Product.objects.order_by("name"), label=_("Product"), required=False)
    document = forms.ModelChoiceField(
        get_document_model().objects.none(), label=_("Document"), required=False
    )
    image = forms.ModelChoiceField(get_image_model().objects.none(), label=_("Image"), required=False)
    person = forms.ModelChoiceField(
        get_user_model()._default_manager.none(), label=_("Person with an account here"), required=False
    )
    email = forms.EmailField(
        label=_("E-mail address of any other person"),
        required=False,
        help_text=_("Keeps the e-mails and forms in which it stands."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        """Offer what is in the regions of `user`, and what is in none."""
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["starts"].initial = clock.today
        own = regions_of_legal(user)
        for name, found in (("region", own), ("person", _people(user))):
            self.fields[name].queryset = found  # type: ignore[attr-defined] # it is a choice of models
        collections = _collections(user)
        for name, model in (("document", get_document_model()), ("image", get_image_model())):
            found = model.objects.filter(collections).order_by("title")
            self.fields[name].queryset = found  # type: ignore[attr-defined] # as above

    def clean(self) -> dict[str, Any]:
        """Take one thing of the person’s own regions, or of none. Raises ValidationError otherwise."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = [name for name in (*HoldKind.values, EMAIL) if cleaned.get(name)]
        if len(chosen) != 1 and not self.errors:
            raise ValidationError(_("Name one thing, and no more: each hold is about one."))
        if len(chosen) == 1:
            cleaned["named"] = named_by(chosen[0], cleaned[chosen[0]])
            if not may_decide(self.user, cleaned["named"].region):
                words = _("This belongs to another region, whose legal team may hold it.")
                raise ValidationError({chosen[0]: words})
        return cleaned


def named_by(field: str, thing: Any) -> HoldTarget:
    """Return what a hold is to name, as the field of the form says it."""
    if field == EMAIL:
        return HoldTarget(HoldKind.PERSON, "", thing, words=(thing,))
    kind, target = HoldKind(field), str(thing.pk)
    if kind == HoldKind.REGION:
        return HoldTarget(kind, target, str(thing), thing.code)
    if kind == HoldKind.PAGE:
        owner = Region.objects.owning(thing.path)
        title = f"{thing.get_admin_display_title()} ({thing.url_path})"
        return HoldTarget(kind, target, title, owner.code if owner else "")
    if kind in (HoldKind.DOCUMENT, HoldKind.IMAGE):
        return HoldTarget(kind, target, str(thing), region_of_file(thing))
    words = tuple(words_of(thing)) if kind == HoldKind.PERSON else ()
    return HoldTarget(kind, target, words_of(thing)[0] if words else str(thing), words=words)


def region_of_file(thing: Any) -> str:
    """Return the code of the region whose collection an image or a document is in; blank for none."""
    owner = nearest(above(thing.collection.path), Region.objects.by_collection())
    return owner.code if owner else ""


def _collections(user: Any) -> Q:
    """Return which files are in the collections of the regions of `user`, or in no region's."""
    theirs = regions_of_legal(user).values("pk")
    others = Region.objects.exclude(pk__in=theirs).filter(collection__isnull=False)
    paths = others.values_list("collection__path", flat=True)
    return ~Q(collection__in=Collection.objects.filter(owned_by(paths)))


def _people(user: Any) -> Any:
    """Return the people of the regions of `user`, who may be named; to administrators, everybody."""
    people = get_user_model()._default_manager.order_by("username")
    if user.is_superuser:
        return people
    groups = {group.pk for region in regions_of_legal(user) for group in groups_in(region)}
    return people.filter(groups__in=groups).distinct()
