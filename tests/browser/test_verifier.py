"""An outsider verifies documents with the public keys and one page, opened from the disk."""

import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import QuerySet
from django.utils import timezone
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from wagtail.models import Page

from config.record_keys import RecordKeys, signer
from region_gate.models import NoticeVersion
from tests.cases import first_cases
from tests.therapies.authority import Authority, Between, authority
from tests.therapies.recorded import publish
from tests.therapies.test_signatures import forge
from therapies.anchoring import making
from therapies.chains import CHAINS
from therapies.models import Label, LabelVersion, Publication
from therapies.page_record.circumstances import Circumstances, form
from therapies.page_record.document import BLANK, SIGNED, STATED, UNSIGNED, check, document, sealed
from therapies.page_record.notices import notices_then
from therapies.page_record.rendering import Then
from therapies.page_record.views import VERIFIER

pytestmark = pytest.mark.django_db
OTHER_PAGE = "The page that it shows is not the one in the entries."
OTHER_MONTH = "Januar" if timezone.now().month != 1 else "Mai"
STRANGER = RecordKeys("c3RyYW5nZXItc3RyYW5nZXItc3RyYW5nZXItc3RyYW4")
Told = tuple[str, list[str], str]
Verify = Callable[..., Told]


@pytest.fixture(scope="module")
def outsider(browser: Browser) -> Iterator[Tab]:
    """The verifier, opened from the disk where there is no network."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.on("request", lambda request: pytest.fail(request.url) if request.url[:5] == "https" else None)
    page.goto(VERIFIER.as_uri())
    yield page
    context.close()


@pytest.fixture
def verify(outsider: Tab) -> Verify:
    """Choose files as a person would; return the verdict, what does not hold, and the facts."""

    def chosen(html: str, keys: RecordKeys | None = None, authority: str = "") -> Told:
        outsider.reload()
        put(outsider, "#authority", "authority.pem", authority)
        put(outsider, "#document", "document.html", html)
        put(outsider, "#keys", "record-keys.json", json.dumps((keys or signer()).published))
        outsider.wait_for_selector("#verdict:text-matches('enuine|proven')")
        return (
            outsider.inner_text("#verdict"),
            outsider.locator("li.fails, li.open").all_inner_texts(),
            outsider.inner_text("#facts"),
        )

    return chosen


def put(page: Tab, field: str, name: str, content: str) -> None:
    """Choose a file of that content, none where it is blank."""
    file = {"name": name, "mimeType": "text/plain", "buffer": content.encode()}
    page.set_input_files(field, [file] if content else [])


def drawn(entry: Publication) -> str:
    """Return the document about what was met at the page of `entry` from its beginning on."""
    return drawn_about(entry, entry.since)


def drawn_about(entry: Publication, moment: datetime) -> str:
    """Return the document about what was met at the page of `entry` at `moment`."""
    now = timezone.now()
    then = Then.at(Publication.objects.all(), entry.subject, moment, now)
    assert then
    return document(then, Circumstances(entry.subject, moment, "UTC", "de", now, "eu-legal", form("de")))


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


@first_cases("step", [20, 1])
def test_every_document_that_we_make_is_genuine_to_an_outsider(verify, step):
    for entry in Publication.objects.all()[::step]:
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


@first_cases(
    ("before", "after", "told"),
    [
        ("</main>", "<p>It cures.</p></main>", OTHER_PAGE),
        ("<h1>", "<h1 hidden>", OTHER_PAGE),
        ('(class="label".*?)Sample', r"\1Better", OTHER_PAGE),
        ('(class="label".*?<dd class="flow")', r"\1 hidden", OTHER_PAGE),
        ('(id="labels-heading".*?</h2>)', r"\1<p>It cures.</p>", OTHER_PAGE),
        ('(data-fact="title">.*?>)[^<]+', r"\1Another", "the entry of the page: title"),
        ('(data-fact="url">)[^<]+', r"\1http://other.example/", "the entry of the page: url"),
        ('(data-fact="region">)[^<]+', r"\1Elsewhere (xx), en", "the entry of the page: region"),
        ('(data-fact="code">)[^<]+', r"\1EU-9999", "the entry of the page: code"),
        ('(data-fact="approved_by"><bdi>)[^<]+', r"\1Nobody", "approved by"),
        (r'(data-fact="since">\d+ \S+ )\d{4}', r"\g<1>1999", "the entry of the page: since"),
        (r'(data-fact="since">\d+ )\S+', r"\1" + OTHER_MONTH, "the entry of the page: since"),
        (r'(data-fact="since">[^<]*?)\d\d:', r"\g<1>77:", "the entry of the page: since"),
        ('data-fact="code"', "", "the entry of the page: code"),
        ('data-fact="code"', 'hidden data-fact="code"', "the entry of the page: code"),
        (
            '(record-annex.*?data-fact="registration">)[^<]+',
            r"\1NONE",
            "the label of SIR-Spheres.*registration",
        ),
        ('(record-annex.*?data-fact="words">.*?)Sample', r"\1Better", "the label of SIR-Spheres.*words"),
        (r'(record-annex.*?data-fact="effective">\D*)\d+', r"\g<1>31", "the label of SIR-Spheres.*effective"),
        ('(record-statement.*?data-fact="words">.*?<p[^>]*>)', r"\1Not ", "a required statement: words"),
        ('(record-statement.*?data-fact="starts">)[^<]+', r"\1 1 Mai 1999", "a required statement: starts"),
        ('(class="statements.*?<p[^>]*>)', r"\1Not ", OTHER_PAGE),
        ('(record-notice.*?data-fact="since">)[^<]+', r"\1 1 Mai 1999", "the entry of a notice: since"),
        ('"shown": true', '"shown": false', "It shows a page, though it says that there was none."),
        ('"faults": \\[', '"faults": ["Page 1 was forged."', "The record was not whole"),
        ("(main.*?<style>)", r"\1p { display: none }", "style"),
        ("</head>", "<style>p { display: none }</style></head>", "styles"),
        (r'data-number="\d+"', 'data-number="99"', "The document names another entry."),
        ("Sample text", "Better text", "what it says was changed"),
        (r'(sha256":\s*")[0-9a-f]{8}', r"\g<1>00000000", "what it says was changed"),
        (r'("signature":\s*")[^"]{4}', r"\1AAAA", "its signature is none of the keys’"),
        (r'"labels": \[.*?\], "withdrawn"', r'"labels": [], "withdrawn"', "whose entries it carries"),
    ],
    first=8,
)
def test_even_we_cannot_make_a_document_say_other_than_the_record(verify, genuine, before, after, told):
    lie = signed_anew(re.sub(before, after, genuine, flags=re.DOTALL))
    assert lie != genuine
    verdict, fails, _facts = verify(lie)
    assert verdict == "Not genuine"
    assert any(re.search(told, one) for one in fails), fails


def test_an_entry_that_nothing_covers_is_not_proven(verify, genuine):
    lie = signed_anew(re.sub(r'("signature":\s*")[^"]+', r"\1", genuine, count=1))
    verdict, fails, _facts = verify(lie)
    assert verdict == "Not proven"
    assert ["no signature and no anchor covers it" in one for one in fails] == [True]


@pytest.fixture
def _before_the_key():
    for model in CHAINS:
        QuerySet(model).update(signature="", key="")


def documents() -> list[str]:
    """Return a document of each English page of Europe."""
    return [drawn(entry) for entry in Publication.objects.open().filter(region="eu", language="en")]


@pytest.mark.usefixtures("_before_the_key")
def test_what_is_older_than_the_key_is_proven_once_it_is_signed(verify):
    assert {verify(html)[0] for html in documents()} == {"Not proven"}
    call_command("keep_record", sign_former=True, stdout=StringIO())
    for html in documents():
        assert verify(html)[:2] == ("Genuine", [])
        assert check(html).faults == []


@pytest.mark.usefixtures("_before_the_key")
def test_what_is_older_than_the_key_is_proven_once_it_is_anchored(verify):
    making.make()
    for html in documents():
        assert verify(html)[:2] == ("Genuine", [])


def test_a_document_says_when_what_it_rests_on_is_forged(verify, genuine):
    notice = NoticeVersion.objects.order_by("number").first()
    forge(notice, heading="It cures")
    html = drawn(Publication.objects.filter(region="eu", language="en").exclude(products="[]").last())
    assert "What this document rests on" in html or "Worauf dieses Dokument" in html
    verdict, fails, _facts = verify(html)
    assert verdict == "Not genuine"
    assert any("Notice 1, entry 1: what it says was changed" in one for one in fails), fails


def lying(**said) -> str:
    """Return a document of ours that shows, for the page, what other entries say."""
    entry = Publication.objects.filter(region="eu", language="en").exclude(products="[]").last()
    now = timezone.now()
    then = Then.at(Publication.objects.all(), entry.subject, entry.since, now)
    assert then
    then.__dict__.update(said)
    return document(then, Circumstances(entry.subject, entry.since, "UTC", "de", now, "eu-legal", form("de")))


def test_another_region_s_label_is_none_of_the_page(verify):
    american = [*LabelVersion.objects.filter(region="us", language="en")][:1]
    assert american
    verdict, fails, _facts = verify(lying(labels=american))
    assert verdict == "Not genuine"
    assert any("is another region’s" in one for one in fails), fails


def test_a_label_of_a_later_day_is_none_of_the_page(verify, genuine):
    label = Label.objects.filter(region__code="eu").exclude(effective_from=None).first()
    label.effective_from += timedelta(days=900)
    label.save()
    later = LabelVersion.objects.filter(label=label.pk, language="en").last()
    verdict, fails, _facts = verify(lying(labels=[later]))
    assert verdict == "Not genuine"
    assert any("was not in force then" in one or "was not published then" in one for one in fails), fails


def test_another_region_s_notice_is_none_of_the_page(verify):
    notice = NoticeVersion.objects.first()
    (own, *_others) = notices_then(timezone.now(), "eu", "en")
    elsewhere = NoticeVersion(
        **{
            field.attname: getattr(notice, field.attname)
            for field in NoticeVersion._meta.concrete_fields
            if field.attname not in {"id", "region", "number", "previous", "sha256", "signature", "key"}
        },
        region="us",
    )
    elsewhere.save()
    verdict, fails, _facts = verify(lying(notices=[replace(own, entry=elsewhere)]))
    assert verdict == "Not genuine"
    assert any("A notice is another region’s" in one for one in fails), fails


def test_drafts_of_colleagues_are_withheld_from_older_entries_and_that_is_said(verify):
    entry = Publication.objects.filter(region="eu", language="en").exclude(products="[]").last()
    content = {**json.loads(entry.content), "draft_title": "Secret plan", "wagtail_admin_comments": ["No!"]}
    fields = {field.attname: getattr(entry, field.attname) for field in Publication._meta.concrete_fields}
    older = Publication(**{**fields, "id": None, "content": json.dumps(content)})
    older.save()
    html = drawn(older)
    assert "Secret plan" not in html
    assert check(html).faults == []
    verdict, fails, _facts = verify(html)
    assert verdict == "Not proven"
    assert ["is withheld (content)" in one for one in fails] == [True]


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


@pytest.fixture(scope="module", params=["", "P-256", "P-384", "between"])
def stamper(request, tmp_path_factory) -> Iterator[Authority]:
    """An authority whose keys are of RSA, or of an elliptic curve, or whose root is further up."""
    given = {"between": Between()} if request.param == "between" else {"curve": request.param}
    with authority(tmp_path_factory.mktemp("authority"), **given) as found:
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
    verdict, fails, facts = verify(stamped)
    assert (verdict, fails) == ("Genuine", [])
    assert "not compared" in facts
    assert "On record at the latest" not in facts


def test_without_the_authority_s_certificates_its_stamp_gets_no_tick(verify, outsider, stamper, stamped):
    verify(stamped)
    note = outsider.locator("li.note")
    assert "choose the authority’s certificates" in note.inner_text()
    assert "seen anchor" not in outsider.inner_text("#findings")
    verify(stamped, None, stamper.roots.read_text())
    assert "A time-stamping authority has seen anchor 1." in outsider.inner_text("#findings")


@pytest.mark.parametrize("between", [Between(is_authority=False), Between(days=-1)])
def test_what_may_not_certify_or_is_not_valid_vouches_for_nobody(
    verify, settings, genuine, tmp_path, between
):
    with authority(tmp_path, between=between) as flawed:
        settings.TIMESTAMP_URL, settings.TIMESTAMP_CERTIFICATES = flawed.url, ""
        assert making.make()
        html = drawn(Publication.objects.filter(region="eu", language="en").exclude(products="[]").last())
        verdict, fails, _facts = verify(html, None, flawed.roots.read_text())
    assert (verdict, fails) == ("Not genuine", ["The time-stamp is not that authority’s."])


def test_a_page_of_last_month_is_verified_with_the_time_stamp_of_then(
    verify, outsider, stamper, settings, time_machine
):
    settings.TIMESTAMP_URL, settings.TIMESTAMP_CERTIFICATES = stamper.url, str(stamper.roots)
    entry = Publication.objects.filter(region="eu", language="en").exclude(products="[]").last()
    then = timezone.now()
    assert making.make()
    time_machine.move_to(then + timedelta(days=31))  # the authority's certificate has ended since
    settings.RECORD_KEYS = ["bmV3LW5ldy1uZXctbmV3LW5ldy1uZXctbmV3LW5ldyE", *settings.RECORD_KEYS]
    publish(Page.objects.get(pk=entry.subject), "Another title since")
    assert making.make()
    html = drawn_about(entry, then)
    assert check(html).faults == []
    changed = signed_anew(html.replace("Sample text", "Better text"))
    published = signer()
    time_machine.move_to(then)
    outsider.clock.set_system_time(then + timedelta(days=31))
    verdict, fails, facts = verify(html, published, stamper.roots.read_text())
    assert (verdict, fails) == ("Genuine", [])
    assert entry.title in facts
    assert f"On record at the latest at\n{then:%Y-%m-%d}T" in facts
    assert verify(changed, published, stamper.roots.read_text())[0] == "Not genuine"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (r'("time_stamp": ")(.{600})..', r"\1\2AA", "time-stamp"),
        (r"(root )[0-9a-f]{8}", r"\g<1>00000000", "The anchor’s signature is none of the keys’."),
        (r'("path": \["[LR])....', r"\1AAAA", "it is not in its anchor"),
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


def test_an_outsider_has_the_files_and_nothing_of_ours(stamper, stamped, tmp_path):
    (tmp_path / "verify.html").write_bytes(VERIFIER.read_bytes())
    (tmp_path / "record-keys.json").write_text(json.dumps(signer().published))
    (tmp_path / "authority.pem").write_bytes(stamper.roots.read_bytes())
    (tmp_path / "as-handed-over.document.html").write_text(stamped)
    (tmp_path / "changed.document.html").write_text(restated(stamped.replace("Sample text", "Better text")))
    script = tmp_path / "outsider.py"
    script.write_bytes(Path(__file__).with_name("outsider.py").read_bytes())
    own = {name: os.environ[name] for name in ("PATH", "HOME", "CHROMIUM") if name in os.environ}
    told = subprocess.run(
        [sys.executable, "-I", script, tmp_path], env=own, cwd=tmp_path, capture_output=True, text=True
    )
    assert told.returncode == 0, told.stderr
    site, genuine, changed = told.stdout.splitlines()
    assert site == "site: []"
    assert genuine.startswith("as-handed-over.document.html: Genuine: ")
    assert f"On record at the latest at {timezone.now():%Y-%m-%d}T" in genuine
    assert changed.startswith("changed.document.html: Not genuine: ")
