"""On a page of the made-up world: where scripts lead nowhere, and what they may do as ever."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.cases import first_cases
from tests.region_gate.world import HOST, US_PAGE

from .made_up_world import EXEMPT, Visitor

INERT = json.loads(Path("tests/region_gate/inert_addresses.json").read_text(encoding="utf-8"))
# Ways out that scripts may try. What is to be pressed by hand is named `hand`.
EVIL = "https://evil.test/"
WAYS = {
    # Links in closed shadow roots
    "a closed root": f"add('<a href={EVIL} target=_blank>stray</a>', shadow('closed')).click()",
    "a closed root, by hand": f"""
        const root = shadow('closed'); root.host.id = 'hand';
        root.innerHTML = '<a href={EVIL} target=_blank>stray</a>'""",
    "SVG in a closed root, by hand": f"""
        const root = shadow('closed'); root.host.id = 'hand';
        root.innerHTML = '<svg height=40><a href={EVIL} target=_blank><text y=20>stray</text></a></svg>'""",
    "a closed root in a closed root, by hand": f"""
        const root = shadow('closed', shadow('closed'));
        root.innerHTML = '<a href={EVIL} target=_blank>stray</a>';
        document.querySelector('main > div').id = 'hand'""",
    "a slot in a link in a closed root, by hand": f"""
        const root = shadow('closed'); Object.assign(root.host, {{id: 'hand', textContent: 'stray'}});
        root.innerHTML = '<a href={EVIL} target=_blank><slot></slot></a>'""",
    "a form in a closed root, by hand": f"""
        const root = shadow('closed'); root.host.id = 'hand';
        root.innerHTML = '<form action={EVIL} target=_blank><button>stray</button></form>'""",
    "an event that stays in its open root": f"""
        const link = add('<a href={EVIL} target=_blank>stray</a>', shadow('open'));
        link.dispatchEvent(new MouseEvent('click', {{bubbles: true, cancelable: true}}))""",
    "a click in a declared closed root": f"""
        const stray = '<a href={EVIL} target=_blank>L</a>'; let link;
        document.querySelector('main').setHTMLUnsafe(
          `<x-a><template shadowrootmode=closed>${{stray}}</template></x-a>`);
        customElements.define('x-a', class extends HTMLElement {{
          constructor() {{ super(); link = this.attachInternals().shadowRoot.firstElementChild; }} }});
        link.click()""",
    # Detached links
    "a detached link": f"make('<a href={EVIL}>L</a>').click()",
    "a detached link to a new tab": f"make('<a href={EVIL} target=_blank>L</a>').click()",
    "what stands in a detached link": f"make('<a href={EVIL} target=_blank><b>L</b></a>').firstChild.click()",
    "a detached link in a fragment": f"""
        const part = new DocumentFragment(); part.append(make('<p><a href={EVIL} target=_blank>L</a></p>'));
        part.querySelector('a').click()""",
    "a shadow root in a detached link": f"""
        const link = make('<a href={EVIL} target=_blank><span></span></a>');
        const root = link.firstChild.attachShadow({{mode: 'closed'}}); root.innerHTML = '<i>L</i>';
        root.firstChild.click()""",
    "a link that has just been removed": f"""
        const link = add('<a href={EVIL} target=_blank>L</a>'); link.remove(); link.click()""",
    # Events
    "an event that cannot be prevented": f"""
        make('<a href={EVIL} target=_blank>L</a>').dispatchEvent(new MouseEvent('click'))""",
    "such an event on the page": f"""
        add('<a href={EVIL} target=_blank>L</a>').dispatchEvent(new MouseEvent('click'))""",
    "such a pointer's event": f"""
        const link = add('<a href={EVIL} target=_blank>L</a>');
        link.dispatchEvent(new PointerEvent('click', {{bubbles: true}}))""",
    "such an event on SVG": f"""
        const link = add('<svg><a xlink:href={EVIL} target=_blank><text>L</text></a></svg>');
        document.querySelector('main svg a').dispatchEvent(new MouseEvent('click', {{bubbles: true}}))""",
    "an event that nobody else hears": f"""
        addEventListener('click', (event) => event.stopImmediatePropagation(), true);
        add('<a href={EVIL} target=_blank>L</a>').dispatchEvent(press)""",
    # Windows
    "open": f"open('{EVIL}')",
    "open here": f"open('{EVIL}', '_self')",
    "open another region": "open('/eu/')",
    "open by a backslash": r"open('/\\evil.test/')",
    "open a URL": f"window.open.call(window, new URL('{EVIL}'), '_blank', 'noopener')",
    "open what reads otherwise each time": f"let n = 0; open({{toString: () => n++ ? '{EVIL}' : '/eu/'}})",
    "open a blank window": f"open()?.location.replace('{EVIL}')",
    "open about:blank": f"open('about:blank')?.location.replace('{EVIL}')",
    "open by the document": f"document.open('{EVIL}', '_blank', '')",
    # Forms
    "submit": f"add('<form action={EVIL}></form>').submit()",
    "submit to a new tab": f"add('<form action={EVIL} target=_blank></form>').submit()",
    "submit what the server sent": f"""
        const form = document.querySelector('#search');
        Object.assign(form, {{action: '{EVIL}', target: '_blank', method: 'post'}}); form.submit()""",
    "submit to another region": "add('<form action=/eu/ target=_blank></form>').submit()",
    "submit from a closed root": f"""
        add('<form action={EVIL} target=_blank></form>', shadow('closed')).submit()""",
    "request to submit": f"add('<form action={EVIL} target=_blank><button></button></form>').requestSubmit()",
    "request to submit from an open root": f"""
        add('<form action={EVIL} target=_blank><button></button></form>', shadow('open')).requestSubmit()""",
    "a button's own address": f"""
        add('<button form=search formaction={EVIL} formtarget=_blank>L</button>').click()""",
    "a button's own address, by hand": f"""
        add('<button id=hand form=search formaction={EVIL} formtarget=_blank>L</button>')""",
    "a picture's own address": f"""
        add('<input type=image form=search formaction={EVIL} formtarget=_blank><a href></a>');
        document.querySelector('main input').click()""",
    "a form with a field called action": f"""
        const fields = '<input name=action value=/us/><input name=getAttribute>';
        add(`<form action={EVIL} target=_blank>${{fields}}</form>`).submit()""",
    "a form with a field called submit": f"""
        HTMLFormElement.prototype.submit.call(
          add('<form action={EVIL} target=_blank><input name=submit></form>'))""",
    "a form whose address changes as it is sent": f"""
        const form = document.querySelector('#search');
        form.onsubmit = () => Object.assign(form, {{action: '{EVIL}', target: '_blank'}});
        form.requestSubmit()""",
    "a form in a declared open root, by hand": f"""
        const form = '<form action={EVIL} target=_blank><button>stray</button></form>';
        document.querySelector('main').setHTMLUnsafe(
          `<p id=hand><template shadowrootmode=open>${{form}}</template></p>`)""",
    # Elsewhere
    "assign": f"location.assign('{EVIL}')",
    "replace": f"location.replace('{EVIL}')",
    "navigate": f"navigation.navigate('{EVIL}').committed.catch(() => {{}}).finally(() => {{}})",
    "a refresh": f"""
        document.head.append(Object.assign(document.createElement('meta'),
          {{httpEquiv: 'refresh', content: '0;url={EVIL}'}}))""",
    "a base": f"""
        document.head.prepend(Object.assign(document.createElement('base'), {{href: '{EVIL}'}}));
        add('<a href=us/ target=_blank>L</a>').click()""",
    "a base under a form": f"""
        document.head.prepend(Object.assign(document.createElement('base'), {{href: '{EVIL}'}}));
        add('<form action=us/ target=_blank></form>').submit()""",
    "an area": f"""
        add('<map name=m><area href={EVIL} target=_blank shape=default></map><img usemap=#m>');
        document.querySelector('area').click()""",
    "a frame's way to the top": f"""
        const frame = document.body.appendChild(document.createElement('iframe'));
        frame.contentWindow.top.location = '{EVIL}'""",
    "a link to the top in a frame": f"""
        const frame = document.body.appendChild(document.createElement('iframe'));
        frame.contentDocument.body.innerHTML = '<a href={EVIL} target=_top>L</a>';
        frame.contentDocument.querySelector('a').click()""",
    "a document written anew": f"""
        document.open(); document.write('<main><a href={EVIL} target=_blank>L</a></main>'); document.close();
        document.addEventListener('region-gate:stopped', (event) => stopped.push(event.detail.address));
        document.querySelector('a').dispatchEvent(press)""",
    "a document written over": f"""
        document.write('<main><a href={EVIL} target=_blank id=hand>stray</a></main>'); document.close();
        document.addEventListener('region-gate:stopped', (event) => stopped.push(event.detail.address))""",
    # What stands in for a method
    "a field called matches": f"""
        add('<form id=f><input name=matches><input name=closest><a href={EVIL} target=_blank>L</a></form>');
        document.querySelector('#f a').click()""",
    "a picture called dispatchEvent": f"""
        add('<p><img name=dispatchEvent><img name=baseURI><a href={EVIL} target=_blank>L</a></p>').click()""",
    "a console that throws": f"""
        console.warn = () => {{ throw new Error() }};
        add('<a href={EVIL} target=_blank>L</a>').click(); stopped.push('{EVIL}')""",
}


def try_to_leave(page: Page, way: str) -> None:
    """Run `way` as a script of the page's would run, and press by hand what it names so."""
    page.evaluate(f"() => {{ {way} }}")
    if page.locator("#hand").count():
        page.locator("#hand").click(position={"x": 12, "y": 10}, no_wait_after=True)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_no_script_leads_out(visitor: Visitor, way):
    page = visitor.open()
    try_to_leave(page, way)
    page.wait_for_function("() => stopped.length === 1")
    page.evaluate("fetch('/us/sent')")
    assert visitor.left == []
    assert visitor.context.pages == [page]
    assert page.url == US_PAGE


@first_cases("way", WAYS.values(), first=4, ids=WAYS)
def test_without_the_gate_it_would(visitor: Visitor, way):
    page = visitor.open(guarded=False)
    with visitor.leaves():
        try_to_leave(page, way)


# Where the server has let the page lead

DECORATIONS = {
    "as it is": "return law",
    "with a class": "law.classList.add('seen'); return law",
    "with other words": "law.innerHTML = '<b>Law</b>'; return law",
    "moved": "document.querySelector('main').append(law); return law",
    "wrapped": "const it = make('<strong></strong>'); law.replaceWith(it); it.append(law); return law",
    "cloned": "const it = law.cloneNode(true); law.replaceWith(it); return it",
    "copied by innerHTML": """
        document.body.innerHTML = document.body.innerHTML; return document.querySelector('#exempt')""",
    "made anew": f"return add('<p><a href={EXEMPT}>Law</a></p>')",
    "in an open root": f"return add('<a href={EXEMPT}>Law</a>', shadow('open'))",
    "in a closed root": f"return add('<a href={EXEMPT}>Law</a>', shadow('closed'))",
    "detached": f"return make('<a href={EXEMPT}>Law</a>')",
    "in a new tab": "law.target = '_blank'; return law",
    "in a new tab, from a closed root": f"""
        return add('<a href={EXEMPT} target=_blank>Law</a>', shadow('closed'))""",
}
LAW = "const law = document.querySelector('#exempt');"


@first_cases("decoration", DECORATIONS.values(), first=4, ids=DECORATIONS)
def test_an_exempt_link_lives_whatever_a_script_makes_of_it(visitor: Visitor, decoration):
    page = visitor.open()
    with visitor.leaves() as request:
        page.evaluate(f"(() => {{ {LAW} {decoration} }})().click()")
    assert request.value.url == EXEMPT.partition("#")[0]


@pytest.mark.parametrize(
    "leave", [f"open('{EXEMPT}')", f"location = '{EXEMPT}'", f"open('{EXEMPT}', '_self')"]
)
def test_a_script_may_lead_where_the_server_let_the_page_lead(visitor: Visitor, leave):
    page = visitor.open()
    with visitor.leaves():
        page.evaluate(leave)


@pytest.mark.parametrize(
    "send",
    [
        "form.requestSubmit()",
        "form.submit()",
        "form.method = 'post'; form.submit()",
        "form.elements[1].click()",
    ],
)
def test_an_exempt_form_is_sent(visitor: Visitor, send):
    page = visitor.open()
    with visitor.leaves() as request:
        page.evaluate(f"() => {{ const form = document.querySelector('#report'); {send} }}")
    assert request.value.url.startswith("https://law.test/info/report")


OTHER_ADDRESSES = {
    "another query": "https://law.test/info/?a=b&utm_source=x#c",
    "another path": "https://law.test/",
    "another host": "https://law.test.evil.test/info/?a=b#c",
    "another user": "https://law.test@evil.test/info/?a=b#c",
}


@pytest.mark.parametrize("address", OTHER_ADDRESSES.values(), ids=OTHER_ADDRESSES)
def test_only_that_very_address_is_open(visitor: Visitor, address):
    page = visitor.open()
    page.evaluate(f"() => {{ {LAW} law.href = '{address}'; law.target = '_blank'; law.click() }}")
    assert page.evaluate("stopped") == [address]
    assert visitor.context.pages == [page]


# Each of these runs before the page has been read to its end.
PLANTS = {
    "a link": f"add('<a href={EVIL}>Planted</a>')",
    "the script's attribute": f"document.querySelector('[data-gate]').dataset.exceptions = '{EVIL}'",
    "a script like it": f"""
        const script = document.createElement('script');
        Object.assign(script.dataset, {{gate: '/', exceptions: '{EVIL}'}}); document.head.prepend(script)""",
    "an imitated notice": f"add('<p data-dialog><a href={EVIL}>Continue</a></p>')",
}


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
def test_a_script_that_runs_while_the_page_is_read_plants_no_permission(visitor: Visitor, plant):
    visitor.files["/late.js"] = plant
    page = visitor.open()
    page.evaluate(f"() => {{ add('<a href={EVIL} target=_blank>L</a>').click() }}")
    page.evaluate(f"document.querySelector('a[href=\"{EVIL}\"]').click()")
    page.evaluate(f"open('{EVIL}')")
    assert page.evaluate("stopped") == [EVIL] * 3
    assert visitor.left == []


# What scripts may do as ever

NATIVES = {
    "open gives the window": "open('/us/x') instanceof Object",
    "open takes defaults": "open('/us/x', undefined, undefined) instanceof Object",
    "open to nobody": "open('/us/x', '_blank', 'noopener') === null",
    "open inert script": "open('javascript:;', '_self') === window",
    "open throws": "tries(() => open(Symbol()))",
    "open throws the visitor's own": "tries(() => open({toString() { throw new RangeError('x') }}))",
    "its name and length": "[open, Element.prototype.attachShadow].map((it) => it.name + it.length)",
    "its text": "String(HTMLFormElement.prototype.submit).includes('[native code]')",
    "its place": """
        const {value, ...place} = Object.getOwnPropertyDescriptor(Element.prototype, 'attachShadow');
        return place""",
    "attachShadow gives the root": """
        const host = make('<p></p>'), root = host.attachShadow({mode: 'open'});
        return root === host.shadowRoot""",
    "attachShadow throws": "tries(() => make('<b></b>').attachShadow({mode: 'open'}))",
    "attachShadow throws without a mode": "tries(() => make('<p></p>').attachShadow())",
    "click gives nothing": "make('<a href=#x>L</a>').click()",
    "click throws": "tries(() => HTMLElement.prototype.click.call({}))",
    "dispatchEvent says true": "make('<p></p>').dispatchEvent(new Event('x'))",
    "dispatchEvent says false": """
        const p = make('<p></p>'); p.onclick = () => false;
        return p.dispatchEvent(new MouseEvent('click', {cancelable: true}))""",
    "dispatchEvent elsewhere": "new EventTarget().dispatchEvent(new Event('x'))",
    "dispatchEvent bare": "dispatchEvent(new Event('x'))",
    "dispatchEvent throws": "tries(() => make('<p></p>').dispatchEvent({}))",
    "an event called submit": "make('<p></p>').dispatchEvent(new Event('submit', {cancelable: true}))",
    "submit gives nothing": "make('<form></form>').submit()",
    "submit throws": "tries(() => HTMLFormElement.prototype.submit.call(make('<p></p>')))",
    "requestSubmit throws": "tries(() => make('<form></form>').requestSubmit(make('<p></p>')))",
    "write gives nothing": "document.implementation.createHTMLDocument().write('a', 'b', 'c')",
    "open gives the document": """
        const other = document.implementation.createHTMLDocument(); return other.open() === other""",
    "a form that stays": """
        const form = document.querySelector('#search'); let sent = 0;
        form.onsubmit = () => { sent++; return false }; form.requestSubmit(); return sent""",
    "a listener's order": """
        const heard = [], p = add('<p></p>');
        const note = (event) => heard.push(event.currentTarget.constructor.name);
        for (const it of [window, document, p]) it.addEventListener('click', note);
        p.click(); return heard""",
}
TRIES = "const tries = (it) => { try { return it() } catch (error) { return error.name } };"


@first_cases("code", NATIVES.values(), first=4, ids=NATIVES)
def test_what_stays_returns_and_throws_as_without_the_gate(visitor: Visitor, code):
    script = f"() => {{ {TRIES} {code if 'return ' in code else f'return {code}'} }}"
    without = visitor.open(guarded=False).evaluate(script)
    page = visitor.open()
    assert page.evaluate(script) == without
    assert page.evaluate("stopped") == []


# Addresses that lead nowhere, and those that lead to people


def test_inert_addresses_are_those_of_the_table_as_the_browser_reads_them(visitor: Visitor):
    page = visitor.open()
    read = page.evaluate(
        """(addresses) => addresses.map((address) => {
            const link = add("<a href>L</a>");
            link.setAttribute("href", address);
            link.addEventListener("click", (event) => event.preventDefault());
            stopped.length = 0;
            link.click();
            return [stopped.length, link.href];
        })""",
        [address for address, _ in INERT],
    )
    is_stopped = [bool(count) for count, _ in read]
    stays = [href.startswith(f"https://{HOST}/us/") for _, href in read]
    assert is_stopped == [not (is_inert or stay) for (_, is_inert), stay in zip(INERT, stays, strict=True)]
    assert sum(stays) < len(INERT) / 10


INERT_SPELLINGS = ["javascript:void(0)", "javascript:;", " JavaScript:void 0; "]


@pytest.mark.parametrize("address", INERT_SPELLINGS)
def test_an_inert_link_takes_focus_and_does_what_its_script_says(visitor: Visitor, address):
    page = visitor.open()
    page.evaluate(
        """(address) => {
            const link = add("<a href>Menu</a>");
            link.setAttribute("href", address);
            link.onclick = () => { link.textContent = "Opened"; };
            link.focus();
        }""",
        address,
    )
    link = page.get_by_role("link", name="Menu")
    assert link.evaluate("(it) => it === document.activeElement")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Opened").wait_for()
    assert page.evaluate("stopped") == []
    assert page.url == US_PAGE


@pytest.mark.parametrize("address", ["javascript:open('//evil.test')", "javascript:void(1)", "javascript:;;"])
def test_other_javascript_is_stopped(visitor: Visitor, address):
    page = visitor.open()
    page.evaluate("(address) => { const it = add('<a href>L</a>'); it.href = address; it.click() }", address)
    assert page.evaluate("stopped") == [address]


SCHEMES = [
    "mailto:a@law.test",
    "tel:+4930",
    "sms:+4930",
    "whatsapp://send?phone=49",
    "WebCal://law.test/x.ics",
]


@pytest.mark.parametrize("address", [*SCHEMES, "webcalx://law.test/", "ftp://law.test/", "data:text/html,x"])
def test_the_schemes_that_the_server_names_pass_and_no_others(visitor: Visitor, address):
    visitor.tag_changes = [('data-schemes="mailto sms tel"', 'data-schemes="mailto sms tel webcal whatsapp"')]
    page = visitor.open()
    page.evaluate(
        """(address) => {
            const link = add("<a href>L</a>");
            link.href = address;
            link.addEventListener("click", (event) => event.preventDefault());
            link.click();
        }""",
        address,
    )
    assert page.evaluate("stopped.length") == (address not in SCHEMES)
