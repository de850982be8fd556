/*
 * Pages that answer what is being typed, below the field: a combobox with a list, as the ARIA Authoring Practices
 * describe it. Without it, or when the answer fails, the form leads to the page of results.
 */

const PATIENCE = 200; // milliseconds without a key before the server is asked
const SHORTEST = 2; // characters

function suggestFor(form) {
  const field = form.elements.q;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let timer, asked;

  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  list.setAttribute("aria-label", form.querySelector("label").textContent);
  status.setAttribute("role", "status");
  status.className = "visually-hidden";
  form.append(list, status);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  close();

  const chosen = () => list.querySelector("[aria-selected=true]");

  function close() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function show(pages) {
    list.replaceChildren(
      ...pages.map(({ title, url }, number) => {
        const option = document.createElement("li");
        option.setAttribute("role", "option");
        option.id = `${list.id}-${number}`;
        option.setAttribute("aria-selected", "false");
        option.textContent = title;
        option.addEventListener("click", () => location.assign(url));
        return option;
      }),
    );
    status.textContent = pages.length ? form.dataset.some.replace("{}", pages.length) : form.dataset.none;
    close();
    if (!pages.length) return;
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
  }

  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  }

  /** Go on to the next option or the one before; past either end is the field itself. */
  function move(step) {
    const places = [null, ...list.children];
    const at = places.indexOf(chosen());
    choose(places[(at + step + places.length) % places.length]);
  }

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    const words = field.value.trim();
    if (words.length < SHORTEST) {
      status.textContent = "";
      close();
      return;
    }
    try {
      const response = await fetch(`${form.dataset.suggestions}?${new URLSearchParams({ q: words })}`, { signal });
      const { pages } = response.ok ? await response.json() : { pages: [] };
      if (document.activeElement === field) show(pages);
    } catch {
      if (!signal.aborted) close();
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PATIENCE);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen()) chosen().click();
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
}

for (const form of document.querySelectorAll("form[data-suggestions]")) suggestFor(form);

/* What only readers need is loaded once somebody reads: the first view waits for less. */
const later = document.querySelectorAll("[data-script]");
const READING = ["pointermove", "pointerdown", "keydown", "scroll"];
const load = () => {
  READING.forEach((event) => removeEventListener(event, load));
  later.forEach(({ dataset }) => import(dataset.script));
};
if (later.length) READING.forEach((event) => addEventListener(event, load, { passive: true }));
