"""Wagtail's app of groups and people, with our forms."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """Names the views, as Wagtail's documentation of custom user models says."""

    group_viewset = "home.account_forms.GroupViewSet"
    user_viewset = "home.account_forms.UserViewSet"
