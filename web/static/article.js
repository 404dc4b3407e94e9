// Beside each other: hovering or focusing a block, a slot or a name marks the same words wherever they stand.
// Without this script the links lead from one to the other; it adds nothing but marking, scrolling and loading.

const panel = document.querySelector(".page-text");
const clipping = document.querySelector(".clipping");
const sheet = document.querySelector(".page-view");
const told = document.getElementById("told");

/** The elements that say the same as `element`, which is one of those that can be pointed at. */
function fellows(element) {
  const { shows, key, is, b, a } = element.dataset;
  const found = [];
  const all = (root, query) => found.push(...(root ? root.querySelectorAll(query) : []));
  if (shows !== undefined) {
    const quote = element.closest(".activity")?.querySelector(".evidence");
    for (const each of shows.split(" ").filter(Boolean)) {
      all(clipping, `[data-key="${CSS.escape(each)}"]`);
      all(quote, `[data-key="${CSS.escape(each)}"]`);
    }
  } else if (is !== undefined) {
    all(clipping, `[data-is="${CSS.escape(is)}"]`);
    all(document, `[data-shows~="${CSS.escape(key)}"]:not(.activity)`);
  } else if (b !== undefined) {
    all(document.querySelector(".reading"), `[data-b="${CSS.escape(b)}"]`);
  } else if (a !== undefined) {
    all(sheet, `[data-a="${CSS.escape(a)}"]`);
  }
  return found;
}

const POINTED = "[data-shows], [data-is], [data-b], [data-a]";
let lit = [];

function light(target) {
  const element = target?.closest?.(POINTED) ?? null;
  const wanted = element ? fellows(element) : [];
  // words mark their blocks too, and so the page beside them
  if (element?.dataset.b === undefined) {
    for (const block of new Set(wanted.map((each) => clipping?.contains(each) && each.closest("[data-b]")))) {
      if (block) wanted.push(...fellows(block));
    }
  }
  for (const each of lit) if (!wanted.includes(each)) each.classList.remove("lit");
  for (const each of wanted) each.classList.add("lit");
  lit = wanted;
  if (panel && element && !panel.contains(element)) reveal(wanted.find((each) => panel.contains(each)));
}

/** Scroll the panel, and nothing around it, until `piece` is in sight. */
function reveal(piece) {
  if (!piece || panel.scrollHeight <= panel.clientHeight) return;
  const [box, own] = [panel.getBoundingClientRect(), piece.getClientRects()[0]];
  if (own && (own.top < box.top || own.bottom > box.bottom)) {
    panel.scrollTop += own.top - box.top - panel.clientHeight / 3;
  }
}

// the panel begins where the article does
const first = panel?.querySelector(":target, .piece")?.getClientRects()[0];
if (first) panel.scrollTop += first.top - panel.getBoundingClientRect().top - 40;

document.addEventListener("mouseover", (event) => light(event.target));
document.addEventListener("focusin", (event) => light(event.target));
document.addEventListener("focusout", (event) => { if (!event.relatedTarget) light(null); });
document.documentElement.addEventListener("mouseleave", () => light(null));

// which kinds are marked is kept for the next article
const KEPT = "marked-kinds";
const switches = [...document.querySelectorAll(".switches input")];
try {
  const kept = JSON.parse(localStorage.getItem(KEPT)) ?? {};
  for (const each of switches) if (typeof kept[each.id] === "boolean") each.checked = kept[each.id];
  for (const each of switches) {
    each.addEventListener("change", () => {
      kept[each.id] = each.checked;
      localStorage.setItem(KEPT, JSON.stringify(kept));
    });
  }
} catch {
  // a browser that keeps nothing
}

/** The reasons are on a page of their own; here they are put where they are asked for. */
document.querySelector("[data-why]")?.addEventListener("click", async (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const link = event.currentTarget;
  if (link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  const said = document.createElement("p");
  said.className = "quiet";
  said.textContent = link.dataset.waiting;
  told.textContent = said.textContent;
  link.parentElement.after(said);
  try {
    const answer = await fetch(link.href, { signal: AbortSignal.timeout(40_000) });
    if (!answer.ok) throw new Error(answer.statusText);
    const reasons = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("reasons");
    reasons.tabIndex = -1;
    said.replaceWith(document.adoptNode(reasons));
    link.parentElement.remove();
    reasons.focus({ preventScroll: true });
    told.textContent = "";
  } catch {
    said.textContent = link.dataset.failed;
    told.textContent = said.textContent;
    link.ariaBusy = "false";
  }
});
