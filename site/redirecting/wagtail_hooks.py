"""Where redirecting meets the Wagtail admin."""

from wagtail import hooks

from .viewsets import RedirectViewSet


@hooks.register("register_admin_viewset")
def redirects_in_the_admin() -> RedirectViewSet:
    """Add the redirects to the admin's menu."""
    return RedirectViewSet("redirects")
