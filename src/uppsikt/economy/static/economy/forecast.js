/* A sheet of forecasts as a spreadsheet: Enter and the arrows go down the column, a copied column is pasted down it,
   and variances and sums follow as one types. The server counts everything again when a line is saved. */

const sheet = document.querySelector("[data-forecast]");
const per = Number(sheet.dataset.per);
const decimals = Number(sheet.dataset.decimals);
const lines = [...sheet.querySelectorAll("[data-line]")];
const sums = [...sheet.querySelectorAll("[data-leaves]")];
const amountOf = (row) => row.querySelector(".fc-amount input.num");
const rowOf = (element) => element.closest?.("[data-line]");

/* Öre, null for an empty field, undefined for what is no amount. A figure without a sign has the row's own. */
function read(text, negative) {
  const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace(/\u2212/g, "-").replace(",", ".");
  if (!plain) return null;
  if (!/^[+-]?\d+(\.\d+)?$/.test(plain)) return undefined;
  const ore = Math.round(Number(plain) * per);
  return negative && !/^[+-]/.test(plain) ? -ore : ore;
}

/* As the field holds it: exact, with a plus where a bare figure would be a cost. */
function written(ore, negative) {
  const [whole, part = ""] = String(Math.abs(ore) / per).split(".");
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, "\u00a0") + (part && `,${part}`);
  if (ore < 0) return `\u2212${digits}`;
  return negative && ore > 0 ? `+${digits}` : digits;
}

function printed(ore) {
  const steps = Math.round(Math.abs(ore) / per * 10 ** decimals);
  const digits = String(Math.floor(steps / 10 ** decimals)).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
  const part = decimals ? `,${String(steps % 10 ** decimals).padStart(decimals, "0")}` : "";
  return { text: digits + part, nothing: steps === 0, minus: ore < 0 && steps !== 0 };
}

const money = (ore) => { const shown = printed(ore); return (shown.minus ? "\u2212" : "") + shown.text; };

function show(row, ore) {
  const place = row.querySelector("[data-variance]");
  const shown = printed(ore ?? 0);
  place.textContent = ore === null ? "\u2013" : `${shown.nothing ? "" : ore < 0 ? "\u2212" : "+"}${shown.text}`;
  place.className = ore === null || shown.nothing ? "" : `tone-text tone-${ore < 0 ? "bad" : "good"}`;
  const words = place.nextElementSibling;
  if (words) words.textContent = "";
}

function count(row) {
  const budget = Number(row.dataset.budget);
  const ore = read(amountOf(row).value, "negative" in row.dataset);
  amountOf(row).toggleAttribute("aria-invalid", ore === undefined);
  if (ore === undefined) return;
  row.dataset.expected = String(ore ?? budget);
  show(row, ore === null ? null : ore - budget);
  for (const sum of sums) {
    const held = sum.dataset.leaves.split(" ");
    if (!held.includes(row.dataset.line)) continue;
    const total = lines.filter((one) => held.includes(one.dataset.line)).reduce((all, one) => all + Number(one.dataset.expected), 0);
    sum.querySelector(".fc-forecast").textContent = money(total);
    show(sum, total - Number(sum.dataset.budget));
  }
}

function put(row, text) {
  const field = amountOf(row);
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

sheet.addEventListener("input", (event) => {
  const row = rowOf(event.target);
  if (row && event.target === amountOf(row)) count(row);
});

/* What was read is written out, before htmx sends it. */
sheet.addEventListener("change", (event) => {
  const row = rowOf(event.target);
  if (!row || event.target !== amountOf(row)) return;
  const negative = "negative" in row.dataset;
  const ore = read(event.target.value, negative);
  if (ore) event.target.value = written(ore, negative);
}, true);

sheet.addEventListener("focusin", (event) => {
  if (event.target.matches(".fc-amount input.num")) event.target.select();
});

sheet.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !event.target.matches?.(".fc-amount input.num")) return;
  const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = lines[lines.indexOf(rowOf(event.target)) + step];
  if (next) amountOf(next).focus();
  else event.target.blur();
});

sheet.addEventListener("paste", (event) => {
  if (!event.target.matches?.(".fc-amount input.num")) return;
  const cells = event.clipboardData.getData("text").trimEnd().split(/\r?\n/).map((line) => line.split("\t")[0].trim());
  if (cells.length < 2) return;
  event.preventDefault();
  const first = lines.indexOf(rowOf(event.target));
  cells.forEach((text, at) => { if (lines[first + at] && text) put(lines[first + at], text); });
});

sheet.addEventListener("click", (event) => {
  const button = event.target.closest(".fc-take");
  if (!button) return;
  event.preventDefault();
  const row = rowOf(button);
  put(row, button.dataset.exact);
  amountOf(row).focus();
});

/* How it goes with each line. A redirect to the sign-in page looks like success; only our own answer names the line. */
const stateOf = (element) => rowOf(element)?.querySelector(".fc-state");

function tell(state, kind) {
  state.dataset.state = kind === "saving" ? "saving" : "error";
  state.textContent = state.dataset[kind];
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const state = stateOf(event.target);
  if (state) tell(state, "saving");
});

document.addEventListener("htmx:afterRequest", (event) => {
  const state = stateOf(event.target);
  if (!state) return;
  const { xhr } = event.detail;
  if (xhr.status && xhr.responseText.includes(`#${state.id}`)) state.removeAttribute("data-state");
  else tell(state, xhr.status === 200 || xhr.status === 403 ? "signedOut" : "failed");
});
