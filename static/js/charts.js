// Charts: <div data-chart="trend" data-chart-source="id of a json_script">. Each stands beside a table of the same figures.
const styles = getComputedStyle(document.documentElement);
const colour = (name) => styles.getPropertyValue(name).trim();
const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;

const LINES = [{ symbol: "circle", lineStyle: { width: 2.5 } }, { symbol: "diamond", lineStyle: { width: 2, type: "dashed" } }];

function trend(figures) {
  const [first, ...others] = figures.series;
  return {
    animation: !isStill,
    aria: { enabled: false },
    color: [colour("--brand-500"), colour("--alert"), colour("--ink")],
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, textStyle: { color: colour("--ink-soft") } },
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, axisPointer: { type: "shadow" } },
    xAxis: { type: "category", data: figures.labels, axisLabel: { color: colour("--ink-soft"), hideOverlap: true } },
    yAxis: { type: "value", minInterval: 1, axisLabel: { color: colour("--ink-soft") }, splitLine: { lineStyle: { color: colour("--line") } } },
    series: [
      { type: "bar", name: first.name, data: first.values, barMaxWidth: 28 },
      ...others.map((one, index) => ({ type: "line", name: one.name, data: one.values, symbolSize: 7, ...LINES[index % LINES.length] })),
    ],
  };
}

const KINDS = { trend };

// With a view box the drawing shrinks to the paper when it is printed.
function fit(place, chart) {
  if (matchMedia("print").matches) return;
  chart.resize();
  place.querySelector("svg")?.setAttribute("viewBox", `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
}

for (const place of document.querySelectorAll("[data-chart]")) {
  const figures = JSON.parse(document.getElementById(place.dataset.chartSource).textContent);
  const chart = window.echarts.init(place, null, { renderer: "svg" });
  chart.setOption(KINDS[place.dataset.chart](figures));
  chart.on("click", ({ dataIndex }) => {
    const url = figures.urls?.[dataIndex];
    if (url) location.assign(url);
  });
  new ResizeObserver(() => fit(place, chart)).observe(place);
}
