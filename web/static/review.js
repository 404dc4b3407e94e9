// The review queue by keyboard, with the time it takes; the next article is fetched while this one is looked at.

import { tell, typing } from "/static/base.js";
import { choose, form, preview, selected } from "/static/correct.js";

const KEPT = "review-times";
const LONGEST = 600; // seconds; who was away for longer has not read for so long

let begun = performance.now();
let next = null;

const box = () => document.querySelector("[data-review]");
const times = () => {
  try {
    const { count = 0, total = 0 } = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    return { count, total };
  } catch {
    return { count: 0, total: 0 };
  }
};
const spent = () => Math.min((performance.now() - begun) / 1000, LONGEST);

function clock() {
  const shown = document.querySelector("[data-clock]");
  if (!shown) return;
  shown.hidden = false;
  shown.querySelector("[data-spent]").textContent = Math.floor(spent());
  const { count, total } = times();
  shown.querySelector("[data-average]").textContent = count ? (total / count).toFixed(1) : "–";
}

function kept() {
  const { count, total } = times();
  localStorage.setItem(KEPT, JSON.stringify({ count: count + 1, total: total + spent() }));
}

function begin() {
  begun = performance.now();
  next = null;
  clock();
  for (const each of document.querySelectorAll("[data-help]")) each.hidden = false;
  for (const each of document.querySelectorAll("[data-text] [data-value], [data-text] [data-block]")) each.tabIndex = -1;
  const address = box()?.dataset.next;
  if (address && document.querySelector("[data-approve]")) {
    next = fetch(address).then((answer) => (answer.ok ? answer.text() : null)).catch(() => null);
  }
}

async function approve(asked) {
  const looked = Number(document.querySelector("[data-looked]").dataset.looked);
  const address = box().dataset.next;
  const answer = await fetch(asked.action, {
    method: "POST", body: new URLSearchParams(new FormData(asked)), headers: { accept: "application/json" },
  });
  if (!answer.ok) {
    location.reload();
    return;
  }
  kept();
  const page = await next;
  if (!page) {
    location.assign(address);
    return;
  }
  const main = new DOMParser().parseFromString(page, "text/html").querySelector("main");
  document.querySelector("main").replaceWith(document.adoptNode(main));
  history.pushState(null, "", address);
  const undo = document.querySelector("[data-approved]");
  undo.action = `/corrections/${(await answer.json()).approved}/undo`;
  undo.hidden = false;
  const count = document.querySelector("[data-looked]");
  count.dataset.looked = looked + 1;
  count.textContent = (looked + 1).toLocaleString(document.documentElement.lang);
  scrollTo(0, 0);
  document.querySelector("main").focus({ preventScroll: true });
  tell(undo.querySelector("p").textContent + " " + (document.querySelector("h2")?.textContent ?? ""));
  begin();
}

function step(selector, by) {
  const all = [...document.querySelectorAll(selector)];
  if (!all.length) return;
  const at = all.indexOf(document.querySelector(`${selector}.chosen`));
  const found = all[(at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by + all.length) % all.length];
  choose(found);
  found.focus({ preventScroll: true });
  found.scrollIntoView({ block: "nearest" });
}

function ask(name, values) {
  const asked = form(name);
  if (!asked) return;
  for (const [field, value] of Object.entries(values)) {
    const own = asked.elements.namedItem(field);
    if (own) own.value = value;
  }
  preview(asked);
}

const block = () => document.querySelector("[data-text] [data-block].chosen, [data-text] [data-block]:has(.chosen)");
const KEYS = {
  a: () => document.querySelector("[data-approve]")?.requestSubmit(),
  j: () => document.querySelector("[data-skip]")?.click(),
  k: () => history.back(),
  l: () => step("[data-text] [data-value]", 1),
  h: () => step("[data-text] [data-value]", -1),
  d: () => step("[data-text] [data-block]", 1),
  u: () => step("[data-text] [data-block]", -1),
  n: () => document.querySelector("[data-text] [data-value].chosen") && named(),
  t: () => (selected() ? ask("title", {}) : block() && ask("title", { title: block().querySelector("p").textContent.slice(0, 200) })),
  s: () => (selected() || block()) && ask("block", { change: "split" }),
  m: () => { if (selected()) form("mark").elements.namedItem("type").focus(); },
  "?": () => document.querySelector("[data-keys]")?.showModal(),
};

function named() {
  const value = document.querySelector("[data-text] [data-value].chosen").dataset.value;
  if (value.includes(":")) {
    ask("name", { change: "not" });
    return;
  }
  const thing = document.querySelector(`form input[name="thing"][value="${CSS.escape(value)}"]`)?.form;
  if (!thing) return;
  thing.elements.namedItem("change").checked = true;
  preview(thing);
}

document.addEventListener("keydown", (event) => {
  if (typing(event) || document.querySelector("dialog[open]")) return;
  const action = KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

document.addEventListener("submit", (event) => {
  const asked = event.target.closest("[data-approve]");
  if (!asked) return;
  event.preventDefault();
  if (asked.dataset.sent) return;
  asked.dataset.sent = "1";
  approve(asked);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-help]")) KEYS["?"]();
});

addEventListener("popstate", () => location.reload());
setInterval(clock, 1000);
begin();
