/* A followed figure: marks its square when htmx has swapped the panel, and moves between figures with the arrows.
   Without this script every figure is still a link to the whole page. */

const figures = () => document.querySelector("[data-figures]");

function mark(followed) {
  for (const link of figures().querySelectorAll("a.cell-link--follow")) {
    const here = new URL(link.href).searchParams.get("follow") === followed;
    link.closest("td").classList.toggle("cell--marked", here);
    if (here) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

document.addEventListener("htmx:afterSwap", () => {
  const panel = document.getElementById("followed");
  if (!panel || !figures()) return;
  mark(panel.dataset.followed ?? "");
  panel.scrollTop = 0;
  document.querySelector("[data-figure-said]").textContent = panel.querySelector(".figure-head__title")?.textContent.trim() ?? "";
  const inPanel = !figures().contains(document.activeElement);
  const below = panel.getBoundingClientRect().top > window.innerHeight * 0.8;
  if (below || inPanel) panel.focus({ preventScroll: true });
  if (below) panel.scrollIntoView({ block: "start" });
});

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  const link = event.target.closest?.("[data-figures] a.cell-link--follow");
  if (!step || !link || event.ctrlKey || event.metaKey || event.altKey) return;
  const [down, right] = step;
  let cell = link.closest("td");
  let row = cell.parentElement;
  const place = cell.cellIndex;
  do {
    if (right) cell = right > 0 ? cell.nextElementSibling : cell.previousElementSibling;
    else {
      row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
      cell = row?.cells[place];
    }
  } while (cell && !cell.querySelector("a.cell-link--follow"));
  if (!cell && (right || !row)) return;
  event.preventDefault();
  cell?.querySelector("a.cell-link--follow")?.focus();
});
