/* The countries of a region: a field that narrows the long list down to what is typed. Without it, all are shown. */

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Show the countries of `list` whose names hold what is typed, and those that are ticked. */
function narrow(list, typed) {
  const items = [...list.querySelectorAll("li")];
  for (const item of items) {
    const isTicked = item.querySelector("input").checked;
    item.hidden = !isTicked && !plain(item.textContent).includes(plain(typed.trim()));
  }
  list.querySelector("[data-countries-none]").hidden = items.some((item) => !item.hidden);
}

for (const list of document.querySelectorAll("[data-countries]")) {
  const filter = list.querySelector("[data-countries-filter]");
  filter.hidden = false;
  filter.addEventListener("input", (event) => {
    event.stopPropagation(); // what is typed here is no change of the region
    narrow(list, event.target.value);
  });
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // which would save the region
  });
}
