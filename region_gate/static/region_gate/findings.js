// What was found in a draft comes by a request of its own, so that nobody waits for it before writing.
// Where it does not come, the link to a page of its own stays.

class DraftFindings extends HTMLElement {
  #waiting = new AbortController();

  connectedCallback() {
    this.#load().catch(() => this.removeAttribute("aria-busy"));
  }

  // An autosave has brought newer ones meanwhile.
  disconnectedCallback() {
    this.#waiting.abort();
  }

  async #load() {
    this.setAttribute("aria-busy", "true");
    const answer = await fetch(this.getAttribute("src"), { signal: this.#waiting.signal });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    const found = document.createElement("template");
    found.innerHTML = await answer.text();
    this.replaceWith(found.content);
  }
}

customElements.define("draft-findings", DraftFindings);
