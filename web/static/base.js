// What every page has: copying a line of code, `/` to the search box. All of it works without JavaScript too.

/** Say something to a screen reader. */
export function tell(text) {
  document.getElementById("told").textContent = text;
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.parentElement.querySelector("code").textContent);
    tell(button.textContent);
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 1500);
  });
}

/** Whether a key belongs to what is being typed in. */
export function typing(event) {
  return event.ctrlKey || event.metaKey || event.altKey || event.isComposing
    || event.target.closest("input, textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (typing(event)) return;
  const wanted = [...document.querySelectorAll("[data-focus-key]")].find((each) => each.dataset.focusKey === event.key);
  if (wanted) {
    event.preventDefault();
    wanted.focus();
    wanted.select?.();
  }
});
