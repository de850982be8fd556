"""An outsider verifies documents with the public keys and one page, opened from the disk."""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from config.record_keys import RecordKeys, signer
from tests.therapies.authority import Authority, authority
from therapies.anchoring import making
from therapies.models import Publication
from therapies.page_record.circumstances import Circumstances, form
from therapies.page_record.document import BLANK, SIGNED, STATED, UNSIGNED, check, document, sealed
from therapies.page_record.rendering import Then
from therapies.page_record.views import VERIFIER

pytestmark = pytest.mark.django_db
STRANGER = RecordKeys("c3RyYW5nZXItc3RyYW5nZXItc3RyYW5nZXItc3RyYW4")
Told = tuple[str, list[str], str]
Verify = Callable[..., Told]


@pytest.fixture(scope="module")
def outsider(browser: Browser) -> Iterator[Page]:
    """The verifier, opened from the disk where there is no network."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.on("request", lambda request: pytest.fail(request.url) if request.url[:5] == "https" else None)
    page.goto(VERIFIER.as_uri())
    yield page
    context.close()


@pytest.fixture
def verify(outsider: Page) -> Verify:
    """Choose files as a person would; return the verdict, what does not hold, and the facts."""

    def chosen(html: str, keys: RecordKeys | None = None, authority: str = "") -> Told:
        outsider.reload()
        put(outsider, "#authority", "authority.pem", authority)
        put(outsider, "#document", "document.html", html)
        put(outsider, "#keys", "record-keys.json", json.dumps((keys or signer()).published))
        outsider.wait_for_selector("#verdict:text-matches('enuine')")
        return (
            outsider.inner_text("#verdict"),
            outsider.locator("li.fails").all_inner_texts(),
            outsider.inner_text("#facts"),
        )

    return chosen


def put(page: Page, field: str, name: str, content: str) -> None:
    """Choose a file of that content, none where it is blank."""
    file = {"name": name, "mimeType": "text/plain", "buffer": content.encode()}
    page.set_input_files(field, [file] if content else [])


def drawn(entry: Publication) -> str:
    """Return the document about what was met at the page of `entry` from its beginning on."""
    now = timezone.now()
    then = Then.at(Publication.objects.all(), entry.subject, entry.since, now)
    assert then
    return document(then, Circumstances(entry.subject, entry.since, "UTC", "de", now, "eu-legal", form("de")))


@pytest.fixture
def genuine() -> str:
    """The document of a page with labels."""
    english = Publication.objects.filter(region="eu", language="en")
    return drawn(english.exclude(products="[]").last())


def restated(html: str) -> str:
    """Return `html` with the hash that it has, under its old signature."""
    signature = SIGNED.search(html)
    assert signature
    fresh = sealed(SIGNED.sub(UNSIGNED, STATED.sub(BLANK, html, count=1), count=1))
    return SIGNED.sub(signature[0], fresh, count=1)


def signed_anew(html: str) -> str:
    """Return `html` as if we ourselves had made it with a lie in it."""
    return sealed(SIGNED.sub(UNSIGNED, STATED.sub(BLANK, html, count=1), count=1))


def test_the_verifier_runs_just_what_it_says():
    html = VERIFIER.read_text()
    for tag, name in (('script type="module"', "script"), ("style", "style")):
        (content,) = re.findall(rf"<{tag}>(.*?)</{name}>", html, re.DOTALL)
        code = b64encode(sha256(content.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{code}'" in html
    assert "default-src 'none'" in html


def test_every_document_that_we_make_is_genuine_to_an_outsider(verify):
    for entry in Publication.objects.all():
        html = drawn(entry)
        assert check(html).faults == []
        verdict, fails, facts = verify(html)
        assert (verdict, fails) == ("Genuine", []), entry
        assert entry.title in facts


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Sample text", "Better text"),
        ("</main>", "<p>It cures.</p></main>"),
        (r'data-page="\d+"', 'data-page="1"'),
        ("</html>", "</html> "),
        ("\n", "\r\n"),
        (r'data-moment="2', 'data-moment="1'),
    ],
)
def test_a_changed_document_is_refused_and_what_is_wrong_is_said(verify, genuine, before, after):
    forged = re.sub(before, after, genuine)
    verdict, fails, _facts = verify(forged)
    assert verdict == "Not genuine"
    assert any("does not have the SHA-256 that it states" in one for one in fails)
    verdict, fails, _facts = verify(restated(forged))
    assert verdict == "Not genuine"
    assert any("signature is none of the keys’" in one for one in fails)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("</main>", "<p>It cures.</p></main>", "The page that it shows is not the one in the entry."),
        ("<h1", "<h1 hidden", "The page that it shows is not the one in the entry."),
        ('(class="label".*?)Sample', r"\1Better", "The words of the label"),
        ("(main.*?<style>)", r"\1p { display: none }", "style"),
        ("</head>", "<style>p { display: none }</style></head>", "styles"),
        (r'data-number="\d+"', 'data-number="99"', "The document names another entry."),
        ("Sample text", "Better text", "what it says was changed"),
        (r'(sha256":\s*")[0-9a-f]{8}', r"\g<1>00000000", "what it says was changed"),
        (r'("signature":\s*")[^"]{4}', r"\1AAAA", "its signature is none of the keys’"),
        (r'("signature":\s*")[^"]+', r"\1", "it is not signed, and no anchor has it"),
        (r'"labels": \[.*?\], "withdrawn"', r'"labels": [], "withdrawn"', "whose entries it carries"),
    ],
)
def test_even_we_cannot_make_a_document_say_other_than_the_record(verify, genuine, before, after, told):
    lie = signed_anew(re.sub(before, after, genuine, flags=re.DOTALL))
    assert lie != genuine
    verdict, fails, _facts = verify(lie)
    assert verdict == "Not genuine"
    assert any(told in one for one in fails), fails


def test_a_stranger_s_keys_verify_nothing(verify, genuine):
    assert verify(genuine, STRANGER)[0] == "Not genuine"
    named_as_ours = STRANGER.published
    named_as_ours["keys"][0]["kid"] = signer().published["keys"][0]["kid"]

    class Posing:
        published = named_as_ours

    assert verify(genuine, Posing())[0] == "Not genuine"


@pytest.mark.parametrize("html", ["", "no document", "<p>x</p>", '<script id="record-proof"></script>'])
def test_what_is_no_document_is_refused(verify, html):
    assert verify(html or " ")[0] == "Not genuine"


@pytest.fixture(scope="module", params=["", "P-256", "P-384"])
def stamper(request, tmp_path_factory) -> Iterator[Authority]:
    """An authority whose keys are of RSA, or of an elliptic curve."""
    with authority(tmp_path_factory.mktemp("authority"), curve=request.param) as found:
        yield found


@pytest.fixture
def stamped(stamper, settings, genuine) -> str:
    """The document once its entry is in an anchor that was stamped."""
    settings.TIMESTAMP_URL, settings.TIMESTAMP_CERTIFICATES = stamper.url, str(stamper.roots)
    assert making.make()
    entry = Publication.objects.filter(region="eu", language="en").exclude(products="[]").last()
    html = drawn(entry)
    assert check(html).faults == []
    assert check(genuine).faults == []  # from before the anchor
    return html


def test_the_outsider_learns_when_it_was_on_record_at_the_latest(verify, stamper, stamped):
    pem = stamper.roots.read_text()
    verdict, fails, facts = verify(stamped, None, pem)
    assert (verdict, fails) == ("Genuine", [])
    assert f"On record at the latest at\n{timezone.now():%Y-%m-%d}T" in facts
    assert "not compared" not in facts
    assert "not compared" in verify(stamped)[2]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (r'("time_stamp": ")(.{600})..', r"\1\2AA", "time-stamp"),
        (r"(root )[0-9a-f]{8}", r"\g<1>00000000", "The anchor’s signature is none of the keys’."),
        (r'("path": \["[LR])....', r"\1AAAA", "The entry is not in the anchor."),
    ],
)
def test_a_forged_anchor_or_time_stamp_is_refused(verify, stamper, stamped, before, after, told):
    lie = signed_anew(re.sub(before, after, stamped))
    verdict, fails, _facts = verify(lie, None, stamper.roots.read_text())
    assert verdict == "Not genuine"
    assert any(told in one for one in fails), fails


def test_another_authority_s_certificates_are_not_that_one_s(verify, stamped, tmp_path):
    with authority(tmp_path) as other:
        verdict, fails, _facts = verify(stamped, None, other.roots.read_text())
    assert (verdict, fails) == ("Not genuine", ["The time-stamp is not that authority’s."])
