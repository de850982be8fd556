// What the clipboard holds, as texts and tables that the editor can keep. Reads HTML as word processors, mail
// programs and browsers write it. Nothing is dropped in silence: `told` names what could not be kept.
"use strict";

{
  const BLOCKS = new Set(
    ("ADDRESS ARTICLE ASIDE BLOCKQUOTE CENTER DD DETAILS DIV DL DT FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 " +
      "HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL").split(" "),
  );
  const SILENT = new Set("HEAD STYLE SCRIPT TITLE META LINK TEMPLATE NOSCRIPT".split(" "));
  const PICTURES = new Set("IMG SVG PICTURE VIDEO IFRAME OBJECT EMBED CANVAS".split(" "));
  const STYLES = { bold: "BOLD", italic: "ITALIC", superscript: "SUPERSCRIPT", subscript: "SUBSCRIPT" };
  const TYPES = { h3: "header-three", ul: "unordered-list-item", ol: "ordered-list-item" };
  const MARKED = /^[•·◦▪‣⁃]\s+/;
  // Adobe's Symbol encoding, in which Word still writes Greek and signs; its own code points begin at F000.
  const SYMBOLS = Object.fromEntries(
    [..."abgdezhqiklmnxoprstufcywABGDEZHQIKLMNXOPRSTUFCYW"].map((letter, place) => [
      letter,
      [..."αβγδεζηθικλμνξοπρστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"][place],
    ]),
  );
  Object.assign(SYMBOLS, { "£": "≤", "³": "≥", "´": "×", "¹": "≠", "»": "≈", "®": "→", "¬": "←", "·": "•", "¥": "∞", "¸": "÷" });

  class ClipboardReader {
    // `features` are the editor's; `told` gathers the keys of what could not be kept.
    constructor(features, told = new Set()) {
      this.features = new Set(features);
      this.told = told;
      this.entityMap = {};
      this.parts = [];
      this.block = null;
    }

    // Return the parts: each has either `blocks`, as Draft.js keeps them raw, or `table`.
    read(html) {
      const body = new DOMParser().parseFromString(html, "text/html").body;
      this.walk(body, { styles: [], type: "unstyled", depth: 0 });
      this.end();
      return this.parts;
    }

    // The same of plain text: a line is a paragraph; lines of cells between tabs are a table.
    readText(text) {
      const lines = text.split(/\r\n?|\n/).filter((line) => line.trim());
      const cells = lines.map((line) => line.split("\t"));
      if (lines.length > 1 && cells[0].length > 1 && cells.every((row) => row.length === cells[0].length)) {
        this.parts.push({ table: window.clipboardTables.fromCells(cells, this.told) });
        return this.parts;
      }
      for (const line of lines) {
        const isItem = MARKED.test(line) && this.features.has("ul");
        const around = { styles: [], type: isItem ? TYPES.ul : "unstyled", depth: 0 };
        this.add(isItem ? line.replace(MARKED, "") : line, around);
        this.end();
      }
      return this.parts;
    }

    walk(node, around) {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) {
          this.add(child.data, around);
        } else if (child.nodeType === Node.ELEMENT_NODE && this.isKept(child)) {
          this.walkElement(child, around);
        }
      }
    }

    walkElement(element, around) {
      const tag = element.tagName.toUpperCase();
      if (tag === "BR") {
        this.breakLine(around);
      } else if (tag === "TABLE" && window.clipboardTables.isData(element)) {
        this.end();
        this.parts.push({ table: window.clipboardTables.fromElement(element, this.told) });
      } else if (around.isItem && /^(P|DIV)$/.test(tag) && !element.querySelector("ul, ol, table")) {
        this.add(" ", around); // an item of several paragraphs stays one
        this.walk(element, { ...around, ...this.inline(element, tag, around) });
      } else if (BLOCKS.has(tag)) {
        const within = this.within(element, tag, around);
        this.end(); // an item's own text ends where a list within it begins
        this.walk(element, within);
        this.end();
      } else {
        this.walk(element, { ...around, ...this.inline(element, tag, around) });
      }
    }

    // Say whether anything of `element` is content; name what is left out and may be missed.
    isKept(element) {
      const tag = element.tagName.toUpperCase();
      const style = element.getAttribute("style") || "";
      if (PICTURES.has(tag)) {
        this.told.add("pictures");
        return false;
      }
      if (tag === "DEL" && element.hasAttribute("datetime")) {
        this.told.add("removed");
        return false;
      }
      if (/mso-element:\s*comment/.test(style) || /\bmsocom/i.test(element.className)) {
        this.told.add("comments");
        return false;
      }
      return !(SILENT.has(tag) || element.hidden || /mso-list:\s*ignore|display:\s*none|mso-hide:\s*all/i.test(style));
    }

    // What a block is: a heading, an item of a list as deep as it lies, or a paragraph.
    within(element, tag, around) {
      const plain = { ...around, type: around.type === TYPES.h3 ? "unstyled" : around.type };
      if (/^H[1-4]$/.test(tag) || /\bMsoTitle\b/.test(element.className)) {
        return { ...around, styles: [], isHeading: true, type: this.features.has("h3") ? TYPES.h3 : "unstyled", depth: 0 };
      }
      if (/^H[56]$/.test(tag)) {
        return { ...plain, styles: [...around.styles, "BOLD"] };
      }
      if (tag === "UL" || tag === "OL") {
        return { ...plain, list: tag.toLowerCase(), level: (around.level || 0) + 1, isItem: false };
      }
      if (tag === "LI") {
        const said = Number(element.getAttribute("aria-level") || element.dataset.ariaLevel || 0);
        return { ...this.item(plain, around.list || "ul", Math.max(around.level || 1, said)), isItem: true };
      }
      const word = /mso-list:\s*\w+\s+level(\d+)/.exec(element.getAttribute("style") || "");
      return word ? this.item(plain, wordList(element), Number(word[1])) : plain;
    }

    item(around, list, level) {
      if (!this.features.has(list)) {
        this.told.add("lists");
        return around;
      }
      return { ...around, type: TYPES[list], depth: Math.min(level - 1, 4) };
    }

    inline(element, tag, around) {
      const style = element.style;
      const weight = style.fontWeight || (/^(B|STRONG)$/.test(tag) ? "bold" : "");
      const slant = style.fontStyle || (/^(I|EM|CITE|DFN)$/.test(tag) ? "italic" : "");
      const has = new Set(around.styles);
      if (weight && !around.isHeading) {
        has[/^(bold|bolder|[6-9]00)$/.test(weight) ? "add" : "delete"]("BOLD");
      }
      if (slant) {
        has[/italic|oblique/.test(slant) ? "add" : "delete"]("ITALIC");
      }
      const raised = raise(element, tag);
      if (raised) {
        has.add(raised);
      }
      if (/^(S|STRIKE|DEL)$/.test(tag) || /line-through/.test(style.textDecoration)) {
        this.told.add("struck");
      }
      const isSymbol = /^["']?symbol\b/i.test(style.fontFamily);
      return { styles: [...has], isSymbol: isSymbol || around.isSymbol, link: tag === "A" ? this.link(element) : around.link };
    }

    link(element) {
      const written = element.getAttribute("href") || "";
      const address = unwrapped(written);
      if (/^(https?:|mailto:|tel:)/i.test(address) && this.features.has("link")) {
        return address;
      }
      if (written && !written.startsWith("#")) {
        this.told.add("links");
      }
      return null;
    }

    begin({ type, depth }) {
      this.block = { type, depth, text: "", marks: [] };
    }

    add(text, around) {
      const read = around.isSymbol ? [...text].map(fromSymbol).join("") : text;
      const words = read.replace(/[\u200b\ufeff]/g, "").replace(/[ \t\r\n\f]+/g, " ").replace(/[ \u00a0]{2,}/g, " ");
      if (!this.block) {
        if (!words.trim()) {
          return;
        }
        this.begin(around);
      }
      const joined = /\s$/.test(this.block.text) || !this.block.text ? words.replace(/^\s+/, "") : words;
      if (joined) {
        const offset = this.block.text.length;
        this.block.marks.push({ offset, length: joined.length, styles: around.styles, link: around.link });
        this.block.text += joined;
      }
    }

    // No text here has breaks within its lines: a paragraph's next line is a paragraph, an item's goes on.
    breakLine(around) {
      if (this.block && this.block.type.endsWith("list-item")) {
        this.add(" ", around);
      } else {
        this.end();
      }
    }

    end() {
      const { block } = this;
      this.block = null;
      const text = block?.text.replace(/\s+$/, "");
      if (!text) {
        return;
      }
      const marks = block.marks
        .map((mark) => ({ ...mark, length: Math.min(mark.length, text.length - mark.offset) }))
        .filter((mark) => mark.length > 0);
      const last = this.parts.at(-1);
      const blocks = last?.blocks || [];
      if (!last?.blocks) {
        this.parts.push({ blocks, entityMap: this.entityMap });
      }
      blocks.push({
        type: block.type,
        depth: block.depth,
        text,
        inlineStyleRanges: marks.flatMap(({ offset, length, styles }) =>
          styles.filter((style) => this.allows(style)).map((style) => ({ offset, length, style })),
        ),
        entityRanges: this.linked(marks),
      });
    }

    allows(style) {
      const isAllowed = Object.entries(STYLES).some(([feature, name]) => name === style && this.features.has(feature));
      if (!isAllowed && /SCRIPT$/.test(style)) {
        this.told.add("raised");
      }
      return isAllowed;
    }

    // One link for neighbours that lead to one address.
    linked(marks) {
      const ranges = [];
      for (const { offset, length, link } of marks.filter((mark) => mark.link)) {
        const before = ranges.at(-1);
        if (before && before.offset + before.length === offset && this.entityMap[before.key].data.url === link) {
          before.length += length;
        } else {
          const key = Object.keys(this.entityMap).length;
          this.entityMap[key] = { type: "LINK", mutability: "MUTABLE", data: { url: link } };
          ranges.push({ offset, length, key });
        }
      }
      return ranges;
    }
  }

  function raise(element, tag) {
    const style = element.getAttribute("style") || "";
    const align = element.style.verticalAlign;
    const points = parseFloat(/mso-text-raise:\s*(-?[\d.]+)/.exec(style)?.[1] || "0");
    if (tag === "SUP" || align === "super" || points > 0) {
      return "SUPERSCRIPT";
    }
    return tag === "SUB" || align === "sub" || points < 0 ? "SUBSCRIPT" : "";
  }

  // Word writes an item as a paragraph that begins with its number or mark.
  function wordList(element) {
    const mark = [...element.querySelectorAll("[style]")].find((one) => /mso-list:\s*ignore/i.test(one.getAttribute("style")));
    return /^\(?[0-9a-z]{1,5}[.)]/i.test((mark?.textContent || "").trim()) ? "ol" : "ul";
  }

  // Mail programs and Google lead links by way of themselves.
  function unwrapped(href) {
    if (!URL.canParse(href)) {
      return href;
    }
    const url = new URL(href);
    const is = (host) => url.hostname === host || url.hostname.endsWith(`.${host}`);
    const inner = (is("google.com") && url.pathname === "/url" && (url.searchParams.get("q") || url.searchParams.get("url")))
      || (is("safelinks.protection.outlook.com") && url.searchParams.get("url"));
    return inner || href;
  }

  function fromSymbol(character) {
    const code = character.codePointAt(0);
    const plain = code >= 0xf000 && code <= 0xf0ff ? String.fromCodePoint(code - 0xf000) : character;
    return SYMBOLS[plain] || plain;
  }

  window.ClipboardReader = ClipboardReader;
}
