// Tells office hours in the reader's own time zone, where that is another one; without scripts the office's stands.

const DAY = 86_400_000;
const MINUTE = 60_000;
const MONDAY = Date.UTC(2024, 0, 1);
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/* How many minutes a zone is ahead of UTC now. */
function ahead(zone, now = new Date()) {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric",
  }).formatToParts(now);
  const { year, month, day, hour, minute } = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return Math.round((Date.UTC(year, month - 1, day, hour, minute) - now) / MINUTE);
}

function nameOf(zone, language) {
  for (const timeZoneName of ["longGeneric", "long"]) {
    try {
      const parts = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName }).formatToParts(new Date());
      return parts.find(({ type }) => type === "timeZoneName").value;
    } catch { /* an older browser */ }
  }
  return zone;
}

const minutesOf = (time) => time.split(":").reduce((hours, minutes) => Number(hours) * 60 + Number(minutes));
const at = (day, minutes) => new Date(MONDAY + day * DAY + minutes * MINUTE);

/* The hours of one entry, so many minutes later than they are written. */
function shifted({ first, last, opens, closes }, later, { language, next }) {
  const format = (options) => new Intl.DateTimeFormat(language, { timeZone: "UTC", ...options });
  const days = format({ weekday: "short" });
  const times = format({ hour: "2-digit", minute: "2-digit" });
  const [start, end] = [opens, closes].map((time) => minutesOf(time) + later);
  const ends = [first, last].map((day) => days.format(at(Number(day), start)));
  const hours = [start, end].map((minutes) => times.format(at(0, minutes))).join(" – ");
  const isNextDay = Math.floor(start / 1440) !== Math.floor(end / 1440);
  return `${[...new Set(ends)].join(" – ")}, ${hours}${isNextDay ? ` ${next}` : ""}`;
}

function tell(list, kind, words) {
  const added = document.createElement(kind);
  added.textContent = words;
  list.append(added);
}

for (const list of document.querySelectorAll(".office-hours[data-zone]")) {
  const { zone, here, language } = list.dataset;
  list.removeAttribute("data-zone"); // told once
  try {
    const later = ahead(HERE) - ahead(zone);
    const openings = [...list.querySelectorAll("[data-opens]")];
    if (later === 0) continue;
    tell(list, "dt", here.replace("{}", nameOf(HERE, language)));
    for (const { dataset } of openings) tell(list, "dd", shifted(dataset, later, list.dataset));
  } catch { /* a zone that the browser does not know */ }
}
