/* Tells how it goes with each part of a page of reporting. Without this script "Spara allt" saves everything. */

const stateOf = (element) => {
  const part = element.closest?.(".part");
  return part?.querySelector("[data-part-state]");
};

function say(state, kind) {
  state.dataset.state = kind === "saving" ? "saving" : "error";
  state.textContent = state.dataset[kind];
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const state = stateOf(event.target);
  if (state) say(state, "saving");
});

/* A redirect to the sign-in page looks like success to htmx; only our own answer names the part. */
document.addEventListener("htmx:afterRequest", (event) => {
  const state = stateOf(event.target);
  if (!state) return;
  const { xhr } = event.detail;
  if (xhr.status && xhr.responseText.includes(`#${state.id}`)) {
    state.removeAttribute("data-state");
    for (const old of state.closest(".part").querySelectorAll(".autosave")) old.textContent = "";
  } else say(state, xhr.status === 200 || xhr.status === 403 ? "signedOut" : "failed");
});

/* A chosen departure needs its reason: show where to write it. */
document.addEventListener("change", (event) => {
  const holder = event.target.closest?.(".depart");
  if (holder && event.target.type === "radio" && event.target.value) holder.querySelector("textarea")?.focus();
});

/* Enter in a figure saves that figure, not the page. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.target.tagName !== "INPUT") return;
  const part = event.target.closest(".part");
  if (!part || event.target.type === "radio") return;
  event.preventDefault();
  event.target.dispatchEvent(new Event("change", { bubbles: true }));
});
