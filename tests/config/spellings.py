"""Every address of the URL configuration, and other ways in which each might be spelt."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote_to_bytes

from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

PAGE = "/eu/about/"
# What stands for a part of a route that is captured, by how the route writes it.
SAMPLES = (
    (r"<int:\w+>", "7"),
    (r"\(\?P<\w+>live\|\w+\|\\d\+\)", "7"),
    (r"\(\?P<pk>(\\d\+|\.\+)\)", "7"),
    (r"\(\[1-9\]\[0-9\]\{0,18\}\)", "7"),
    (r"\(\[\^/\]\*\)", "q.pdf"),
    (r"\(\?P<name>.*\)\$", "q.max-100x100.png"),
    (r"\(\(\?:\[\\w\\-\]\+/\)\*\)", PAGE[1:]),
    (r"\(\(\?:\[\\w\\-\]\+/\)\*contact-form/\)", "eu/contact-form/"),
    (r"<str:(pk|object_id)>", "7"),
    (r"<(str|slug):(app_label|app_name|content_type_app_name)>", "home"),
    (r"<(str|slug):(model_name|content_type_model_name)>", "standardpage"),
    (r"<str:filter_spec>", "max-100x100"),
    (r"<(str|slug):\w+>", "publish"),
    (r"<uidb64>", "Nw"),
    (r"<token>", "abc-def"),
)
DIGITS = {"Arabic-Indic": 0x0660, "Devanagari": 0x0966, "full-width": 0xFF10}


def routes(resolver: URLResolver | None = None, start: str = "") -> Iterator[str]:
    """Give an address for each route of the URL configuration, but for what takes all that is left."""
    for found in (resolver or get_resolver()).url_patterns:
        route = start + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from routes(found, route)
        elif not route.endswith(("^", "^.*/$")):
            yield "/" + _filled(route)


def _filled(route: str) -> str:
    for written, sample in SAMPLES:
        route = re.sub(written, sample, route)
    return re.sub(r"[\^$]", "", route).replace("\\.", ".").replace("\\Z", "")


def others(path: str) -> list[str]:
    """Return other spellings of `path`, as the target of a request."""
    found = dict.fromkeys((*_of_numbers(path), *_of_letters(path), *_of_slashes(path), *_of_ends(path)))
    return [other for other in found if other != path]


def _of_numbers(path: str) -> Iterator[str]:
    for number in set(re.findall(r"(?<=/)\d+(?=/|$)", path)):
        spelt = {f"0{number}", f"+{number}", f"{number[0]}_{number}", f"%20{number}", f"_2B{number}"}
        spelt |= {_encoded(number), _encoded(number).replace("%", "%25"), "0" * 5000 + number, "9" * 5000}
        spelt |= {"".join(_encoded(chr(first + int(digit))) for digit in number) for first in DIGITS.values()}
        yield from (re.sub(rf"(?<=/){number}(?=/|$)", other, path) for other in sorted(spelt))


def _of_letters(path: str) -> Iterator[str]:
    for position in {1, len(path) - 2}:
        letter = path[position : position + 1]
        for other in (_encoded(letter), _encoded(letter).lower(), _encoded(letter).replace("%", "%25")):
            yield path[:position] + other + path[position + 1 :]
    yield path.upper()
    yield path.title()
    yield path.replace(".", "%2e")
    yield path.replace(".", "%c0%ae")
    yield path.replace("a", "\N{CYRILLIC SMALL LETTER A}")


def _of_slashes(path: str) -> Iterator[str]:
    for position in {0, path.find("/", 1), path.rfind("/")} - {-1}:
        for other in ("%2f", "%2F", "%252f", "//", "/./", "/%2e/", "/x/../", "/x/%2e%2e/", "/x/..%2f"):
            yield path[:position] + other + path[position + 1 :]
        for other in ("\\", "%5c", "%c0%af", "/%00"):
            yield path[:position] + other + path[position + 1 :]


def _of_ends(path: str) -> Iterator[str]:
    for end in (".", "%2e", "%20", "%09", "%0a", "%00", ";a", "%3Ba", "%2f", "%3f", "#a", "%ff"):
        yield path + end
        yield f"{path.rstrip('/')}{end}/"
    yield f"{path}/" if not path.endswith("/") else path[:-1]


class Tripwire:
    """Stands where the views are, innermost, and says that one was reached."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: list[object], kwargs: dict[str, object]
    ) -> HttpResponse:
        """Answer with what a lenient view may take the address for; 404 where nothing is known of it."""
        is_page = request.resolver_match.url_name == "wagtail_serve"
        if request.path != PAGE if is_page else view.__name__ == "default":
            return HttpResponse(status=404)
        return HttpResponse(
            repr((view.__qualname__, [_leniently(value) for value in (*args, *kwargs.values())]))
        )


def _leniently(value: object) -> object:
    text = unquote(str(value))
    try:
        return int(text)
    except ValueError:
        return text


def _encoded(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def ask(client: Client, target: str, method: str = "GET") -> HttpResponse:
    """Return the answer to `target`, with all that a server tells of it."""
    address = target.removeprefix("http://testserver").partition("#")[0]
    path, _, query = address.partition("?")
    decoded = unquote_to_bytes(path).decode("latin-1")
    answer = client.generic(method, "/", PATH_INFO=decoded, QUERY_STRING=query, RAW_URI=target)
    if answer.streaming:
        b"".join(answer)
    for close in answer._resource_closers:  # `answer.close()` would end the database's connection, too
        close()
    return answer
