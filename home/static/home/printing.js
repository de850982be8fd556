// Prints one part of a page, such as the questions for one's doctor; without scripts the browser's print does.

const ROOT = document.documentElement;

function offer(part) {
  const offered = part.querySelector("[hidden]");
  if (!offered) return;
  offered.hidden = false;
  offered.querySelector("button").addEventListener("click", () => {
    part.dataset.printable = "now";
    ROOT.dataset.printing = "part";
    window.print();
  });
}

window.addEventListener("afterprint", () => {
  delete ROOT.dataset.printing;
  for (const part of document.querySelectorAll("[data-printable]")) part.dataset.printable = "";
});

document.querySelectorAll("[data-printable]").forEach(offer);
