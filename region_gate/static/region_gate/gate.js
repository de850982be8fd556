/*
 * The gate where scripts run. A plain click on a gated link opens the server's notice in a dialog; whatever goes
 * wrong, the link leads to the notice's page. What a script adds or changes goes nowhere if it crosses: only the
 * server can sign the way to a notice. No module, so that no other script runs before it.
 */
(() => {
  "use strict";

  const PATIENCE = 1000; // milliseconds to wait for a notice
  const FRESH = 300_000; // milliseconds for which a notice is shown
  const KEPT = 20; // notices
  const LINK = "a, area, math[href], math [href]";
  const HEADING = "gate-dialog-heading";
  const INERT = /^javascript: *(;|void(\(0\)| 0);?)? *$/;

  const { gate, region, places, schemes, style, exceptions, passed } = document.currentScript.dataset;
  const hosts = new Set([hostOf(location)]);
  const regions = new Map();
  const passing = new Set(`blob ${schemes}`.split(" "));
  const allowed = new Set(exceptions?.split(" ")); // where a policy lets this page lead
  const onward = new Set([passed]); // where notices lead, from within
  const notices = new Map(); // promises, by gate address
  const dialog = document.createElement("dialog");
  /* A form's fields hide its own methods. */
  const { getAttribute, matches } = Element.prototype;
  const { getRootNode } = Node.prototype;

  let dressed; // the promise of the style sheet
  let wanted = ""; // the gate address whose notice a visitor waits for
  let followed; // where the last link or form led, without its query

  /* Where links lead, as destinations.py and regions.py say. */

  function hostOf({ host }) {
    return host.replace(/\.(?=:|$)/, "");
  }

  /** Read the path as a lenient server may. */
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

  function regionAt(url) {
    for (const parts = segments(url); ; parts.pop()) {
      const found = regions.get(placeOf(url, parts));
      if (found || !parts.length) return found;
    }
  }

  function isGate(url) {
    return url?.origin === location.origin && url.pathname === gate && url.search !== "";
  }

  /** Say whether `url` crosses; a page in no region may lead into any. */
  function leadsOut(url) {
    if (!url) return true;
    if (passing.has(url.protocol.slice(0, -1)) || INERT.test(url) || isGate(url)) return false;
    if (!/^https?:$/.test(url.protocol) || !hosts.has(hostOf(url))) return true;
    return Boolean(region) && (regionAt(url) ?? region) !== region;
  }

  function resolve(written) {
    try {
      return new URL(written, dialog.baseURI);
    } catch {
      return null;
    }
  }

  function addressOf(link) {
    return resolve(link.href?.animVal ?? link.href ?? link.getAttribute("href"));
  }

  function actionOf(form, button) {
    return resolve(button?.getAttribute("formaction") || getAttribute.call(form, "action") || location);
  }

  /* What is not the server's. */

  function linksOf(event) {
    return event.composedPath().filter((node) => node.nodeType === 1 && matches.call(node, LINK));
  }

  function stops(url, event, link) {
    const address = String(url);
    const isOnward = onward.has(address) && link?.closest("[data-dialog]");
    if (isOnward || allowed.has(address) || !leadsOut(url)) {
      followed = bare(url);
      return false;
    }
    event?.preventDefault();
    console.warn("The gate has stopped", address);
    dispatchEvent.call(document, new CustomEvent("region-gate:stopped", { detail: { address } }));
    return true;
  }

  function bare({ origin, pathname }) {
    return origin + pathname;
  }

  function stopLink(event) {
    if (event.defaultPrevented) return;
    for (const node of event.composedPath()) if (node.nodeType === 11) listen(node);
    const stray = linksOf(event).find((link) => stops(addressOf(link), event, link));
    if (!stray || event.cancelable) return;
    for (const name of stray.getAttributeNames()) if (/href$/i.test(name)) stray.removeAttribute(name);
  }

  function stopForm(event) {
    if (event.isTrusted && !event.defaultPrevented) stops(actionOf(event.target, event.submitter), event);
  }

  function stopNavigation(event) {
    const url = resolve(event.destination.url);
    if (event.navigationType !== "traverse" && bare(url) !== followed) stops(url, event);
  }

  /** Hear of `type` first and last, for others may change what they hear of. */
  function hear(place, type, stop) {
    for (const capture of [true, false]) addEventListener.call(place, type, stop, capture);
  }

  function listen(place) {
    for (const type of ["click", "auxclick", "contextmenu", "dragstart"]) hear(place, type, stopLink);
    hear(place, "submit", stopForm);
    return place;
  }

  /* What scripts call: the browser's own functions, guarded. */

  function guard(owner, names, look) {
    for (const name of names) {
      owner[name] = new Proxy(owner[name], {
        apply: (native, self, given) => look(() => Reflect.apply(native, self, given), self, given),
      });
    }
  }

  /** Open no other site, and no blank window, which nobody guards. */
  function openWindow(go, _, given) {
    const [address = ""] = given;
    given[0] = `${address}`; // once: it may read otherwise the next time
    return stops(resolve(given[0] || "about:blank")) ? null : go();
  }

  /** Listen where the window hears nothing: around detached links, in shadow roots. */
  function makeEvent(go, node) {
    if (node?.nodeType) listen(getRootNode.call(node));
    return go();
  }

  /** Listen again: a document that is written anew has forgotten. */
  function write(go) {
    const result = go();
    listen(window);
    return result;
  }

  /* The notice: fetched once, shown as it came. */

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
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelectorAll("[data-dialog]:has([data-notice] h1):has([data-dialog-close])");
    if (answer.status !== 200 || found.length !== 1) throw new Error("No notice");
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

  /** Show `notice`, its heading first: a second Enter must not Continue. */
  function show(notice, link) {
    const content = document.importNode(notice, true);
    const heading = content.querySelector("h1");
    const ways = [...content.querySelectorAll(LINK)].map((way) => String(addressOf(way)));
    for (const way of ways) onward.add(way);
    dialog.replaceChildren(content);
    document.body.append(dialog);
    Object.assign(heading, { id: HEADING, tabIndex: -1, autofocus: true });
    dialog.showModal();
    dialog.onclose = () => {
      for (const way of ways) onward.delete(way);
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

  function isHere(link) {
    const target = link.getAttribute("target") ?? document.querySelector("base[target]")?.target ?? "";
    return /^(_self)?$/i.test(target) && !link.hasAttribute("download");
  }

  function follow(event) {
    wanted = "";
    const [link] = linksOf(event);
    if (event.defaultPrevented || !link || !isPlain(event)) return;
    if (dialog.contains(link)) followInDialog(event, link);
    else if (isHere(link) && isGate(addressOf(link))) {
      event.preventDefault();
      open(link, addressOf(link).href);
    }
  }

  /** Let Continue be a link, but not to half a double click. */
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
  dialog.className = "gate-dialog";
  dialog.setAttribute("aria-labelledby", HEADING);

  listen(window);
  globalThis.navigation?.addEventListener("navigate", stopNavigation);
  guard(window, ["open"], openWindow);
  guard(Document.prototype, ["open"], (go, owner, given) => (given.length > 2 ? openWindow : write)(go, owner, given));
  guard(Document.prototype, ["write", "writeln"], write);
  guard(EventTarget.prototype, ["dispatchEvent"], makeEvent);
  guard(HTMLElement.prototype, ["click"], makeEvent);
  guard(HTMLFormElement.prototype, ["requestSubmit"], makeEvent);
  guard(HTMLFormElement.prototype, ["submit"], (go, form) => {
    if (!stops(actionOf(form))) go();
  });
  guard(Element.prototype, ["attachShadow"], (go) => listen(go()));
  if (dialog.showModal) {
    addEventListener("click", follow);
    for (const type of ["pointerover", "focusin"]) addEventListener(type, prefetch);
    addEventListener("pagehide", () => {
      wanted = "";
      dialog.close();
    });
  }
})();
