"""With scripts on, the notice opens over the page; whatever goes wrong, visitors meet its page instead."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import Locator, Page, Playwright, Route, expect

from tests.cases import first_cases
from tests.conftest import CONTENT

from .axe import Axe
from .conftest import PATIENT

TREATMENT = "/eu/therapies/liver-metastases-colorectal-cancer/"
EVIDENCE = "/us/clinical-evidence/"
ARTICLE = "https://doi.org/10.1200/JCO.2015.66.1181"
HEADINGS = {"cross-region": "You are now leaving your current region", "third-party": "Now leaving"}
SCRIPT = Path("region_gate/static/region_gate/gate.js")

kinds = pytest.mark.parametrize("kind", list(HEADINGS))


@pytest.fixture
def treatment(page: Page) -> Page:
    """The treatment page, which notes what the gate stops on it."""
    page.add_init_script(
        "window.stopped = [];"
        "document.addEventListener('region-gate:stopped', (event) => stopped.push(event.detail.address));"
    )
    page.goto(TREATMENT)
    return page


def link(page: Page, kind: str = "third-party") -> Locator:
    return page.locator(f"main a[data-crossing='{kind}']").first


def dialog(page: Page, kind: str = "third-party") -> Locator:
    return page.get_by_role("dialog", name=HEADINGS[kind])


def expect_the_page(page: Page) -> None:
    expect(page).to_have_url(re.compile("/leaving/"))
    expect(page.locator("[data-notice='third-party']")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def expect_no_violations(page: Page) -> None:
    rules = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": rules})
    assert found.violations_count == 0, found.generate_report()


def on_fetch(page: Page, answer: Callable[[Route], None]) -> None:
    """Answer the script's own requests with `answer`, and let the visitor's go on."""
    page.route(
        "**/leaving/**",
        lambda route: answer(route) if route.request.resource_type == "fetch" else route.fallback(),
    )


def leaving_requests(page: Page) -> list[str]:
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if "/leaving/" in request.url else None)
    return found


# What a visitor sees


@kinds
def test_a_click_opens_the_exact_words_over_the_page(treatment: Page, kind):
    link(treatment, kind).click()
    notice = dialog(treatment, kind)
    expect(notice).to_be_visible()
    expect(treatment).to_have_url(re.compile(f"{TREATMENT}$"))
    words = notice.locator("[data-notice]").locator("h1, p").all_text_contents()
    approved = CONTENT / f"{kind.replace('-', '_')}_notice.txt"
    assert "\n\n".join(words) + "\n" == approved.read_text(encoding="utf-8")
    assert notice.locator("[data-notice]").inner_text().split() == " ".join(words).split()


@kinds
def test_the_notice_is_read_from_its_heading_on(treatment: Page, kind):
    link(treatment, kind).press("Enter")
    expect(dialog(treatment, kind).get_by_role("heading", level=1)).to_be_focused()
    treatment.keyboard.press("Tab")
    expect(treatment.get_by_role("link", name="Continue", exact=True)).to_be_focused()
    treatment.keyboard.press("Tab")
    expect(treatment.get_by_role("link", name="Stay")).to_be_focused()


def test_a_second_enter_does_not_pass_the_notice(treatment: Page):
    link(treatment).focus()
    treatment.keyboard.press("Enter")
    expect(dialog(treatment)).to_be_visible()
    treatment.keyboard.press("Enter")
    expect(dialog(treatment)).to_be_visible()
    expect(treatment).to_have_url(re.compile(f"{TREATMENT}$"))


@pytest.mark.parametrize("leave", ["Escape", "Stay", "Stay by keyboard"])
def test_staying_closes_the_dialog_and_gives_focus_back(treatment: Page, leave):
    link(treatment).click()
    expect(dialog(treatment)).to_be_visible()
    stay = dialog(treatment).get_by_role("link", name="Stay")
    {
        "Escape": lambda: treatment.keyboard.press("Escape"),
        "Stay": stay.click,
        "Stay by keyboard": lambda: stay.press("Enter"),
    }[leave]()
    expect(treatment.get_by_role("dialog")).to_have_count(0)
    expect(link(treatment)).to_be_focused()
    expect(treatment.locator("[data-notice]")).to_have_count(0)
    expect(treatment).to_have_url(re.compile(f"{TREATMENT}$"))


def test_the_page_behind_is_inert(treatment: Page):
    link(treatment).click()
    expect(dialog(treatment)).to_be_visible()
    link(treatment, "cross-region").evaluate("(behind) => behind.focus()")
    expect(link(treatment, "cross-region")).not_to_be_focused()
    treatment.mouse.click(2, 2)
    expect(dialog(treatment)).to_be_visible()
    for _ in range(6):
        treatment.keyboard.press("Tab")
        assert not treatment.evaluate("Boolean(document.activeElement.closest('main, header, footer'))")


@kinds
def test_continue_is_a_plain_link_to_the_destination(treatment: Page, kind, base_url):
    link(treatment, kind).click()
    onward = dialog(treatment, kind).get_by_role("link", name="Continue", exact=True)
    destination = {"cross-region": base_url + EVIDENCE, "third-party": ARTICLE}[kind]
    expect(onward).to_have_attribute("href", destination)
    expect(dialog(treatment, kind)).to_contain_text(destination)
    onward.click()
    expect(treatment).to_have_url(destination)


@kinds
def test_back_after_continue_returns_to_the_page_without_a_dialog(treatment: Page, kind):
    link(treatment, kind).click()
    dialog(treatment, kind).get_by_role("link", name="Continue", exact=True).click()
    expect(treatment).not_to_have_url(re.compile(TREATMENT))
    treatment.go_back()
    expect(treatment).to_have_url(re.compile(f"{TREATMENT}$"))
    expect(treatment.get_by_role("dialog")).to_have_count(0)
    link(treatment, kind).click()
    expect(dialog(treatment, kind)).to_be_visible()


def test_a_page_that_the_browser_has_kept_whole_comes_back_without_a_dialog(
    playwright: Playwright, browser_type_launch_args, base_url
):
    windowed = (
        which("chromium")
        or which("google-chrome")
        or pytest.skip("A Chromium without windows keeps no page whole.")
    )
    keeping = {
        **browser_type_launch_args,
        "executable_path": windowed,
        "ignore_default_args": ["--disable-back-forward-cache"],
    }
    with playwright.chromium.launch(**keeping) as browser:
        page = browser.new_page()
        page.add_init_script(PATIENT)
        page.add_init_script("addEventListener('pageshow', (event) => { window.kept = event.persisted })")
        page.goto(base_url + TREATMENT)
        link(page, "cross-region").click()
        dialog(page, "cross-region").get_by_role("link", name="Continue", exact=True).click()
        expect(page).to_have_url(re.compile(f"{EVIDENCE}$"))
        page.go_back(wait_until="commit")
        page.wait_for_function("window.kept")
        expect(page.get_by_role("dialog")).to_have_count(0)
        link(page).click()
        expect(dialog(page)).to_be_visible()


def test_the_dialog_opens_again_and_for_another_link(treatment: Page):
    for kind in ("third-party", "cross-region", "third-party"):
        link(treatment, kind).click()
        expect(dialog(treatment, kind)).to_be_visible()
        treatment.keyboard.press("Escape")
        expect(treatment.get_by_role("dialog")).to_have_count(0)


def test_a_double_click_opens_one_dialog(treatment: Page):
    link(treatment).dblclick()
    expect(dialog(treatment)).to_have_count(1)
    expect(treatment).to_have_url(re.compile(f"{TREATMENT}$"))


def test_a_double_click_does_not_hit_continue(treatment: Page):
    link(treatment).click()
    box = dialog(treatment).get_by_role("link", name="Continue", exact=True).bounding_box()
    treatment.keyboard.press("Escape")
    link(treatment).evaluate(
        "(it, {x, y}) => Object.assign(it.style, {position: 'fixed', left: `${x}px`, top: `${y}px`})", box
    )
    treatment.mouse.dblclick(box["x"] + 10, box["y"] + 10, delay=20)
    expect(dialog(treatment)).to_be_visible()
    expect(treatment).to_have_url(re.compile(f"{TREATMENT}$"))


def test_two_tabs_have_a_dialog_each(treatment: Page):
    other = treatment.context.new_page()
    other.goto(TREATMENT)
    link(treatment).click()
    link(other, "cross-region").click()
    expect(dialog(other, "cross-region")).to_be_visible()
    expect(dialog(treatment)).to_be_visible()
    other.keyboard.press("Escape")
    expect(other.get_by_role("dialog")).to_have_count(0)
    expect(dialog(treatment)).to_be_visible()


def test_a_german_page_opens_the_german_words(page: Page):
    page.goto(f"/de{TREATMENT}")
    link(page).click()
    notice = page.get_by_role("dialog")
    expect(notice.locator("[data-notice]")).to_have_attribute("lang", "de")
    notice.get_by_role("link", name="Weiter", exact=True).click()
    expect(page).to_have_url(ARTICLE)


@first_cases("width", [320, 1280])
@first_cases("scheme", ["light", "dark"])
@kinds
def test_axe_finds_nothing_in_the_open_dialog(treatment: Page, kind, scheme, width):
    treatment.set_viewport_size({"width": width, "height": 800})
    treatment.emulate_media(color_scheme=scheme)
    link(treatment, kind).click()
    expect(dialog(treatment, kind)).to_be_visible()
    expect_no_violations(treatment)


@kinds
def test_the_dialog_fits_a_small_phone_and_scrolls_inside(treatment: Page, kind):
    treatment.set_viewport_size({"width": 320, "height": 400})
    link(treatment, kind).click()
    box = dialog(treatment, kind).bounding_box()
    assert 0 <= box["x"] <= 320 - box["width"]
    assert 0 <= box["y"] <= 400 - box["height"]
    assert dialog(treatment, kind).evaluate("(it) => it.scrollWidth <= it.clientWidth")
    dialog(treatment, kind).locator(".gate-destination").scroll_into_view_if_needed()
    expect(dialog(treatment, kind).locator(".gate-destination")).to_be_in_viewport()


SMALL = [(320, 256), (320, 480), (320, 568), (375, 667)]  # the first is 1280 by 1024 at 400 %


def ways_on(page: Page) -> Locator:
    ways = page.get_by_role("dialog").locator(".gate-ways a")
    expect(ways).to_have_count(2)
    return ways


@first_cases("size", SMALL, ids=str)
@first_cases("language", ["", "/de", "/fr"], ids=["en", "de", "fr"])
@kinds
def test_both_ways_on_stay_in_view_while_the_words_scroll(page: Page, kind, language, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(language + TREATMENT)
    link(page, kind).click()
    ways = ways_on(page)
    page.locator(".gate-address").evaluate("(it) => { it.textContent += 'x/'.repeat(2000) }")
    for share in (0, 0.1, 0.5, 1):
        page.get_by_role("dialog").evaluate(f"(it) => it.scrollTo(0, {share} * it.scrollHeight)")
        for way in ways.all():
            expect(way).to_be_in_viewport(ratio=1)
            assert way.bounding_box()["height"] >= 44
    assert page.get_by_role("dialog").evaluate("(it) => it.scrollWidth <= it.clientWidth")


STANDS_STILL = """(it) => new Promise((done) => {
  let box = it, before = -1;
  while (box.parentElement && box.scrollHeight <= box.clientHeight) box = box.parentElement;
  const look = () => {
    if (box.scrollTop === before) return done();
    before = box.scrollTop;
    setTimeout(look, 100);
  };
  look();
})"""


@first_cases("size", SMALL, ids=str)
def test_the_words_scroll_by_keyboard_from_where_the_focus_is(page: Page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"/de{TREATMENT}")
    link(page).press("Enter")
    ways_on(page)
    last = page.locator("[data-notice] p").last

    def press(key: str) -> None:
        last.evaluate(STANDS_STILL)  # a key that is pressed while the words still scroll is lost
        page.keyboard.press(key)

    press("End")
    expect(last).to_be_in_viewport()
    press("Home")
    expect(page.get_by_role("heading", level=1).and_(page.locator(":focus-visible"))).to_be_in_viewport(
        ratio=1
    )
    press("Tab")
    assert ways_on(page).first.evaluate("(it) => getComputedStyle(it).outlineStyle") == "solid"
    press("End")
    expect(last).to_be_in_viewport()


def test_what_has_the_focus_is_not_under_the_ways_on(page: Page):
    page.set_viewport_size({"width": 320, "height": 480})
    page.goto(f"/de{TREATMENT}")
    link(page).click()
    ways = ways_on(page)
    after = "<p><a href=/de/eu/ id=after>Danach</a></p>"
    ways.first.evaluate("(it, html) => it.parentElement.insertAdjacentHTML('afterend', html)", after)
    for key in ("Tab", "Tab", "Tab"):
        page.keyboard.press(key)
    focused = page.locator("#after")
    expect(focused).to_be_focused()
    expect(focused).to_be_in_viewport(ratio=1)
    edge = ways.first.locator("xpath=..").bounding_box()
    assert focused.bounding_box()["y"] >= edge["y"] + edge["height"]


@first_cases("scheme", ["light", "dark"])
@first_cases("language", ["/de", "/fr"])
@kinds
def test_axe_finds_nothing_in_the_dialog_on_a_small_phone(page: Page, kind, language, scheme):
    page.set_viewport_size({"width": 320, "height": 480})
    page.emulate_media(color_scheme=scheme)
    page.goto(language + TREATMENT)
    link(page, kind).click()
    ways_on(page)
    expect_no_violations(page)


def test_a_screen_reader_is_told_the_heading_s_name_and_then_the_words(treatment: Page):
    link(treatment).click()
    expect(dialog(treatment)).to_be_visible()
    heading, *words = dialog(treatment).locator("[data-notice]").locator("h1, p").all_text_contents()
    lines = [f'- dialog "{heading}":', f'  - heading "{heading}" [level=1]']
    found = treatment.locator("dialog").aria_snapshot()
    assert found.splitlines()[:2] == lines
    spoken = [found.index(text[:40]) for text in (*words, 'link "Continue"', 'link "Stay')]
    assert spoken == sorted(spoken)


# When the notice is fetched


@pytest.mark.parametrize("approach", ["hover", "focus"])
def test_the_notice_is_fetched_once_when_a_visitor_comes_near(treatment: Page, approach):
    found = leaving_requests(treatment)
    with treatment.expect_response("**/leaving/**"), treatment.expect_response("**/notice*.css"):
        getattr(link(treatment), approach)()
    treatment.mouse.move(0, 0)
    link(treatment).hover()
    link(treatment).click()
    expect(dialog(treatment)).to_be_visible()
    treatment.keyboard.press("Escape")
    link(treatment).click()
    expect(dialog(treatment)).to_be_visible()
    assert len(found) == 1


def test_a_page_that_nobody_leaves_fetches_nothing(treatment: Page):
    found = leaving_requests(treatment)
    treatment.get_by_role("heading", level=1).hover()
    treatment.get_by_role("link", name="this page").first.hover()
    treatment.wait_for_load_state("networkidle")
    assert found == []


# What goes wrong

ANSWERS = {
    "no network": lambda route: route.abort(),
    "500": lambda route: route.fulfill(status=500, body="x"),
    "404": lambda route: route.fulfill(status=404, body="x"),
    "503 with a notice": lambda route: route.fulfill(status=503, response=route.fetch()),
    "a redirect": lambda route: route.fulfill(status=302, headers={"Location": "/eu/"}),
    "no notice": lambda route: route.fulfill(content_type="text/html", body="<h1>Now leaving</h1>"),
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
@first_cases("follow", ["click", "Enter"])
def test_where_the_fetch_fails_visitors_meet_the_page(treatment: Page, answer, follow):
    on_fetch(treatment, answer)
    link(treatment).click() if follow == "click" else link(treatment).press("Enter")
    expect_the_page(treatment)
    treatment.get_by_role("link", name="Stay").click()
    expect(treatment).to_have_url(re.compile(f"{TREATMENT}$"))


def test_who_has_waited_for_a_second_meets_the_page(page: Page):
    page.add_init_script("AbortSignal.timeout = AbortSignal.asWritten")
    page.goto(TREATMENT)
    on_fetch(page, lambda route: None)
    link(page).click()
    expect_the_page(page)


def test_where_the_style_sheet_fails_visitors_meet_the_page(treatment: Page):
    treatment.route("**/notice*.css", lambda route: route.abort())
    link(treatment).click()
    expect_the_page(treatment)


@pytest.mark.parametrize("missing", ["HTMLDialogElement.prototype.showModal", "AbortSignal.timeout"])
def test_in_an_old_browser_visitors_meet_the_page(page: Page, missing):
    page.add_init_script(f"delete {missing}")
    page.goto(TREATMENT)
    link(page).click()
    expect_the_page(page)


def test_who_goes_elsewhere_while_waiting_is_not_called_back(treatment: Page):
    waiting: list[Route] = []
    on_fetch(treatment, waiting.append)
    with treatment.expect_request("**/leaving/**"):
        link(treatment).click()
    treatment.get_by_role("link", name="this page").first.click()
    expect(treatment).to_have_url(re.compile("/eu/sir-spheres/$"))
    expect(treatment.get_by_role("dialog")).to_have_count(0)


def test_a_notice_that_comes_late_but_in_time_is_shown(treatment: Page):
    waiting: list[Route] = []
    on_fetch(treatment, waiting.append)
    with treatment.expect_request("**/leaving/**"):
        link(treatment).click()
    expect(treatment.get_by_role("dialog")).to_have_count(0)
    waiting[0].continue_()
    expect(dialog(treatment)).to_be_visible()


# What is left to the browser


@pytest.mark.parametrize("modifiers", [["Control"], ["Shift"]], ids="-".join)
def test_a_modified_click_opens_the_page_elsewhere(treatment: Page, modifiers):
    with treatment.context.expect_page() as opened:
        link(treatment).click(modifiers=modifiers)
    expect_the_page(opened.value)
    expect(treatment.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize(
    "change",
    ["link.target = '_blank'", "document.head.appendChild(document.createElement('base')).target = '_blank'"],
)
def test_a_link_to_another_tab_opens_the_page_there(treatment: Page, change):
    link(treatment).evaluate(f"(link) => {{ {change} }}")
    with treatment.context.expect_page() as opened:
        link(treatment).click()
    expect_the_page(opened.value)
    expect(treatment.get_by_role("dialog")).to_have_count(0)


def test_a_click_that_a_script_has_dealt_with_is_left_alone(treatment: Page):
    found = leaving_requests(treatment)
    link(treatment).evaluate("(link) => link.addEventListener('click', (event) => event.preventDefault())")
    link(treatment).dispatch_event("click")
    expect(treatment.get_by_role("dialog")).to_have_count(0)
    assert found == []


# Links that are not the server's

STRAYS = {
    "a third party": '<a href="https://evil.test/">stray</a>',
    "another region": '<a href="/us/">stray</a>',
    "in capitals": '<a href="/US/">stray</a>',
    "encoded": '<a href="/%75s/">stray</a>',
    "behind encoded dots": '<a href="/eu/%ff/..%2f..%2fus/">stray</a>',
    "in another language": '<a href="/fr/us/">stray</a>',
    "by the site's other name": '<a href="http://localhost/us/">stray</a>',
    "a backslash": r'<a href="/\evil.test/">stray</a>',
    "another port": '<a href="http://127.0.0.1:9/">stray</a>',
    "another scheme": '<a href="ftp://evil.test/">stray</a>',
    "a script": """<a href="javascript:location='https://evil.test/'">stray</a>""",
    "what cannot be read": '<a href="https://[evil">stray</a>',
    "a new tab": '<a href="https://evil.test/" target="_blank">stray</a>',
    "a download": '<a href="https://evil.test/" download>stray</a>',
    "an imitation": '<a class="gate-continue" data-crossing="third-party" href="https://evil.test/">stray</a>',
    "an imitated notice": '<p data-dialog data-notice="third-party"><a href="https://evil.test/">stray</a></p>',
    "an imitated gate": '<a href="https://evil.test/leaving/?to=x&amp;from=eu&amp;sig=x">stray</a>',
    "SVG": '<svg height="40"><a href="https://evil.test/"><text y="20">stray</text></a></svg>',
    "old SVG": '<svg height="40"><a xlink:href="https://evil.test/"><text y="20">stray</text></a></svg>',
    "inside a link": '<a href="https://evil.test/"><b>stray</b></a>',
}


def put(page: Page, html: str, where: str = "main") -> None:
    """Put `html` at the top of the page, in it or in a shadow root, as a script would."""
    page.evaluate(
        """([html, where]) => {
            const host = document.createElement("div");
            const root = where === "main" ? host : host.attachShadow({ mode: where });
            root.innerHTML = html;
            document.querySelector("main").prepend(host);
        }""",
        [html, where],
    )


def expect_stopped(page: Page, times: int = 1) -> None:
    page.wait_for_function("(times) => stopped.length === times", arg=times)
    expect(page).to_have_url(re.compile(f"{TREATMENT}$"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert len(page.context.pages) == 1


@pytest.mark.parametrize("html", STRAYS.values(), ids=STRAYS)
def test_a_link_that_a_script_adds_goes_nowhere(treatment: Page, html):
    warnings: list[str] = []
    treatment.on("console", lambda message: warnings.append(message.text))
    put(treatment, html)
    treatment.get_by_text("stray").click()
    expect_stopped(treatment)
    assert [text for text in warnings if text.startswith("The gate has stopped")]


@pytest.mark.parametrize("where", ["open", "closed"])
@pytest.mark.parametrize("stray", ["a third party", "another region", "SVG"])
def test_a_link_in_a_shadow_root_goes_nowhere(treatment: Page, stray, where):
    put(treatment, STRAYS[stray], where)
    treatment.locator("main > div").first.click(position={"x": 5, "y": 12})
    expect_stopped(treatment)


@pytest.mark.parametrize(
    "follow",
    [
        lambda stray: stray.click(button="middle"),
        lambda stray: stray.click(modifiers=["Control"]),
        lambda stray: stray.click(modifiers=["Shift"]),
        lambda stray: stray.press("Enter"),
        lambda stray: stray.press("Control+Enter"),
    ],
)
def test_it_goes_nowhere_in_any_other_way(treatment: Page, follow):
    put(treatment, STRAYS["a third party"])
    follow(treatment.get_by_text("stray"))
    expect_stopped(treatment)


def test_a_link_that_a_script_changes_goes_nowhere(treatment: Page):
    link(treatment).evaluate("(link) => { link.href = 'https://evil.test/' }")
    link(treatment).click()
    expect_stopped(treatment)


def test_a_link_that_a_script_changes_while_it_is_clicked_goes_nowhere(treatment: Page):
    link(treatment).evaluate("(link) => { link.onclick = () => { link.href = 'https://evil.test/' } }")
    link(treatment).click()
    expect_stopped(treatment)


@pytest.mark.parametrize(
    "leave",
    [
        "location.assign('https://evil.test/')",
        "location = '/us/'",
        "Object.assign(document.createElement('a'), {href: 'https://evil.test/'}).click()",
    ],
)
def test_a_script_leads_nowhere_either(treatment: Page, leave):
    treatment.evaluate(leave)
    expect_stopped(treatment)


@pytest.mark.parametrize(
    ("href", "where"),
    [
        ("/EU/about/", "main"),
        ("/", "main"),
        ("/eu/search/?q=x", "main"),
        ("../", "open"),
        ("/de/eu/", "closed"),
    ],
)
def test_a_link_that_stays_may_be_added(treatment: Page, href, where):
    put(treatment, f'<a href="{href}">stays</a>', where)
    treatment.locator("main > div").first.click(position={"x": 5, "y": 10})
    expect(treatment).not_to_have_url(re.compile(TREATMENT))
    assert treatment.evaluate("stopped.length") == 0


def test_an_added_link_to_the_gate_opens_the_notice(treatment: Page):
    address = link(treatment).get_attribute("href").replace("&", "&amp;")
    put(treatment, f'<a href="{address}">stays</a>', "open")
    treatment.get_by_text("stays").click()
    expect(dialog(treatment)).to_be_visible()
    treatment.keyboard.press("Escape")
    expect(treatment.get_by_text("stays")).to_be_focused()


def test_the_destination_is_not_open_to_others_once_its_notice_was_shown(treatment: Page):
    link(treatment).click()
    expect(dialog(treatment)).to_be_visible()
    treatment.keyboard.press("Escape")
    put(treatment, f'<a href="{ARTICLE}">stray</a>')
    treatment.get_by_text("stray").click()
    expect_stopped(treatment)


def test_from_the_selector_regions_are_open_and_third_parties_are_not(page: Page):
    page.goto("/")
    put(page, '<a href="https://evil.test/">stray</a> <a href="/us/">stays</a>')
    page.get_by_text("stray").click()
    expect(page).to_have_url(re.compile("/$"))
    page.get_by_text("stays").click()
    expect(page).to_have_url(re.compile("/us/$"))


def test_on_the_notice_s_page_only_the_server_s_continue_leads_on(treatment: Page):
    treatment.goto(link(treatment).get_attribute("href"))
    put(treatment, f'<a class="gate-continue" data-crossing="third-party" href="{ARTICLE}">stray</a>')
    treatment.get_by_text("stray").click()
    treatment.wait_for_function("stopped.length === 1")
    expect(treatment).to_have_url(re.compile("/leaving/"))
    treatment.get_by_role("link", name="Continue", exact=True).click()
    expect(treatment).to_have_url(ARTICLE)


def test_searching_going_back_and_forward_are_left_alone(treatment: Page):
    search = treatment.get_by_role("search").locator("input[name=q]")
    search.fill("liver")
    search.press("Enter")
    expect(treatment).to_have_url(re.compile("/eu/search/"))
    treatment.go_back()
    expect(treatment).to_have_url(re.compile(f"{TREATMENT}$"))
    treatment.go_forward()
    expect(treatment).to_have_url(re.compile("/eu/search/"))
    assert treatment.evaluate("stopped.length") == 0


def test_the_script_is_small():
    assert len(gzip.compress(SCRIPT.read_bytes())) < 4000
