// Draws every figure.chart of the page with Plotly, when it comes into view.
//
// Plotly under a Content-Security-Policy without 'unsafe-inline': it writes its style into the sheet of plotly.css,
// because an element with the id that it looks for is there (parts/chart.html); the style of its maps, which we do not
// use, it leaves out for the same reason; and what it sets as attribute style="…" is set as a style here, which the
// policy allows because only a script that it let in can do so.
const setAttribute = Element.prototype.setAttribute;
Element.prototype.setAttribute = function (name, value) {
  if (name === "style") this.style.cssText = value;
  else setAttribute.call(this, name, value);
};

const script = document.getElementById("chart-script");
let loading;

function plotly() {
  loading ??= new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = script.dataset.plotly;
    element.onload = () => resolve(window.Plotly);
    element.onerror = () => reject(new Error("plotly"));
    document.head.append(element);
  });
  return loading;
}

function colours() {
  const probe = document.body.appendChild(document.createElement("span"));
  const of = (name) => {
    probe.style.color = `var(${name})`; // what light-dark() comes to, only a used colour tells
    return getComputedStyle(probe).color;
  };
  const found = {
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    font: { color: of("--ink"), family: getComputedStyle(document.body).fontFamily, size: 13 },
    colorway: ["--chart-1", "--chart-2", "--chart-3", "--chart-4", "--chart-5", "--chart-6", "--chart-7", "--chart-8"].map(of),
    axis: { gridcolor: of("--line"), linecolor: of("--line-strong"), zerolinecolor: of("--line"), automargin: true },
    scale: [[0, of("--heat-0")], [1, of("--heat-1")]],
  };
  probe.remove();
  return found;
}

/** What a figure says of a narrow box: fewer ticks, more columns of the legend. */
function narrowed(layout, width) {
  if (width >= 560) return layout;
  layout.font = { ...layout.font, size: 11 };
  layout.legend = { ...layout.legend, entrywidth: 96, entrywidthmode: "pixels" };
  layout.xaxis = { ...layout.xaxis, nticks: 5 };
  return layout;
}

function dressed(figure) {
  const { axis, scale, ...look } = colours();
  const layout = { margin: { l: 40, r: 12, t: 8, b: 40 }, ...look, ...figure.layout };
  for (const name of ["xaxis", "yaxis"]) layout[name] = { ...axis, ...layout[name] };
  const data = figure.data.map((each) => (each.type === "heatmap" ? { colorscale: scale, ...each } : each));
  return { data, layout };
}

async function draw(figure) {
  const drawing = figure.querySelector(".drawing");
  try {
    const [answer, Plotly] = await Promise.all([fetch(figure.dataset.chart, { headers: { Accept: "application/json" } }), plotly()]);
    if (!answer.ok) throw new Error(answer.statusText);
    const given = await answer.json();
    const { data, layout } = dressed(given);
    narrowed(layout, drawing.clientWidth);
    if (figure.dataset.drawn) Plotly.purge(drawing);
    drawing.replaceChildren();
    await Plotly.newPlot(drawing, data, layout, { displayModeBar: false, responsive: true });
    drawing.on("plotly_click", ({ points }) => {
      const address = points[0]?.customdata;
      if (typeof address === "string" && /^\/(?![/\\])/.test(address)) location.assign(address);
    });
    figure.querySelector(".saving").hidden = false;
    for (const button of figure.querySelectorAll("[data-save]")) {
      button.onclick = () => Plotly.downloadImage(drawing, {
        format: button.dataset.save, width: 1200, height: 640, filename: figure.querySelector("figcaption").textContent,
      });
    }
    figure.dataset.drawn = "yes";
  } catch {
    figure.classList.add("undrawn"); // the table is there
    const table = figure.querySelector("details.figures");
    if (table) table.open = true;
  }
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    seen.unobserve(entry.target);
    draw(entry.target);
  }
}, { rootMargin: "200px" });
for (const figure of document.querySelectorAll("figure.chart")) seen.observe(figure);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const figure of document.querySelectorAll("figure.chart[data-drawn]")) draw(figure);
});
