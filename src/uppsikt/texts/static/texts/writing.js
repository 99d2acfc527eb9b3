/* Starts the editors and the autosaving of a page, and again for parts that htmx swaps in.
   Without this script each text is a plain field in a form, and saving works the same. */

import { Autosave } from "./autosave.js";
import { startWriter } from "./writer.js";

async function start(part) {
  const within = part.querySelectorAll ? part : document;
  for (const root of within.querySelectorAll("[data-writer]:not([data-ready])")) {
    root.dataset.ready = "starting";
    startWriter(root).then((writer) => watch(root, writer)).catch((error) => {
      root.dataset.ready = "failed";
      watch(root, null);
      throw error;
    });
  }
  for (const area of within.querySelectorAll("textarea[data-autosave-url]:not([data-ready])")) {
    area.dataset.ready = "true";
    new Autosave(area, { read: () => area.value, write: (text) => { area.value = text; }, changes: (tell) => area.addEventListener("input", tell) });
  }
}

/* The whole form is saved with the editor; with the plain field when the editor could not start.
   On a page with several texts in one form, each stands in a block of its own with data-autosave-url. */
function watch(root, writer) {
  const form = root.closest("[data-autosave-url]");
  if (!form) return;
  const area = root.querySelector("[data-writer-plain]");
  new Autosave(form, {
    read: () => area.value,
    write: (text) => (writer ? writer.write(text) : undefined),
    changes: (tell) => (writer ? writer.changes(tell) : area.addEventListener("input", tell)),
  });
  const go = form.querySelector("[data-draft-continue]");
  if (go) {
    go.hidden = false;
    go.addEventListener("click", () => {
      form.querySelector("[data-draft-notice]").hidden = true;
      if (writer) writer.focus();
      else area.focus();
    });
  }
}

start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
