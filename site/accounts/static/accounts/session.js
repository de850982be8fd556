// Keeps what somebody has written when their session is over: they sign in in another window and go on.
// And tells the server of keys and clicks, for nothing else that a page asks for is a sign of life.

(({ dataset: words }) => {
  const MINUTE = 60_000;
  let lastSign = Date.now();
  let checked = false;
  let dialog = null;

  function renew(token) {
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
    if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = token;
  }

  // Whether somebody is signed in; null where nobody can tell.
  async function ask() {
    try {
      const answer = await fetch(words.session, { headers: { Accept: "application/json" }, cache: "no-store" });
      const { signed_in: isSignedIn, token } = await answer.json();
      if (isSignedIn) renew(token);
      return isSignedIn;
    } catch {
      return null;
    }
  }

  function element(name, properties) {
    return Object.assign(document.createElement(name), properties);
  }

  function build() {
    const made = element("dialog", { id: "signed-out" });
    const heading = element("h2", { id: "signed-out-heading", textContent: words.heading });
    const link = element("a", { href: words.signIn, target: "_blank", rel: "noopener", className: "button", textContent: words.open });
    const close = element("button", { type: "button", className: "button button-secondary", textContent: words.close });
    close.addEventListener("click", goOn);
    made.setAttribute("aria-labelledby", heading.id);
    made.append(heading, element("p", { textContent: words.told }), link, " ", close);
    document.body.append(made);
    return made;
  }

  function tell() {
    dialog ??= build();
    if (!dialog.open) dialog.showModal();
  }

  async function goOn() {
    if (await ask()) dialog?.close();
  }

  window.addEventListener("focus", () => { if (dialog?.open) goOn(); });

  document.addEventListener("w-autosave:error", async () => {
    if (await ask() === false) tell();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (checked || !form.matches("[data-edit-form]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    ask().then((isSignedIn) => {
      if (isSignedIn === false) return tell();
      checked = true;
      form.requestSubmit(button);
      checked = false;
    });
  }, true);

  function isAtWork() {
    if (Date.now() - lastSign < MINUTE) return;
    lastSign = Date.now();
    const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? window.wagtailConfig?.CSRF_TOKEN;
    fetch(words.session, { method: "POST", headers: { "X-CSRFToken": token ?? "" } }).catch(() => {});
  }

  if (!document.body.classList.contains("login")) {
    for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, isAtWork, { passive: true });
  }
})(document.currentScript);
