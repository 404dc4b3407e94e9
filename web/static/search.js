// Finding a value in the facets; without JavaScript they can be read through.

const sift = document.querySelector(".sift");
if (sift) {
  const box = sift.querySelector("input");
  sift.hidden = false;
  box.addEventListener("input", () => {
    const wanted = box.value.trim().toLowerCase();
    for (const facet of document.querySelectorAll("[data-facet]")) {
      for (const each of [...facet.querySelectorAll("li")].reverse()) {
        const inside = each.querySelector("li:not([hidden])");
        const name = (each.querySelector("a, span")?.textContent ?? "").toLowerCase();
        each.hidden = wanted !== "" && !name.includes(wanted) && !inside;
      }
      for (const fold of facet.querySelectorAll("details")) {
        fold.dataset.before ??= fold.open ? "open" : "";
        fold.open = wanted === "" ? fold.dataset.before === "open" : true;
        if (wanted === "") delete fold.dataset.before;
      }
      facet.hidden = wanted !== "" && !facet.querySelector("li:not([hidden])");
    }
  });
}
