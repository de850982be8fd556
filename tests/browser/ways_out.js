/* Every address on the page as the browser itself resolves it, in shadow roots, templates and frames, too.
   Takes the closed shadow roots, which no script finds. */
(closedRoots) => {
  const XLINK = "http://www.w3.org/1999/xlink";
  const NAMESPACES = {
    "http://www.w3.org/1999/xhtml": "html",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/Math/MathML": "math",
  };
  const AHEAD = ["prefetch", "prerender", "next", "preconnect", "dns-prefetch"];
  const found = [];

  const note = (node, where, address) => {
    try {
      found.push([node.localName, where, new URL(address, document.baseURI).href]);
    } catch {
      // No browser can follow it.
    }
  };
  const noteWritten = (node, ...names) => {
    for (const name of names) if (node.hasAttribute(name)) note(node, name, node.getAttribute(name));
  };
  const noteXlink = (node) => {
    if (node.hasAttributeNS(XLINK, "href")) note(node, "xlink:href", node.getAttributeNS(XLINK, "href"));
  };
  /* The property itself: a form's fields may stand before it under its name. */
  const noteProperty = (type, property, attribute) => (node) => {
    if (!node.hasAttribute(attribute)) return;
    note(node, property, Object.getOwnPropertyDescriptor(type.prototype, property).get.call(node));
    note(node, attribute, node.getAttribute(attribute));
  };
  const noteButton = (type) => noteProperty(type, "formAction", "formaction");
  const noteAnimation = (node) => {
    if (!/(^|:)href$/i.test(node.getAttribute("attributeName") || "")) return;
    noteWritten(node, "from", "to", "by");
    (node.getAttribute("values") || "").split(";").forEach((address) => note(node, "values", address));
  };
  const noteRefresh = (node) => {
    if (node.httpEquiv.toLowerCase() !== "refresh") return;
    const content = node.getAttribute("content") || "";
    note(node, "content", content.replace(/^[^;,\s]*\s*[;,]?\s*(url\s*=\s*)?["']?/i, ""));
  };
  const rules = (text) => {
    try {
      return Object.values(JSON.parse(text)).flat();
    } catch {
      return [];
    }
  };
  const noteRules = (node) => {
    if ((node.getAttribute("type") || "").trim().toLowerCase() !== "speculationrules") return;
    for (const rule of rules(node.textContent)) {
      for (const address of rule.urls || ["no-list:"]) note(node, "rule", address);
    }
  };
  const link = (type) => (node) => (noteProperty(type, "href", "href")(node), noteWritten(node, "ping"));

  const LOOKS = {
    "html a": link(HTMLAnchorElement),
    "html area": link(HTMLAreaElement),
    "html base": (node) => noteWritten(node, "href"),
    "html button": noteButton(HTMLButtonElement),
    "html embed": (node) => noteWritten(node, "src", "code"),
    "html form": noteProperty(HTMLFormElement, "action", "action"),
    "html frame": noteProperty(HTMLFrameElement, "src", "src"),
    "html iframe": noteProperty(HTMLIFrameElement, "src", "src"),
    "html input": noteButton(HTMLInputElement),
    "html link": (node) => AHEAD.some((name) => node.relList.contains(name)) && noteWritten(node, "href"),
    "html meta": noteRefresh,
    "html object": noteProperty(HTMLObjectElement, "data", "data"),
    "html script": noteRules,
    "svg a": (node) => {
      noteWritten(node, "href");
      noteXlink(node);
      for (const address of [node.href.baseVal, node.href.animVal]) note(node, "href", address);
    },
    "svg animate": noteAnimation,
    "svg script": noteRules,
    "svg set": noteAnimation,
  };
  const look = (node) => {
    const namespace = NAMESPACES[node.namespaceURI];
    LOOKS[`${namespace} ${node.localName}`]?.(node);
    if (namespace === "math") (noteWritten(node, "href"), noteXlink(node));
  };
  const walk = (root) => {
    for (const node of root.querySelectorAll("*")) {
      look(node);
      if (node.shadowRoot) walk(node.shadowRoot);
      if (node.content?.querySelectorAll) walk(node.content);
      if (node.srcdoc) walk(new DOMParser().parseFromString(node.srcdoc, "text/html"));
      if (node.contentDocument) walk(node.contentDocument);
    }
  };
  [document, ...closedRoots].forEach(walk);
  return found;
}
