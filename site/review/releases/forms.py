"""What is asked of a release: its name and reason, its regions, and when it goes live."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from region_gate.authoring.dated_forms import DatedFormMixin, MomentInput

from ..release_models import Release
from .permissions import may_span, own_regions


class ReleaseForm(DatedFormMixin, forms.ModelForm):
    """Asks for what is told of a release; for its regions when it is made, for good."""

    class Meta:
        model = Release
        fields = ("name", "reason", "regions", "goes_live_at")
        widgets: ClassVar = {
            "reason": forms.Textarea({"rows": 3}),
            "regions": forms.CheckboxSelectMultiple,
            "goes_live_at": MomentInput,
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        """Offer the regions that `user` has to do with; where it is but one, that."""
        super().__init__(*args, **kwargs)
        self.user = user
        if self.instance.pk:
            del self.fields["regions"]
            return
        own = own_regions(user)
        field = self.fields["regions"]
        field.queryset = field.queryset.filter(pk__in=[one.pk for one in own])  # type: ignore[attr-defined] # it is a choice field
        field.help_text = _(
            "Several only for whoever is legal in each of them. They cannot be changed later."
        )
        if len(own) == 1:
            self.initial["regions"] = own

    def clean_regions(self) -> Any:
        """Refuse several regions to whoever is not legal in each of them."""
        regions = self.cleaned_data["regions"]
        if not may_span({region.pk for region in regions}, self.user):
            raise ValidationError(_("Only whoever is legal in each of these regions may release for all."))
        return regions

    def clean_goes_live_at(self) -> Any:
        """Refuse a moment that has passed."""
        moment = self.cleaned_data["goes_live_at"]
        if moment and moment <= timezone.now():
            raise ValidationError(_("This moment has passed."))
        return moment


class FindForm(forms.Form):
    """Asks which pages and snippets to choose from."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    words = forms.CharField(label=_("Title has"), required=False, max_length=100)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer `kinds`."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined] # it is a choice field
