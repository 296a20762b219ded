// The large screen: draws its chart after each update, and says loudly when an update did not come.
// An answer without figures (a log-in page, say) is never shown; what stands there stays, marked as old.
const LATE_MS = 90_000;
const board = document.getElementById("board");
const alarm = document.getElementById("alarm");
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
let chart;
let updatedAt = Date.now();

function option(figures) {
  const text = { color: colour("--soft"), fontSize: rem() };
  const looks = [{ type: "bar", barMaxWidth: rem() }, { type: "line", symbol: "none", lineStyle: { width: rem() / 5 } }];
  return {
    animation: false,
    aria: { enabled: false },
    color: [colour("--brand"), colour("--soon")],
    grid: { left: rem() / 4, right: rem(), top: rem() * 2.25, bottom: rem() / 4, containLabel: true },
    legend: { top: 0, left: 0, textStyle: text, itemHeight: rem() * 0.75 },
    xAxis: { type: "category", data: figures.labels, axisLabel: { ...text, hideOverlap: true } },
    yAxis: { type: "value", minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: colour("--line") } } },
    series: figures.series.map((one, place) => ({ ...looks[place % 2], name: one.name, data: one.values })),
  };
}

function draw() {
  chart?.dispose();
  const place = board.querySelector("[data-trend]");
  chart = place ? window.echarts.init(place, null, { renderer: "svg" }) : undefined;
  chart?.setOption(option(JSON.parse(place.dataset.trend)));
}

function sayOld(why) {
  const since = board.querySelector("[data-board]")?.dataset.at ?? "?";
  const sentence = alarm.dataset[why].replace("TIME", since);
  if (alarm.hidden || alarm.textContent !== sentence) alarm.textContent = sentence;
  alarm.hidden = false;
  document.body.classList.add("is-stale");
}

function sayFresh() {
  updatedAt = Date.now();
  alarm.hidden = true;
  alarm.textContent = "";
  document.body.classList.remove("is-stale");
}

document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status === 200 && xhr.responseText.includes("data-board")) return;
  event.detail.shouldSwap = false;
  sayOld(new URL(xhr.responseURL || location.href).pathname === location.pathname ? "failed" : "ended");
});
document.body.addEventListener("htmx:afterSettle", () => {
  sayFresh();
  draw();
});
for (const name of ["htmx:sendError", "htmx:timeout"]) document.body.addEventListener(name, () => sayOld("failed"));
setInterval(() => {
  if (alarm.hidden && Date.now() - updatedAt > LATE_MS) sayOld("failed");
}, 5_000);
addEventListener("resize", draw);
draw();
