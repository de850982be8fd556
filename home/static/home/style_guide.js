// The style guide's previews are as high as what they show; without scripts, all of one height.
"use strict";

{
  function fit(frame) {
    const main = frame.contentDocument?.querySelector("main");
    if (!main) return;
    const border = frame.offsetHeight - frame.clientHeight;
    new ResizeObserver(() => {
      frame.style.blockSize = `${main.offsetHeight + border}px`;
    }).observe(main);
  }

  for (const frame of document.querySelectorAll(".style-guide iframe")) {
    frame.addEventListener("load", () => fit(frame));
    fit(frame);
  }
}
