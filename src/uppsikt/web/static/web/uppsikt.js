/* Uppsikt in the browser. Everything here is a convenience: each page works without it.
   No inline handlers, no libraries but htmx, nothing stored but the theme and whether shortcuts are on. */

const root = document.documentElement;
root.classList.add("js");

const on = (type, handler, target = document) => target.addEventListener(type, handler);
const all = (selector, within = document) => within.querySelectorAll(selector);
const swedishTime = () => new Date().toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");

/* ---------------------------------------------------------------- theme */

on("submit", (event) => {
  const form = event.target.closest("[data-theme-switch]");
  if (!form || !event.submitter) return;
  event.preventDefault();
  const theme = event.submitter.value;
  root.dataset.theme = theme;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `theme=${theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  for (const button of all("[data-theme-switch] button")) button.setAttribute("aria-pressed", String(button.value === theme));
});

/* ---------------------------------------------------------------- sidebar on a phone */

const sidebar = document.getElementById("meny");
const opener = document.querySelector("[data-menu-open]");

function showMenu(open) {
  if (!sidebar) return;
  sidebar.classList.toggle("is-open", open);
  opener?.setAttribute("aria-expanded", String(open));
  if (open) sidebar.querySelector("a, button, select")?.focus();
  else opener?.focus();
}

if (opener && sidebar) {
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-expanded", "false");
  opener.setAttribute("aria-controls", "meny");
  on("click", (event) => { event.preventDefault(); showMenu(true); }, opener);
  on("click", (event) => {
    if (!event.target.closest("[data-menu-close]")) return;
    event.preventDefault();
    showMenu(false);
  }, sidebar);
}

/* ---------------------------------------------------------------- keyboard */

const shortcutsOff = () => localStorage.getItem("shortcuts") === "off";
const writing = (element) => element?.closest("input, select, textarea, [contenteditable]:not([contenteditable=false])");
let awaiting = 0;

on("keydown", (event) => {
  if (event.key === " " && event.target.matches?.("a[role=button]")) {
    event.preventDefault();
    return event.target.click();
  }
  if (event.key === "Escape" && sidebar?.classList.contains("is-open")) return showMenu(false);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest?.("form");
    if (form && form.method !== "get") { event.preventDefault(); form.requestSubmit(); }
    return undefined;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target) || shortcutsOff()) return undefined;
  if (awaiting > Date.now() - 1200) {
    awaiting = 0;
    const link = [...all("[data-shortcut]")].find((one) => one.dataset.shortcut === event.key);
    if (link) { event.preventDefault(); link.click(); }
    return undefined;
  }
  if (event.key === "g") awaiting = Date.now();
  if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  }
  if (event.key === "?") document.getElementById("genvagar")?.showModal?.();
  return undefined;
});

const toggle = document.querySelector("[data-shortcuts-toggle]");
if (toggle) {
  toggle.checked = !shortcutsOff();
  on("change", () => localStorage.setItem("shortcuts", toggle.checked ? "on" : "off"), toggle);
}

/* ---------------------------------------------------------------- tables */

/* A head can only stick to the window when nothing scrolls sideways; otherwise the table scrolls in itself. */
function fitTable(scroller) {
  const table = scroller.querySelector("table");
  if (!table) return;
  const fits = table.scrollWidth <= scroller.clientWidth + 1;
  scroller.toggleAttribute("data-fits", fits);
  scroller.toggleAttribute("data-overflows", !fits);
  if (fits) scroller.removeAttribute("tabindex");
  else scroller.tabIndex = 0;
}

const tableSizes = new ResizeObserver((entries) => entries.forEach((entry) => fitTable(entry.target)));

/* ---------------------------------------------------------------- forms */

const clean = new WeakMap();
const guarded = new Set();
const snapshot = (form) => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")).toString();
const isDirty = (form) => form.isConnected && clean.has(form) && clean.get(form) !== snapshot(form);

function autosaveStatus(form, state) {
  const status = form.querySelector("[data-autosave-status]");
  if (!status || status.dataset.state === state && state !== "saved") return;
  status.dataset.state = state;
  const words = { saving: status.dataset.saving, unsaved: status.dataset.unsaved, error: status.dataset.failed };
  status.textContent = state === "saved" ? `${status.dataset.saved} ${swedishTime()}` : words[state];
}

on("input", (event) => {
  const form = event.target.closest("form[data-autosave]");
  if (form) autosaveStatus(form, "unsaved");
});

on("submit", (event) => guarded.delete(event.target));
on("beforeunload", (event) => {
  if ([...guarded].some(isDirty)) event.preventDefault();
}, window);

/* ---------------------------------------------------------------- toasts */

function dismissLater(toast) {
  if (toast.hasAttribute("data-toast-undo") || toast.classList.contains("toast--error")) return;
  setTimeout(() => { if (!toast.matches(":hover, :focus-within")) toast.remove(); }, 8000);
}

on("click", (event) => event.target.closest("[data-toast-close]")?.closest("[data-toast]")?.remove());

function say(text, isError = false) {
  const region = document.getElementById("toasts");
  if (!region) return;
  const toast = document.createElement("div");
  toast.className = isError ? "toast toast--error" : "toast";
  toast.dataset.toast = "";
  const words = document.createElement("p");
  words.className = "toast__text";
  words.textContent = text;
  toast.append(words);
  region.append(toast);
  setTimeout(() => toast.remove(), isError ? 12000 : 8000);
}

/* ---------------------------------------------------------------- popovers without CSS anchors */

function placePopover(event) {
  const popover = event.target;
  if (!popover.matches?.(".popover") || event.newState !== "open") return;
  const button = document.querySelector(`[popovertarget="${popover.id}"]`);
  if (!button) return;
  const at = button.getBoundingClientRect();
  const below = innerHeight - at.bottom > popover.offsetHeight + 16;
  popover.style.left = `${Math.max(8, Math.min(at.left, innerWidth - popover.offsetWidth - 16))}px`;
  popover.style.top = `${below ? at.bottom : Math.max(8, at.top - popover.offsetHeight - 16)}px`;
}
if (!CSS.supports("position-area: block-end")) document.addEventListener("toggle", placePopover, true);

/* ---------------------------------------------------------------- context switcher */

for (const form of all("[data-switcher]")) {
  const button = form.querySelector("[data-switcher-button]");
  const before = snapshot(form);
  const update = () => { button.hidden = snapshot(form) === before; };
  update();
  on("change", update, form);
}

/* ---------------------------------------------------------------- htmx */

on("htmx:beforeRequest", (event) => {
  const form = event.target.closest?.("form[data-autosave]");
  if (form) autosaveStatus(form, "saving");
});

on("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-autosave]");
  if (!form) return;
  autosaveStatus(form, event.detail.successful ? "saved" : "error");
  if (event.detail.successful) clean.set(form, snapshot(form));
});

on("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (status === 403) say("Du har inte behörighet till det, eller så har sidan blivit för gammal. Ladda om och försök igen.", true);
  else say("Det gick inte att hämta. Ladda om sidan och försök igen.", true);
});
on("htmx:sendError", () => say("Ingen kontakt med servern. Kontrollera anslutningen och försök igen.", true));

/* Focus follows what was swapped: the error summary first, else the control that was used. */
let lastFocused = "";
on("htmx:beforeSwap", () => { lastFocused = document.activeElement?.id ?? ""; });
on("htmx:afterSettle", (event) => {
  const summary = event.target.querySelector?.("[data-error-summary]");
  if (summary) return summary.focus();
  if (lastFocused && document.activeElement === document.body) document.getElementById(lastFocused)?.focus();
  return undefined;
});

/* ---------------------------------------------------------------- start, and again for swapped parts */

function prepare(part) {
  for (const scroller of all("[data-table-scroll]", part)) { fitTable(scroller); tableSizes.observe(scroller); }
  for (const form of all("form[data-guard]", part)) { clean.set(form, snapshot(form)); guarded.add(form); }
  for (const toast of all("[data-toast]", part)) dismissLater(toast);
}

prepare(document);
on("htmx:load", (event) => prepare(event.target));
document.querySelector("[data-error-summary]")?.focus();
