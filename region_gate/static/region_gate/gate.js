/*
 * The gate where scripts run. A plain click on a gated link opens the server's own notice in a dialog; whatever
 * goes wrong, the link leads to the notice's page, as it does without scripts. A link that a script has added or
 * changed goes nowhere if it crosses: only the server can sign the way to a notice.
 */

const PATIENCE = 1000; // milliseconds to wait for a notice before going to its page
const FRESH = 300_000; // milliseconds for which a fetched notice is shown
const KEPT = 20; // notices
const LINK = "a, area, math[href], math [href]";
const HEADING = "gate-dialog-heading";

const { gate, region, places, style } = document.querySelector("script[data-gate]").dataset;
const hosts = new Set([hostOf(location)]);
const regions = new Map();
const permitted = new WeakMap(); // the server's own links, and where it let each of them lead
const notices = new Map(); // promises of notices, by gate address
const dialog = document.createElement("dialog");

let dressed; // the promise of the notice's style sheet
let wanted = ""; // the gate address whose notice a visitor waits for
let followed = ""; // where the permitted link leads that was clicked last

/* Where links lead: what destinations.py and regions.py say, of addresses that the browser has resolved. */

function hostOf({ host }) {
  return host.replace(/\.(?=:|$)/, "");
}

/** Give the path's segments as a lenient server may read them: decoded once, dots resolved, in any case. */
function segments({ pathname }) {
  const bytes = pathname.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  const path = new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
  const resolved = [];
  for (const part of path.toUpperCase().toLowerCase().split("/")) {
    if (part === "..") resolved.pop();
    else if (part && part !== ".") resolved.push(part);
  }
  return resolved;
}

function placeOf(url, parts) {
  return [hostOf(url), ...parts].join("/");
}

/** Give the code of the region that owns `url`: the longest match wins. */
function regionAt(url) {
  for (const parts = segments(url); ; parts.pop()) {
    const found = regions.get(placeOf(url, parts));
    if (found || !parts.length) return found;
  }
}

function isGate(url) {
  return url?.origin === location.origin && url.pathname === gate && url.search !== "";
}

/** Say whether `url` crosses or cannot be read; a page in no region may lead into any. */
function leadsOut(url) {
  if (!url) return true;
  if (/^(mailto|tel|sms|blob):$/.test(url.protocol) || isGate(url)) return false;
  if (!/^https?:$/.test(url.protocol) || !hosts.has(hostOf(url))) return true;
  return Boolean(region) && (regionAt(url) ?? region) !== region;
}

/** Give the address of an HTML, SVG or MathML link as the browser resolves it, or null. */
function addressOf(link) {
  const written = link.href?.animVal ?? link.href ?? link.getAttribute("href");
  try {
    return new URL(written, link.baseURI);
  } catch {
    return null;
  }
}

/* Links that are not the server's. */

/** Give the links that `event` came through, the innermost first, out of open shadow roots too. */
function linksOf(event) {
  return event.composedPath().filter((node) => node.matches?.(LINK));
}

function permit(root) {
  for (const link of root.querySelectorAll(LINK)) permitted.set(link, addressOf(link)?.href);
}

function isStray(link) {
  const url = addressOf(link);
  return leadsOut(url) && permitted.get(link) !== String(url);
}

function report(address) {
  console.warn(`The gate has stopped a link that is not the server's: ${address}`);
  document.dispatchEvent(new CustomEvent("region-gate:stopped", { detail: { address } }));
}

function stopStray(event) {
  const links = linksOf(event);
  const stray = links.find(isStray);
  followed = permitted.get(links[0]);
  if (!stray) return;
  event.preventDefault();
  report(String(addressOf(stray)));
}

/** Stop what no event shows: closed shadow roots, scripts that navigate. Forms are the server's to disarm. */
function stopNavigation(event) {
  const { url } = event.destination;
  const isForm = event.formData || event.sourceElement?.matches("form, button, input");
  const isReturn = event.navigationType === "traverse";
  if (!event.cancelable || isForm || isReturn || url === followed || !leadsOut(new URL(url))) return;
  event.preventDefault();
  report(url);
}

/* The notice: fetched once, shown as it came. */

/** Fetch the style sheet once, when a notice is first near. */
function dress() {
  dressed ??= new Promise((resolve, reject) => {
    const sheet = document.createElement("link");
    Object.assign(sheet, { rel: "stylesheet", href: style, onload: resolve, onerror: reject });
    document.head.append(sheet);
  });
  return dressed;
}

async function fetchNotice(address, signal) {
  const answer = await fetch(address, { redirect: "error", signal });
  if (answer.status !== 200) throw new Error(`${answer.status} instead of a notice`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.querySelectorAll("[data-dialog]:has([data-notice] h1):has([data-dialog-close])");
  if (found.length !== 1) throw new Error("A page without a notice");
  return found[0];
}

async function load(address) {
  const signal = AbortSignal.timeout(PATIENCE);
  const late = new Promise((_, reject) => signal.addEventListener("abort", reject));
  const [notice] = await Promise.race([Promise.all([fetchNotice(address, signal), dress()]), late]);
  return notice;
}

function noticeAt(address) {
  if (!notices.has(address)) {
    const notice = load(address);
    const forget = () => notices.delete(address);
    notices.set(address, notice);
    notice.catch(forget);
    setTimeout(forget, FRESH);
    if (notices.size > KEPT) notices.delete(notices.keys().next().value);
  }
  return notices.get(address);
}

/** Show `notice`, its heading first: focus on Continue would pass the words by, and a second Enter the gate. */
function show(notice, link) {
  const content = document.importNode(notice, true);
  const heading = content.querySelector("h1");
  permit(content);
  dialog.replaceChildren(content);
  document.body.append(dialog);
  Object.assign(heading, { id: HEADING, tabIndex: -1, autofocus: true });
  dialog.showModal();
  dialog.onclose = () => {
    dialog.remove();
    link.focus();
  };
}

async function open(link, address) {
  wanted = address;
  try {
    const notice = await noticeAt(address);
    if (wanted !== address) return;
    show(notice, link);
    wanted = "";
  } catch {
    if (wanted === address) location.assign(address);
  }
}

/* What a visitor does. */

function isPlain(event) {
  return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

/** Say whether `link` opens here: not in another window, not as a download. */
function isHere(link) {
  const target = link.getAttribute("target") ?? document.querySelector("base[target]")?.target ?? "";
  return /^(_self)?$/i.test(target) && !link.hasAttribute("download");
}

function follow(event) {
  wanted = "";
  if (event.defaultPrevented) return;
  stopStray(event);
  const [link] = linksOf(event);
  if (event.defaultPrevented || !link || !isPlain(event)) return;
  if (dialog.contains(link)) followInDialog(event, link);
  else if (isHere(link) && isGate(addressOf(link))) {
    event.preventDefault();
    open(link, addressOf(link).href);
  }
}

/** Let Continue be the plain link it is, but not for a double click whose first half opened the dialog. */
function followInDialog(event, link) {
  const isStay = link.matches("[data-dialog-close]");
  if (isStay || event.detail > 1) event.preventDefault();
  if (isStay) dialog.close();
}

function prefetch(event) {
  const [link] = linksOf(event);
  if (link && isHere(link) && isGate(addressOf(link))) noticeAt(addressOf(link).href);
}

for (const [code, starts] of Object.entries(JSON.parse(places))) {
  for (const start of starts) {
    const url = new URL(start, location.origin);
    hosts.add(hostOf(url));
    if (code) regions.set(placeOf(url, segments(url)), code);
  }
}
permit(document);
dialog.className = "gate-dialog";
dialog.setAttribute("aria-labelledby", HEADING);

for (const type of ["click", "auxclick", "contextmenu", "dragstart"]) {
  addEventListener(type, stopStray, { capture: true });
}
globalThis.navigation?.addEventListener("navigate", stopNavigation);
if (dialog.showModal) {
  addEventListener("click", follow);
  for (const type of ["pointerover", "focusin"]) addEventListener(type, prefetch);
  addEventListener("pagehide", () => {
    wanted = "";
    dialog.close();
  });
}
