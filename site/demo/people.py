"""The demo's sign-ins: an editor and a legal reviewer for each region, and an administrator."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from config.secret import local_secret
from home.access import editors_of, legal_of
from home.models import Region


def password() -> str:
    """Return the password of every demo sign-in, made on this machine and kept on it only."""
    return local_secret(settings.DATA_DIR / "demo-password")[:16]


def admit(region: Region) -> None:
    """Make the sign-ins `‹code›-editor` and `‹code›-legal`."""
    _person(f"{region.code}-editor", editors_of(region))
    _person(f"{region.code}-legal", legal_of(region))


def admit_administrator() -> None:
    """Make the sign-in `admin`."""
    _person("admin", is_superuser=True)


def _person(username: str, group: Group | None = None, is_superuser: bool = False) -> None:
    people = get_user_model().objects
    if people.filter(username=username).exists():
        return
    create = people.create_superuser if is_superuser else people.create_user
    person = create(username, email=f"{username}@example.com", password=password())
    if group:
        person.groups.add(group)


def sign_ins() -> list[str]:
    """Return the user names of the demo, the administrator first."""
    regions = Region.objects.values_list("code", flat=True)
    names = ["admin", *(f"{code}-{role}" for code in regions for role in ("editor", "legal"))]
    found = get_user_model().objects.filter(username__in=names)
    return sorted(found.values_list("username", flat=True), key=names.index)
