// Editing an article with less typing: what is chosen in the text fills the forms, and a preview opens over the page.
// Without this file every form works by itself.

import { tell } from "/static/base.js";

/** Characters as the archive counts them: one a code point. */
const length = (text) => [...text].length;

/** Where a place in the text of a block is in the article, in characters; null outside of it. */
function offset(node, at) {
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!piece) return null;
  const inside = node.nodeType === Node.TEXT_NODE ? length(node.data.slice(0, at)) : at === 0 ? 0 : length(piece.textContent);
  return Number(piece.dataset.start) + inside;
}

export const form = (name) => document.querySelector(`form[data-form="${name}"]`);

function fill(name, values) {
  const fields = form(name)?.elements;
  for (const [field, value] of Object.entries(values)) if (fields?.namedItem(field)) fields.namedItem(field).value = value;
}

function chosen(words) {
  const box = document.querySelector("[data-chosen]");
  if (box) tell(box.dataset.chosen.replace("…", words));
}

/** What is selected in the text: its words and where they stand; null for nothing. */
export function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!range.commonAncestorContainer.parentElement?.closest("[data-text]")) return null;
  const start = offset(range.startContainer, range.startOffset), end = offset(range.endContainer, range.endOffset);
  const words = range.cloneContents().textContent.trim();
  return words && start !== null && end !== null && start < end ? { words, start, end } : null;
}

/** Choose a name or figure in the text, or a block by its number. */
export function choose(element) {
  const block = element.closest("[data-block]");
  if (element.dataset.value) {
    fill("name", { name: element.dataset.value });
    fill("teach", { name: element.title.slice(element.title.indexOf(" ") + 1) });
    chosen(element.textContent);
  }
  if (block) fill("block", { block: block.dataset.block, words: "", start: "" });
  for (const each of document.querySelectorAll("[data-text] .chosen")) each.classList.remove("chosen");
  element.classList.add("chosen");
}

document.addEventListener("selectionchange", () => {
  const now = selected();
  if (!now) return;
  fill("mark", now);
  fill("title", { title: now.words });
  fill("block", { words: now.words, start: now.start });
  const block = document.getSelection().anchorNode.parentElement.closest("[data-block]");
  if (block) fill("block", { block: block.dataset.block });
});

document.addEventListener("click", (event) => {
  const own = event.target.closest("[data-text] [data-value], [data-text] [data-block]");
  if (own && !selected()) choose(own);
  if (event.target.closest("dialog.over [data-close]")) {
    event.preventDefault();
    event.target.closest("dialog").close();
  }
});

document.addEventListener("input", (event) => {
  // words that are typed stand wherever the archive finds them
  if (event.target.name === "words") event.target.form.querySelectorAll("[name=start], [name=end]").forEach((each) => { each.value = ""; });
});

function over(content) {
  const dialog = document.createElement("dialog");
  dialog.className = "over";
  dialog.setAttribute("aria-label", document.querySelector("[data-preview-title]").dataset.previewTitle);
  dialog.append(content);
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  (dialog.querySelector("[data-confirm]") ?? dialog.querySelector("a, button"))?.focus();
}

/** Ask for the preview of a form and show it over the page. */
export async function preview(asked) {
  const button = asked.querySelector("button");
  button.disabled = true;
  try {
    const answer = await fetch(asked.action, {
      method: "POST", body: new URLSearchParams(new FormData(asked)), headers: { "x-preview": "1" },
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const content = page.querySelector(".preview");
    if (!content) throw new Error(answer.status);
    over(document.adoptNode(content));
  } catch {
    const text = document.createElement("p");
    text.textContent = document.querySelector("[data-failed]").dataset.failed;
    over(text);
  } finally {
    button.disabled = false;
  }
}

document.addEventListener("submit", (event) => {
  const asked = event.target.closest("form[data-preview]");
  if (!asked) return;
  event.preventDefault();
  preview(asked);
});
