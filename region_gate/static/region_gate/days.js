// Says a date in words as it is typed or picked, beside its field; the server says it, too, once it is saved.

const language = document.documentElement.lang;
const isEnglish = language.startsWith("en");
const words = new Intl.DateTimeFormat(isEnglish ? "en-GB" : language, {
  weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
});

function said(text) {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text.trim()) ?? [];
  const moment = new Date(Date.UTC(year, month - 1, day));
  moment.setUTCFullYear(year);
  if (moment.getUTCDate() !== Number(day)) return "";
  // Newer browsers set a comma after the weekday, which the server does not.
  return isEnglish ? words.format(moment).replace(",", "") : words.format(moment);
}

function say(event) {
  const described = event.target.getAttribute?.("aria-describedby") ?? "";
  for (const id of described.split(" ").filter(Boolean)) {
    const place = document.getElementById(id)?.querySelector("[data-in-words]");
    // A moment's day depends on the zone: the server says it.
    if (place) place.textContent = place.dataset.inWords === "day" ? said(event.target.value) : "";
  }
}

// The picker hangs in the body, and would not follow its field where only a part of the screen scrolls.
document.addEventListener("scroll", () => window.jQuery?.(window).triggerHandler("resize.xdsoft"), true);

// The picker's event does not bubble.
document.addEventListener("input", say, true);
document.addEventListener("change", say, true);
