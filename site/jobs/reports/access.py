"""Who reads the reports of jobs and mails: administrators."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase


def may_read(user: Any) -> bool:
    """Say whether the reports are open to `user`."""
    return bool(user.is_active and user.is_superuser)


class AdministratorsMixin:
    """Opens a view to administrators only."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse everybody else."""
        if not may_read(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc] # a mixin
