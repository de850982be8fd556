// Among the countries that the page lists, shows those that are called as somebody types; scripts off, the form asks the site.
(() => {
  "use strict";
  const KEPT = "country"; // where this browser keeps the last choice; it only says what is suggested
  const remembered = () => { try { return localStorage.getItem(KEPT); } catch { return null; } };
  const remember = (code) => { try { localStorage.setItem(KEPT, code); } catch { /* nothing is kept then */ } };

  const shown = document.querySelector("[data-country]");
  if (shown) remember(shown.dataset.country);

  const form = document.querySelector("[data-country-search]");
  const list = document.querySelector("[data-continents]");
  if (!form || !list) return;

  const regions = document.querySelector("[data-regions]");
  const input = form.querySelector("input");
  const count = form.querySelector("[data-count]");
  const countries = [...list.querySelectorAll("[data-names]")];
  const UNMARKED = { "ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ß": "ss" };

  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC")
    .replace(/[øđłıæœþðß]/g, (letter) => UNMARKED[letter]).replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  const matching = (typed) => {
    const names = (country) => country.dataset.names.split("|");
    const exact = countries.filter((country) => names(country).includes(typed));
    const begun = countries.filter((country) => names(country).some((one) => ` ${one}`.includes(` ${typed}`)));
    return [...new Set([...exact, ...begun])];
  };

  const show = () => {
    const typed = fold(input.value);
    const found = typed ? matching(typed) : countries;
    if (regions) regions.hidden = Boolean(typed); // so that what is found stands where people look
    for (const country of countries) country.hidden = !found.includes(country);
    for (const continent of list.children) {
      const some = continent.querySelector("[data-names]:not([hidden])");
      continent.hidden = !some;
      continent.open = Boolean(typed && some);
    }
    count.textContent = !typed ? "" : found.length ? found.map((one) => one.textContent.trim()).slice(0, 5).join(", ") : count.dataset.none;
    return found;
  };

  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    const first = list.querySelector("details[open] [data-names]:not([hidden]) a");
    if (first) { event.preventDefault(); first.focus(); }
  });
  form.addEventListener("submit", (event) => {
    const found = input.value.trim() ? show() : [];
    if (!found.length) return;
    event.preventDefault();
    found[0].querySelector("a").click();
  });

  const suggest = (url, name) => {
    const line = form.querySelector("[data-suggestion]");
    const link = line.querySelector("a");
    link.href = url;
    link.textContent = name;
    line.hidden = false;
  };

  const last = remembered();
  const known = last && countries.map((one) => one.querySelector("a")).find((a) => a.pathname.endsWith(`/${last.toLowerCase()}/`));
  if (known) suggest(known.href, known.textContent);
  else fetch(form.dataset.suggested).then((answer) => answer.json()).then(({ country }) => country && suggest(country.url, country.name)).catch(() => {});
})();
