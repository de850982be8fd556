// Offers whoever seems to belong to another region the same there; who stays is not asked again.
(() => {
  "use strict";
  const place = document.querySelector("[data-offer]");
  const stored = (store, key) => { try { return window[store].getItem(key) ?? ""; } catch { return ""; } };
  const store = (store, key, value) => { try { window[store].setItem(key, value); } catch { /* asked again, then */ } };
  const { offer, page, region } = place?.dataset ?? {};
  const STAYS = `stays-${region}`; // in the local storage: somebody stays; in that of the session: nothing is offered
  if (!place || stored("localStorage", STAYS) || stored("sessionStorage", STAYS)) return;

  const show = (panel) => {
    place.innerHTML = panel;
    place.hidden = false;
    document.documentElement.classList.add("has-offer");
    place.querySelector("button").addEventListener("click", () => {
      store("localStorage", STAYS, "yes");
      place.hidden = true;
      document.documentElement.classList.remove("has-offer");
      document.getElementById("main").focus();
    });
  };

  const asked = new URLSearchParams({ page, country: stored("localStorage", "country") });
  fetch(`${offer}?${asked}`).then((answer) => (answer.ok ? answer.text() : "")).then((panel) => {
    if (panel) show(panel);
    else store("sessionStorage", STAYS, "yes");
  }).catch(() => {});
})();
