/* Tells how it goes with each part of a page of reporting. Without this script "Spara allt" saves everything. */

const stateOf = (element) => {
  const part = element.closest?.(".part");
  return part?.querySelector("[data-part-state]");
};

function say(state, kind) {
  state.dataset.state = kind === "saving" ? "saving" : "error";
  state.textContent = state.dataset[kind];
}

/* The drafts of the part's texts wait while the part itself is being saved. */
function tell(state, what) {
  for (const text of state.closest(".part").querySelectorAll("[data-autosave-url]")) text.dispatchEvent(new Event(`text:${what}`));
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const state = stateOf(event.target);
  if (!state) return;
  tell(state, "saving");
  say(state, "saving");
});

/* A redirect to the sign-in page looks like success to htmx; only our own answer names the part. */
document.addEventListener("htmx:afterRequest", (event) => {
  const state = stateOf(event.target);
  if (!state) return;
  const { xhr } = event.detail;
  if (xhr.status && xhr.responseText.includes(`#${state.id}`)) {
    state.removeAttribute("data-state");
    tell(state, xhr.status === 200 ? "saved" : "unsaved");
  } else {
    say(state, xhr.status === 200 || xhr.status === 403 ? "signedOut" : "failed");
    tell(state, "unsaved");
  }
});

/* A chosen departure needs its reason: show where to write it. */
document.addEventListener("change", (event) => {
  const holder = event.target.closest?.(".depart");
  if (holder && event.target.type === "radio" && event.target.value) holder.querySelector("textarea")?.focus();
});

/* A figure and a reason for having none rule each other out: the one that was touched stays. */
document.addEventListener("input", (event) => {
  const fields = event.target.closest?.(".outcome__fields");
  if (!fields) return;
  const value = fields.querySelector(".outcome__value input");
  const status = fields.querySelector("select");
  if (event.target === value && value.value.trim()) status.value = "value";
  if (event.target === status && status.value !== "value") value.value = "";
});

/* Enter in a figure saves that figure, not the page. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.target.tagName !== "INPUT") return;
  const part = event.target.closest(".part");
  if (!part || event.target.type === "radio") return;
  event.preventDefault();
  event.target.dispatchEvent(new Event("change", { bubbles: true }));
});
