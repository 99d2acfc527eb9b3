/* The editor: django-prose-editor's bundle of Tiptap, with our own toolbar, dialogs, footnotes, pictures
   and live figures. Styles come from texts.css and nothing is injected, so that 'self' is enough. */

import { tidied, tidyWithin } from "./pasted.js";

const KEY = /\[\[([a-z][a-z0-9_.:-]{0,99})\]\]$/;
const ADDRESS = /^(https?:\/\/\S+|mailto:\S+@\S+)$/i;
const PICTURES = ["image/png", "image/jpeg", "image/webp", "image/gif"];

export async function startWriter(root) {
  const lib = await import("../django_prose_editor/editor.js");
  const writer = new Writer(root, lib);
  root.dataset.ready = "true";
  return writer;
}

class Writer {
  constructor(root, lib) {
    this.root = root;
    this.lib = lib;
    this.area = root.querySelector("[data-writer-plain]");
    this.format = root.querySelector("[data-writer-format]");
    this.bar = root.querySelector("[data-writer-bar]");
    this.page = root.querySelector("[data-writer-page]");
    this.tableTools = root.querySelector("[data-writer-table]");
    this.style = root.querySelector("[data-writer-style]");
    this.tools = [...this.bar.querySelectorAll("[data-do]")];
    this.dialogs = root.querySelector("[data-writer-dialogs]").content;
    this.figures = new Map([...this.dialogs.querySelectorAll("[data-figure-text]")].map((one) => [one.value, one.dataset.figureText]));
    this.listeners = [];
    this.start();
  }

  start() {
    const html = this.root.querySelector("[data-writer-html]").content.cloneNode(true);
    const holder = document.createElement("div");
    holder.append(html);
    tidyWithin(holder);
    this.page.hidden = false;
    this.editor = new this.lib.Editor({
      element: this.page,
      extensions: extensions(this.lib, this),
      content: holder.innerHTML,
      injectCSS: false,
      editorProps: {
        attributes: this.attributes(),
        transformPastedHTML: tidied,
        handlePaste: (view, event) => this.takePicture(event, event.clipboardData?.files, event.clipboardData?.types.includes("text/html")),
        handleDrop: (view, event) => this.takePicture(event, event.dataTransfer?.files, false),
      },
      onUpdate: () => { this.sync(); for (const tell of this.listeners) tell(); },
      onTransaction: () => this.refresh(),
    });
    this.area.hidden = true;
    this.bar.hidden = false;
    this.root.querySelector("[data-writer-hint]").hidden = true;
    this.root.classList.add("is-ready");
    this.wire();
    this.sync();
    this.refresh();
  }

  attributes() {
    const label = this.area.labels?.[0];
    const found = { role: "textbox", "aria-multiline": "true", lang: "sv", spellcheck: "true", class: "writer__text" };
    if (label) {
      label.id ||= `${this.area.id}_label`;
      found["aria-labelledby"] = label.id;
      label.addEventListener("click", (event) => { event.preventDefault(); this.focus(); });
    } else {
      found["aria-label"] = this.area.getAttribute("aria-label") ?? this.root.dataset.label;
    }
    const described = this.area.getAttribute("aria-describedby");
    if (described) found["aria-describedby"] = described;
    if (this.area.getAttribute("aria-invalid") === "true") found["aria-invalid"] = "true";
    return found;
  }

  wire() {
    for (const tool of this.tools) {
      tool.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays in the text
      tool.addEventListener("click", () => this.act(tool.dataset.do));
    }
    this.style.addEventListener("change", () => {
      const level = Number(this.style.value);
      if (level) this.chain().setHeading({ level }).run();
      else this.chain().setParagraph().run();
    });
    this.bar.addEventListener("keydown", (event) => this.rove(event));
    this.page.addEventListener("click", (event) => { if (event.target === this.page) this.focus(); });
    this.page.addEventListener("dblclick", (event) => { if (event.target.closest("figure.picture")) this.act("picture"); });
    // Escape, then Tab: out of the editor from inside a list or a table.
    this.page.addEventListener("keydown", (event) => {
      if (event.key === "Tab" && this.leaving) event.stopImmediatePropagation();
      this.leaving = event.key === "Escape";
    }, true);
    this.root.closest("form")?.addEventListener("submit", () => this.sync());
    // A link in the list of faults leads to the field, which now is the editor.
    this.area.addEventListener("focus", () => this.focus());
    this.area.addEventListener("invalid", () => this.focus());
  }

  /* --- what the page asks for */

  chain() { return this.editor.chain().focus(); }
  focus() { this.editor.commands.focus(); }
  changes(tell) { this.listeners.push(tell); }

  write(html) {
    this.editor.commands.setContent(tidied(html));
    this.sync();
  }

  sync() {
    this.area.value = this.editor.isEmpty ? "" : this.editor.getHTML();
    this.format.value = "html";
    const count = this.root.closest("form")?.querySelector("[data-word-count]");
    if (count) {
      const text = this.editor.getText({ blockSeparator: " " }).trim();
      count.textContent = text ? `${text.split(/\s+/).length} ord` : "";
    }
  }

  /* --- the toolbar */

  refresh() {
    if (!this.editor) return;
    const { editor } = this;
    for (const tool of this.tools) {
      if (tool.dataset.active) tool.setAttribute("aria-pressed", String(editor.isActive(tool.dataset.active)));
    }
    const level = editor.isActive("heading") ? editor.getAttributes("heading").level : 0;
    this.style.value = level ? String(level) : "paragraph";
    this.tableTools.hidden = !editor.isActive("table");
    this.enable("undo", editor.can().undo());
    this.enable("redo", editor.can().redo());
    if (!this.tools.some((tool) => tool.tabIndex === 0 && !tool.disabled && tool.offsetParent)) this.stopAt(this.tools[0]);
  }

  enable(name, possible) {
    const tool = this.tools.find((one) => one.dataset.do === name);
    if (tool) tool.disabled = !possible;
  }

  /* One stop for the Tab key; the arrows move between the tools. */
  stopAt(chosen) {
    for (const tool of this.tools) tool.tabIndex = tool === chosen ? 0 : -1;
  }

  rove(event) {
    const usable = this.tools.filter((tool) => !tool.disabled && tool.offsetParent);
    const at = usable.indexOf(event.target);
    if (at < 0) return;
    const next = { ArrowRight: usable[at + 1] ?? usable[0], ArrowLeft: usable.at(at - 1), Home: usable[0], End: usable.at(-1) }[event.key];
    if (!next) return;
    event.preventDefault();
    this.stopAt(next);
    next.focus();
  }

  act(name) {
    const { editor } = this;
    const simple = {
      bold: "toggleBold", italic: "toggleItalic", bulletList: "toggleBulletList", orderedList: "toggleOrderedList",
      blockquote: "toggleBlockquote", undo: "undo", redo: "redo", addRowAfter: "addRowAfter",
      addColumnAfter: "addColumnAfter", deleteRow: "deleteRow", deleteColumn: "deleteColumn", deleteTable: "deleteTable",
    }[name];
    if (simple) this.chain()[simple]().run();
    else if (name === "table" && !editor.isActive("table")) this.chain().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run();
    else if (name === "link") this.askLink();
    else if (name === "picture") this.askPicture();
    else if (name === "caption") this.askCaption();
    else if (name === "figure") this.askFigure();
    else if (name === "note") this.toggleNote();
    else this.focus();
  }

  toggleNote() {
    const { editor } = this;
    if (editor.isActive("note")) {
      this.chain().extendMarkRange("note").unsetMark("note").run();
      return;
    }
    const id = newId();
    if (!editor.state.selection.empty) {
      this.chain().setMark("note", { id }).run();
      return;
    }
    const words = "Skriv fotnoten här";
    const { from } = editor.state.selection;
    this.chain().insertContent({ type: "text", text: words, marks: [{ type: "note", attrs: { id } }] })
      .setTextSelection({ from, to: from + words.length }).run();
  }

  /* --- dialogs */

  ask(name, values, isNew, check = () => "") {
    const dialog = this.dialogs.querySelector(`[data-dialog="${name}"]`).cloneNode(true);
    const fields = [...dialog.querySelectorAll("[data-value]")];
    const fault = dialog.querySelector("[data-fault]");
    for (const field of fields) if (field.type !== "file") field.value = values[field.dataset.value] ?? "";
    for (const part of dialog.querySelectorAll("[data-when-new]")) part.hidden = !isNew;
    for (const part of dialog.querySelectorAll("[data-when-old]")) part.hidden = isNew;
    document.body.append(dialog);
    return new Promise((resolve) => {
      const close = (answer) => { dialog.close(); dialog.remove(); resolve(answer); };
      dialog.addEventListener("cancel", (event) => { event.preventDefault(); close(null); });
      dialog.querySelector("form").addEventListener("submit", async (event) => {
        event.preventDefault();
        const verb = event.submitter?.value ?? "ok";
        if (verb === "cancel") return close(null);
        const given = Object.fromEntries(fields.map((field) => [field.dataset.value, field.type === "file" ? field.files[0] : field.value.trim()]));
        const wrong = verb === "ok" ? await check(given, fault?.dataset ?? {}) : "";
        if (!wrong) return close({ verb, ...given });
        fault.textContent = wrong;
        fault.hidden = false;
        return undefined;
      });
      dialog.showModal();
    });
  }

  async askLink() {
    const { editor } = this;
    const old = editor.getAttributes("link").href ?? "";
    const { empty } = editor.state.selection;
    const answer = await this.ask("link", { href: old }, empty && !old, (given, texts) => (address(given.href) ? "" : texts.text));
    if (!answer) return this.focus();
    if (answer.verb === "remove") return this.chain().extendMarkRange("link").unsetLink().run();
    const href = address(answer.href);
    if (empty && !old) {
      return this.chain().insertContent([
        { type: "text", text: answer.words || answer.href, marks: [{ type: "link", attrs: { href } }] }, { type: "text", text: " " },
      ]).run();
    }
    return this.chain().extendMarkRange("link").setLink({ href }).run();
  }

  takePicture(event, files, hasText) {
    const picture = [...(files ?? [])].find((file) => PICTURES.includes(file.type));
    if (!picture || hasText || !this.root.dataset.uploadUrl) return false;
    event.preventDefault();
    this.askPicture(picture);
    return true;
  }

  async askPicture(ready = null) {
    const { editor } = this;
    const old = editor.isActive("picture") && !ready ? editor.getAttributes("picture") : null;
    let stored = old;
    const answer = await this.ask("picture", old ?? {}, !old && !ready, async (given, texts) => {
      if (!stored && !ready && !given.file) return texts.textFile;
      if (!given.alt) return texts.text;
      stored ??= await this.upload(ready ?? given.file, texts.textFailed);
      if (!stored.problem) return "";
      const { problem } = stored;
      stored = null;
      return problem;
    });
    if (!answer) return this.focus();
    if (answer.verb === "remove") return this.chain().deleteSelection().run();
    const attrs = { src: stored.url ?? stored.src, file: stored.digest ?? stored.file, alt: answer.alt, caption: answer.caption };
    if (old) return this.chain().updateAttributes("picture", attrs).run();
    return this.chain().insertContent({ type: "picture", attrs }).run();
  }

  async upload(file, failed) {
    const body = new FormData();
    body.set("file", file);
    body.set("csrfmiddlewaretoken", this.root.closest("form").elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(this.root.dataset.uploadUrl, { method: "POST", body, redirect: "manual", credentials: "same-origin" });
      return answer.status === 201 || answer.status === 422 ? await answer.json() : { problem: failed };
    } catch {
      return { problem: failed };
    }
  }

  async askCaption() {
    const answer = await this.ask("caption", { caption: this.editor.getAttributes("table").caption ?? "" }, false);
    if (answer) this.chain().updateAttributes("table", { caption: answer.caption }).run();
    else this.focus();
  }

  async askFigure() {
    const answer = await this.ask("figure", {}, true);
    if (answer) this.chain().insertContent({ type: "liveFigure", attrs: { key: answer.verb } }).run();
    else this.focus();
  }
}

const newId = () => Math.random().toString(36).slice(2, 10);

function address(given) {
  const text = (given ?? "").trim();
  if (ADDRESS.test(text)) return text;
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  if (/^[^\s/@:]+\.[a-zåäö]{2,}(\/\S*)?$/i.test(text)) return `https://${text}`;
  return "";
}

/* --- what a text may hold */

function extensions(lib, writer) {
  const Break = lib.HardBreak.extend({
    addKeyboardShortcuts() { return { "Shift-Enter": () => this.editor.commands.setHardBreak() }; },
  });
  const Link = lib.Link.extend({
    addKeyboardShortcuts() { return { "Mod-k": () => { writer.askLink(); return true; } }; },
  });
  const Table = lib.Table.extend({
    addAttributes() {
      return {
        ...this.parent?.(),
        caption: {
          default: "",
          parseHTML: (element) => element.dataset.caption ?? "",
          renderHTML: ({ caption }) => (caption ? { "data-caption": caption } : {}),
        },
      };
    },
  });
  return [
    lib.Document, lib.Paragraph, lib.Text, lib.Bold, lib.Italic, lib.Blockquote, lib.BulletList, lib.OrderedList, lib.ListItem,
    lib.Heading.configure({ levels: [3, 4] }), Break, lib.History, lib.Gapcursor, lib.Dropcursor.configure({ class: "writer__drop" }),
    Link.configure({ openOnClick: false, autolink: true, linkOnPaste: true, defaultProtocol: "https", protocols: ["mailto"], HTMLAttributes: { target: null, rel: null } }),
    Table.configure({ resizable: false }), lib.TableRow, lib.TableHeader, lib.TableCell, lib.TrailingNode,
    note(lib), picture(lib), liveFigure(lib, writer),
  ];
}

function note(lib) {
  return lib.Mark.create({
    name: "note",
    priority: 1200, // outermost, so that bold words inside do not split it
    exitable: true,
    addAttributes() {
      return { id: { default: null, parseHTML: (element) => element.dataset.note || newId(), renderHTML: ({ id }) => ({ "data-note": id }) } };
    },
    parseHTML() { return [{ tag: "span[data-note]" }]; },
    renderHTML({ HTMLAttributes }) { return ["span", { ...HTMLAttributes, class: "note" }, 0]; },
    addKeyboardShortcuts() {
      // Enter ends the footnote and goes on with the sentence after it.
      return {
        Enter: ({ editor }) => {
          if (!editor.isActive("note")) return false;
          const { state } = editor;
          const type = state.schema.marks.note;
          const range = lib.getMarkRange(state.selection.$from, type, editor.getAttributes("note"));
          if (!range) return false;
          return editor.chain().setTextSelection(range.to).unsetMark("note").insertContent({ type: "text", text: " " }).run();
        },
      };
    },
  });
}

function picture(lib) {
  const read = (element) => (element.dataset.file ? { src: element.getAttribute("src"), file: element.dataset.file, alt: element.alt, caption: element.dataset.caption ?? "" } : false);
  const plain = () => ({ default: "", rendered: false });
  return lib.Node.create({
    name: "picture",
    group: "block",
    atom: true,
    draggable: true,
    addAttributes() { return { src: plain(), file: plain(), alt: plain(), caption: plain() }; },
    parseHTML() {
      return [
        { tag: "figure", getAttrs: (element) => { const image = element.querySelector("img"); return image ? read(image) : false; } },
        { tag: "img[data-file]", getAttrs: read },
      ];
    },
    renderHTML({ node }) {
      const { src, file, alt, caption } = node.attrs;
      const image = ["img", { src, alt, "data-file": file, "data-caption": caption }];
      return ["figure", { class: "picture" }, image, ["figcaption", {}, caption]];
    },
  });
}

function liveFigure(lib, writer) {
  return lib.Node.create({
    name: "liveFigure",
    group: "inline",
    inline: true,
    atom: true,
    addAttributes() { return { key: { default: "", parseHTML: (element) => element.dataset.figure, renderHTML: ({ key }) => ({ "data-figure": key }) } }; },
    parseHTML() { return [{ tag: "span[data-figure]" }]; },
    renderHTML({ node, HTMLAttributes }) { return ["span", { ...HTMLAttributes, class: "live-figure" }, `[[${node.attrs.key}]]`]; },
    renderText({ node }) { return writer.figures.get(node.attrs.key) ?? `[[${node.attrs.key}]]`; },
    addNodeView() {
      return ({ node }) => {
        const dom = document.createElement("span");
        dom.className = "live-figure";
        dom.dataset.figure = node.attrs.key;
        dom.title = node.attrs.key;
        dom.textContent = writer.figures.get(node.attrs.key) ?? `[[${node.attrs.key}]]`;
        return { dom };
      };
    },
    addInputRules() {
      return [new lib.InputRule({
        find: KEY,
        handler: ({ state, range, match }) => { state.tr.replaceWith(range.from, range.to, this.type.create({ key: match[1] })); },
      })];
    },
  });
}
