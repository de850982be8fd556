// A form that saves itself knows which draft that made, so that a save by hand is not taken for
// somebody else's; and a save by hand waits for one that is under way.

// A form that was opened when there was no draft says so.
for (const form of document.querySelectorAll("[data-edit-form][action*='/edit/']")) {
  if (!form.elements.loaded_revision_id) {
    for (const name of ["loaded_revision_id", "loaded_revision_created_at"]) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name }));
    }
  }
}

let underWay = null; // the promise of an autosave
let settle = () => {};
let leaving = false;

document.addEventListener("w-autosave:save", (event) => {
  if (leaving) event.preventDefault();
  else if (!underWay) underWay = new Promise((resolve) => { settle = resolve; });
});

function settled() {
  underWay = null;
  settle();
}

document.addEventListener("w-autosave:success", (event) => {
  const { revision_id: id, revision_created_at: at } = event.detail.response;
  const fields = event.target.elements;
  if (id && fields.loaded_revision_id) {
    fields.loaded_revision_id.value = id;
    fields.loaded_revision_created_at.value = at;
  }
  settled();
});
document.addEventListener("w-autosave:error", settled);

document.addEventListener("submit", (event) => {
  if (!underWay || !event.target.matches("[data-edit-form]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (leaving) return;
  const form = event.target;
  const button = event.submitter;
  leaving = true;
  underWay.then(() => {
    // The button may be disabled by now, and would not be sent.
    if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
    form.requestSubmit();
  });
}, true);
