"""A document of the record: the genuine one is known again, a forged one is found out and told apart."""

import re
from time import process_time

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from django.test import override_settings
from django.utils import timezone
from django.utils.translation import override
from selectolax.lexbor import LexborHTMLParser
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.users.models import UserProfile

from home.models import StandardPage
from tests.cases import first_cases
from tests.conftest import approval
from therapies.management.commands.check_record import MAX_MEGABYTES
from therapies.models import Label, Publication, RecordedFile
from therapies.page_record.circumstances import Circumstances, form
from therapies.page_record.document import (
    BLANK,
    CIRCUMSTANCES,
    FORGED,
    LACKS_SIGNATURE,
    OTHER_FORM,
    SAME_FORM,
    SAVED_OTHERWISE,
    SIGNED,
    STATED,
    UNSIGNED,
    check,
    document,
    sealed,
)
from therapies.page_record.rendering import Then

from .conftest import publish as publish_label
from .recorded import publish

pytestmark = pytest.mark.django_db
CODE = "EU-2026-001"
WARNING = "Do not use it while pregnant."


def user(name):
    return get_user_model().objects.get(username=name)


@pytest.fixture
def approved(eu_home) -> StandardPage:
    """A European page that names the product, with a warning and a picture, approved with a code."""
    image = get_image_model().objects.create(title="A drawing", file=get_test_image_file())
    about = StandardPage.objects.child_of(eu_home).get(slug="about")
    about.title = "About SIR-Spheres"
    figure = {"image": {"image": image.pk, "decorative": False, "alt_text": "A liver"}, "caption": ""}
    text = {"heading": "Warnings", "text": f'<p>{WARNING}</p><p><a href="https://away.test/">More</a></p>'}
    about.body = [{"type": "section", "value": text}, {"type": "figure", "value": figure}]
    about.save_revision(user=user("eu-editor"))
    about.get_workflow().start(about, user("eu-editor"))
    state = about.current_workflow_task_state
    state.task.specific.on_action(state, user("eu-legal"), "approve", **approval(CODE))
    return StandardPage.objects.get(pk=about.pk)


def drawn(browser, page) -> str:
    """Return the document of what is met at `page` now."""
    return browser.get(f"/admin/reports/page-record/{page.pk}/document/").text


@pytest.fixture
def genuine(eu_legal, approved) -> str:
    """The document of that page."""
    return drawn(eu_legal, approved)


def remade(html: str) -> str:
    """Return `html` with the hash and the signature that it would have, had the site made it."""
    return sealed(SIGNED.sub(UNSIGNED, STATED.sub(BLANK, html, count=1), count=1))


def resealed(html: str) -> str:
    """Return `html` with the hash that it would have, were it genuine, and the signature that it had."""
    signature = SIGNED.search(html)
    return SIGNED.sub(signature[0], remade(html), count=1) if signature else remade(html)


def told(html: str) -> str:
    """Return all that is found wrong with `html`, which states its own hash."""
    finding = check(html)
    assert finding.is_unaltered
    return "\n".join(finding.differences)


def fact(html: str, name: str) -> str:
    """Return how the document states the fact `name`."""
    (term,) = [node for node in LexborHTMLParser(html).css(".record-sheet dt") if node.text() == name][:1]
    found = re.search(rf"<dt>{name}</dt>\s*<dd[^>]*>(.*?)</dd>", html, re.DOTALL)
    assert term is not None
    return found[1]


def test_a_genuine_document_is_true(genuine):
    assert (check(genuine).faults, check(genuine).is_on_record) == ([], True)
    assert CODE in genuine
    assert WARNING in genuine
    assert "data:image/" in genuine


FORGERIES = {
    "words of the page": (WARNING, "You may use it while pregnant.", "“Do not use it while pregnant.”"),
    "a word of it": ("while pregnant", "when pregnant", "the document “Do not use it when pregnant.”"),
    "its title": (
        '<bdi lang="en">About SIR-Spheres</bdi></dd>',
        '<bdi lang="en">About</bdi></dd>',
        "At “Page”",
    ),
    "its chief heading": ("<h1>About ", "<h1>All about ", "All about"),
    "the approval's code": (CODE, "EU-2026-999", "At “Approval code”: the record says “EU-2026-001”"),
    "the approver": ("<bdi>eu-legal</bdi></dd>", "<bdi>us-legal</bdi></dd>", "At “Approved by”"),
    "the address": ("/eu/about/</dd>", "/us/about/</dd>", "At “Address”"),
    "the region": ("Europe (eu)", "United States (us)", "At “Region”"),
    "a label's words": ("Sample text", "Better text", "Better text"),
    "a label's number": ("SAMPLE-EU-0001", "SAMPLE-EU-0002", "SAMPLE-EU-0002"),
    "a notice's words": ("You are now leaving", "You are staying", "You are staying"),
    "a paragraph more": ("</main>", "<p>It cures.</p></main>", "the document adds “<p> It cures.”"),
    "no warning": (f"<p>{WARNING}</p>", "", f"the document lacks “{WARNING}"),
    "a link": ("https://away.test/", "https://evil.test/", "evil.test"),
    "a style that hides": ("</head>", "<style>main p{display:none}</style></head>", "display:none"),
    "a style of an element": (f"<p>{WARNING}", f'<p style="color:#fff">{WARNING}', 'style="color:#fff"'),
    "an attribute that hides": (f"<p>{WARNING}", f"<p hidden>{WARNING}", "hidden"),
    "words laid over": ("</body>", '<div style="position:fixed">Safe</div></body>', "position:fixed"),
    "a script": ("</head>", "<script>document.title</script></head>", "<script>"),
    "its policy": ("default-src 'none'", "default-src *", "default-src *"),
    "a picture's words": ('alt="A liver"', 'alt="A cure"', "A cure"),
    "an entry's number": ('data-number="2"', 'data-number="1"', 'data-number="1"'),
    "the entry in words": ("entry 2", "entry 1", "At “On record as”"),
    "how whole it is": ("✓ Intact", "✗ Broken", "At “State of the record”"),
    "white space": ("</html>", " </html>", "In the source"),
    "a comment": ("</main>", "<!-- approved --></main>", "approved"),
    "a template": ("</main>", "<template><p>x</p></template></main>", "<template>"),
    "its end": ("</html>", "</html>\n", "In the source"),
    "its time zone": ('data-zone="UTC"', 'data-zone="Europe/Berlin"', "Europe/Berlin"),
}


@first_cases("name", FORGERIES, first=8)
def test_a_forged_document_that_states_its_own_hash_is_found_out(genuine, name):
    before, after, expected = FORGERIES[name]
    assert before in genuine
    forged = resealed(genuine.replace(before, after))
    assert expected in told(forged)


@pytest.mark.parametrize(
    "name", ["Date of preparation", "Review by", "Live from", "Written by", "Published by"]
)
def test_each_fact_is_compared(genuine, name):
    stated = fact(genuine, name)
    forged = resealed(genuine.replace(f"{stated}</dd>", "1 April 2031</dd>"))
    assert f"At “{name}”" in told(forged)
    assert "1 April 2031" in told(forged)


def test_another_picture_is_found_out(genuine):
    (picture,) = [file for file in RecordedFile.objects.all() if f'src="{file.data_url}"' in genuine]
    forged = resealed(genuine.replace(picture.data_url, "data:image/png;base64,AAAA"))
    assert "data:image/png;base64,AAAA" in told(forged)


def test_the_words_of_another_page_under_this_page_s_facts_are_found_out(eu_legal, genuine, eu_home):
    other = drawn(eu_legal, StandardPage.objects.child_of(eu_home).get(slug="contact"))
    main = re.compile(r"<main.*</main>", re.DOTALL)
    forged = main.sub(lambda found: main.search(other)[0], genuine)
    assert "Contact" in told(resealed(forged))


def test_the_document_of_another_moment_is_found_out(eu_legal, approved, genuine):
    publish(approved, "Renewed")
    later = drawn(eu_legal, approved)
    moment = re.compile(r'data-moment="[^"]*"')
    forged = moment.sub(moment.search(genuine)[0], later, count=1)
    assert "Renewed" in told(resealed(forged))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r'data-moment="[^"]*"', 'data-moment="2999-01-01T00:00:00+00:00"'),
        (r'data-moment="[^"]*"', 'data-moment="yesterday"'),
        (r'data-drawn-at="[^"]*"', 'data-drawn-at="2999-01-01T00:00:00+00:00"'),
        (r'data-moment="[^"]*"', 'data-moment="0001-01-01T00:00:00+14:00"'),
        (r'data-drawn-at="[^"]*"', 'data-drawn-at="9999-12-31T23:59:59-14:00"'),
        (r'data-moment="[^"]*"', f'data-moment="{"9" * 5000}"'),
        (r'data-zone="[^"]*"', 'data-zone="../../etc/passwd"'),
        (r'data-zone="[^"]*"', 'data-zone="America"'),
        (r'data-zone="[^"]*"', f'data-zone="{"x" * 5000}"'),
        (r'data-page="\d+"', f'data-page="{"9" * 5000}"'),
        (r'data-page="\d+"', f'data-page="{"9" * 20}"'),
        (r"<dt>", "<dt>" * 1000),
        (r'data-page="\d+"', 'data-page="x"'),
        (r'class="record-sheet"', 'class="sheet"'),
        (r'lang="en"( aria-labelledby)', r'lang="tlh"\1'),
    ],
)
def test_a_document_that_cannot_be_drawn_up_again_is_not_true(genuine, before, after):
    forged = resealed(re.sub(before, after, genuine, count=1))
    assert "It cannot be compared with the record." in told(forged)
    assert len(told(forged)) < 500


def test_a_number_of_an_entry_that_no_database_holds_is_on_no_record(genuine):
    forged = resealed(re.sub(r'data-number="\d+"', f'data-number="{"9" * 5000}"', genuine))
    assert not check(forged).is_on_record


@pytest.mark.parametrize("save", [lambda html: html.replace("\n", "\r\n"), lambda html: f"\ufeff{html}"])
def test_a_copy_with_other_line_ends_or_a_byte_order_mark_is_called_just_that(genuine, save):
    assert check(save(genuine)).faults == [SAVED_OTHERWISE]
    assert check(save(older(genuine))).faults == [SAVED_OTHERWISE]
    forged = check(save(resealed(genuine.replace(CODE, "EU-2026-999"))))
    assert SAVED_OTHERWISE not in forged.faults
    assert forged.differences
    assert all("EU-2026-999" in difference for difference in forged.differences)


def test_another_version_that_gives_the_same_words_is_told_of(genuine):
    finding = check(remade(re.sub('data-form="[^"]*', f'data-form="{"0" * 64}', genuine)))
    assert finding.faults == []
    assert SAME_FORM in finding.notes
    assert SAME_FORM not in check(genuine).notes


BOMBS = {
    "deep": lambda html: "<div>" * 200_000 + html,
    "deep in the page": lambda html: html.replace("</main>", "<div>" * 200_000 + "</main>"),
    "headings in headings": lambda html: "<h1><div>" * 100_000 + html,
    "open tags at each paragraph": lambda html: (
        "".join(f"<b id={number}>" for number in range(2000)) + "<p>" * 100_000 + html
    ),
    "alike": lambda html: html.replace("</main>", "<p>a<p>b" * 50_000 + "</main>"),
    "twice each": lambda html: html.replace("<p", "<p><p").replace("</main>", html * 5 + "</main>"),
    "open angles": lambda html: html + "<" * 1_000_000,
    "open comments": lambda html: html + "<!--" * 200_000,
    "line ends": lambda html: html + "\r" * 1_000_000,
    "a number": lambda html: html.replace("</main>", f"&#{'9' * 5000};</main>"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_no_document_takes_long(genuine, name):
    forged = resealed(BOMBS[name](genuine))
    began = process_time()
    differences = told(forged)
    assert process_time() - began < 20
    assert 0 < len(differences) < 40_000


def test_the_command_refuses_what_is_larger_than_any_document(tmp_path):
    file = tmp_path / "record.html"
    with file.open("wb") as opened:
        opened.truncate(MAX_MEGABYTES * 2**20 + 1)
    with pytest.raises(CommandError, match="larger than 64 MB"):
        call_command("check_record", file)


def test_the_command_prints_nothing_that_commands_a_terminal(genuine, tmp_path, capsys):
    file = tmp_path / "record.html"
    lie = "\x1b[2J\nAll is as it was made.\n"
    file.write_text(resealed(genuine.replace(CODE, lie)), newline="")
    with pytest.raises(SystemExit):
        call_command("check_record", file)
    told = capsys.readouterr().err
    assert "\x1b" not in told
    assert "All is as it was made." not in told.splitlines()


def test_any_other_file_is_no_document():
    for text in ("", "x", "<html></html>"):
        assert check(text).faults


def test_a_document_stays_true_whatever_happens_later(genuine, eu, approved):
    publish(approved, "Renewed")
    for label in Label.objects.filter(region=eu):
        label.registration_number = "RENEWED-2"
        publish_label(label)
    StandardPage.objects.get(pk=approved.pk).delete()
    type(user("eu-legal")).objects.filter(username="eu-legal").update(is_active=False)
    assert check(genuine).faults == []


def test_no_words_pass_as_the_name_of_who_drew_it_up(genuine):
    words = "eu-legal. The statements on this page were withdrawn and must not be relied on."
    forged = resealed(genuine.replace("eu-legal", words))
    assert any(fault.startswith("Nobody here has the name") for fault in check(forged).faults)


@pytest.mark.parametrize("language", ["en", "de", "fr"])
@pytest.mark.parametrize("zone", ["UTC", "America/St_Johns", "Pacific/Kiritimati"])
def test_a_document_is_known_again_in_its_own_language_and_time_zone(eu_legal, approved, language, zone):
    UserProfile.objects.update_or_create(
        user=user("eu-legal"), defaults={"preferred_language": language, "current_time_zone": zone}
    )
    html = drawn(eu_legal, approved)
    assert f'data-zone="{zone}"' in html
    with override("en"):
        assert check(html).faults == []
        assert check(older(html)).faults == []


def older(html: str) -> str:
    """Return the document as a version made it that stated its circumstances in words only."""
    return remade(CIRCUMSTANCES.sub("", html, count=1))


def test_a_forged_document_of_an_older_version_is_found_out(genuine):
    before, after, expected = FORGERIES["the approval's code"]
    assert expected in told(older(genuine.replace(before, after)))


@pytest.mark.parametrize(
    "make", [older, lambda html: resealed(re.sub('data-form="[^"]*', 'data-form="0', html))]
)
def test_other_words_of_another_version_are_told_plainly_and_no_accusation(genuine, make):
    renamed = make(genuine.replace("<dt>Approval code</dt>", "<dt>Code of approval</dt>"))
    finding = check(renamed)
    assert "the record says “Approval code”, the document “Code of approval”" in "\n".join(
        finding.differences
    )
    assert OTHER_FORM in finding.notes


def test_a_genuine_difference_of_this_version_is_no_matter_of_form(genuine):
    assert OTHER_FORM not in check(resealed(genuine.replace(CODE, "EU-2026-999"))).notes


def test_the_command_names_what_differs_and_what_nobody_can_check(genuine, tmp_path, capsys):
    file = tmp_path / "record.html"
    file.write_text(genuine, newline="")
    call_command("check_record", file)
    assert "Not checked, as no record has it: who drew it up, and when (eu-legal," in capsys.readouterr().out
    file.write_text(resealed(genuine.replace(CODE, "EU-2026-999")), newline="")
    with pytest.raises(SystemExit) as stopped:
        call_command("check_record", file)
    assert stopped.value.code == 1
    assert (
        "At “Approval code”: the record says “EU-2026-001”, the document “EU-2026-999”."
        in capsys.readouterr().err
    )


def test_a_document_of_thousands_of_forged_words_is_told_in_short(genuine):
    many = "".join(f"<p>Lie {number}</p>" for number in range(3000))
    finding = check(resealed(genuine.replace("</main>", f"{many}</main>").replace("SIR-Spheres", "X")))
    assert 1 < len(finding.differences) <= 51
    assert all(len(difference) < 700 for difference in finding.differences)


def test_only_the_signature_says_who_drew_it_up(genuine):
    forged = resealed(genuine.replace('data-drawn-by="eu-legal"', 'data-drawn-by="us-legal"'))
    assert "“eu-legal”" in told(forged) or "“us-legal”" in told(forged)
    everywhere = re.sub(r"(Drawn up</dt>\s*<dd>[^<]*<bdi>)eu-legal", r"\1us-legal", forged)
    assert check(resealed(everywhere)).faults == [FORGED]
    assert check(remade(everywhere)).faults == []
    assert "(us-legal, " in check(resealed(everywhere)).notes[0]


def test_a_document_s_signature_is_not_another_s(eu_legal, approved, genuine):
    other = SIGNED.search(drawn(eu_legal, approved.get_parent()))[0]
    assert check(SIGNED.sub(other, genuine, count=1)).faults == [FORGED]
    assert FORGED in check(resealed(genuine.replace(CODE, "EU-2026-999"))).faults


def test_a_document_without_a_signature_is_found_out_where_there_were_keys(genuine):
    bare = SIGNED.sub(UNSIGNED, genuine, count=1)
    assert check(bare).signing == LACKS_SIGNATURE
    hidden = SIGNED.sub("", genuine, count=1)
    assert check(resealed(hidden)).signing == LACKS_SIGNATURE


def test_a_document_from_before_the_keys_still_verifies(approved):
    with without_keys():
        QuerySet(Publication).update(signature="", key="")
        html = document(
            Then.at(Publication.objects.all(), approved.pk, timezone.now()), circumstances(approved)
        )
        unsigned = document(
            Then.at(Publication.objects.all(), approved.pk, timezone.now()),
            circumstances(approved),
            is_signed=False,
        )
    assert UNSIGNED in html
    assert check(unsigned).faults == []


def circumstances(page) -> Circumstances:
    now = timezone.now()
    return Circumstances(page.pk, now, "UTC", "en", now, "eu-legal", form("en"))


def without_keys() -> override_settings:
    """Have the record unsigned, as it was before there were keys."""
    return override_settings(REGION_GATE={**settings.REGION_GATE, "SIGNER": None})
