"""A person's own account in the admin, whose old password is not guessed."""

from django.utils.functional import cached_property
from wagtail.admin.views.account import AccountView, BaseSettingsPanel, ChangePasswordPanel

from .forms import SlowPasswordChangeForm


class SlowPasswordPanel(ChangePasswordPanel):
    """Takes a new password from whoever knows the old one."""

    form_class = SlowPasswordChangeForm

    @cached_property
    def form(self) -> SlowPasswordChangeForm:
        """Return the form, always the same: each one made of the old password counts as an attempt."""
        form: SlowPasswordChangeForm = super().get_form()
        return form

    def get_form(self) -> SlowPasswordChangeForm:
        """Return the form of this request."""
        return self.form


class SlowAccountView(AccountView):
    """Wagtail's page of a person's account, but for its password."""

    @cached_property
    def panels(self) -> list[BaseSettingsPanel]:
        """Return the parts of the page, made once."""
        return [
            SlowPasswordPanel(one.request, one.user, one.profile)
            if isinstance(one, ChangePasswordPanel)
            else one
            for one in super().get_panels()
        ]

    def get_panels(self) -> list[BaseSettingsPanel]:
        """Return the parts of the page."""
        return self.panels
