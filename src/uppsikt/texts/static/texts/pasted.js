/* What comes from elsewhere (a word processor, a web page, our own server) in the form the editor holds. */

const HEADINGS = { H1: "h3", H2: "h3", H5: "h4", H6: "h4" };
const BULLET = /^[·•▪●◦§o\u2013\uf0b7\uf0a7-]\s+/;
const NUMBER = /^\(?(?:\d{1,3}|[a-z])[.)]\s+/i;

const KEPT = new Set(["href", "src", "alt", "colspan", "rowspan", "data-file", "data-caption", "data-note", "data-figure"]);

export function tidied(html) {
  // Taken away before anything is parsed: the security policy would complain of every inline style.
  const quiet = html
    .replace(/<(style|script|xml)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/(<[^<>]*?\s)style(\s*=)/gi, "$1data-style$2")
    .replace(/(<[^<>]*?\s)on\w+(\s*=)/gi, "$1data-dropped$2");
  const page = new DOMParser().parseFromString(quiet, "text/html");
  tidyWithin(page.body);
  for (const element of page.body.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) if (!KEPT.has(name)) element.removeAttribute(name);
  }
  return page.body.innerHTML;
}

export function tidyWithin(part) {
  for (const heading of part.querySelectorAll("h1, h2, h5, h6")) {
    const other = part.ownerDocument.createElement(HEADINGS[heading.tagName]);
    other.append(...heading.childNodes);
    heading.replaceWith(other);
  }
  for (const caption of part.querySelectorAll("table > caption")) {
    caption.parentElement.dataset.caption = caption.textContent.trim();
    caption.remove();
  }
  for (const caption of part.querySelectorAll("figure > figcaption")) {
    const image = caption.parentElement.querySelector("img");
    if (image) image.dataset.caption ||= caption.textContent.trim();
    caption.remove();
  }
  for (const bold of part.querySelectorAll("b")) {
    if (/font-weight\s*:\s*normal/i.test(bold.dataset.style ?? "")) bold.replaceWith(...bold.childNodes);
  }
  for (const item of part.querySelectorAll("p[class*=MsoList]")) listItem(item);
}

/* Word has no lists in what it copies: paragraphs with a bullet of text, each knowing only its own level. */
function listItem(paragraph) {
  const { ownerDocument } = paragraph;
  const text = paragraph.textContent.trimStart();
  const found = BULLET.exec(text) ?? NUMBER.exec(text);
  if (!found) return;
  const tag = BULLET.test(text) ? "ul" : "ol";
  let surplus = paragraph.textContent.length - text.length + found[0].length;
  const walker = ownerDocument.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && surplus > 0; node = walker.nextNode()) {
    const cut = Math.min(surplus, node.data.length);
    node.data = node.data.slice(cut);
    surplus -= cut;
  }
  const before = paragraph.previousElementSibling;
  const list = before?.matches(`${tag}[data-word]`) ? before : ownerDocument.createElement(tag);
  if (list !== before) {
    list.dataset.word = "";
    paragraph.before(list);
  }
  const item = ownerDocument.createElement("li");
  list.append(item);
  paragraph.removeAttribute("class");
  item.append(paragraph);
}
