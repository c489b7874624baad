// Draws the numbers of `data-chart` with uPlot, in the colours of the sides. Each opens the facts behind it.
import { DRAG, makeOpen } from "./behind.js";

const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [], [8, 4], [2, 3], [10, 3, 2, 3]];
const drawn = new Map();

export function drawCharts() {
  for (const [element, plot] of drawn) {
    plot.destroy();
    drawn.delete(element);
  }
  if (typeof uPlot === "undefined") return;
  for (const element of document.querySelectorAll("[data-chart]")) {
    const numbers = JSON.parse(element.dataset.chart);
    if (numbers.x.length === 0) continue;
    const plot = new uPlot(options(element, numbers), data(numbers), element);
    drawn.set(element, plot);
    makeOpen(element, numbers, plot, (value) => short(value, numbers.unit));
  }
}

const resized = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    const plot = drawn.get(target);
    if (plot && Math.abs(plot.width - contentRect.width) > 1) plot.setSize(sizeOf(target));
  }
});

function sizeOf(element) {
  return { width: element.clientWidth, height: element.classList.contains("tall") ? 232 : 156 };
}

function colour(element, name) {
  const probe = document.createElement("span");
  element.append(probe);
  if (typeof name === "number") {
    probe.className = `a${name}`;
    probe.style.color = "var(--accent)";
  } else probe.style.color = `var(${name})`;
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

function faded(rgb, share) {
  return rgb.replace("rgb(", "rgba(").replace(")", `, ${share})`);
}

// Of a stack each series is drawn as the sum of itself and those after it; the one drawn first is the tallest.
function data({ kind, x, series, scale }) {
  if (scale === "log") return [x, ...series.map((each) => each.y.map((value) => (value > 0 ? value : null)))];
  if (kind !== "stack") return [x, ...series.map((each) => each.y)];
  const sums = series.map((_, at) => x.map((_, i) => series.slice(at).reduce((sum, each) => sum + each.y[i], 0)));
  return [x, ...sums];
}

function short(value, unit) {
  if (value === null || value === undefined) return "–";
  const language = document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en-GB";
  const told = new Intl.NumberFormat(language, value >= 10000 || unit ? { notation: "compact", maximumFractionDigits: 1 } : {}).format(value);
  return unit ? `${told} ${unit}` : told;
}

function dayOf(seconds, step) {
  const day = new Date(seconds * 1000).toISOString();
  return step === "month" ? day.slice(0, 7) : day.slice(0, 10);
}

function options(element, numbers) {
  const [ink, grid] = [colour(element, "--faint"), colour(element, "--line")];
  const colours = numbers.series.map((_, at) => colour(element, numbers.accents[at] ?? numbers.accents[0]));
  const font = `11px ${getComputedStyle(element).fontFamily}`;
  const step = { day: 86400, week: 604800, month: 2629800 }[numbers.step];
  const [first, last] = numbers.range ?? [numbers.x[0], numbers.x[numbers.x.length - 1]];
  resized.observe(element);
  return {
    ...sizeOf(element),
    padding: [8, 24, 0, 0],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    cursor: { points: { size: 5 }, drag: { x: true, y: false, setScale: false, click: () => {} } },
    scales: { y: numbers.scale === "log" ? { distr: 3, range: (_, low, high) => [10 ** Math.floor(Math.log10(low * 0.9)), 10 ** Math.ceil(Math.log10(high))] } : { range: (_, __, high) => [0, high > 0 ? high * 1.06 : 1] }, x: { time: true, range: (plot, low, high) => (plot.zoomed ? [low, high] : [first - step * 0.7, last + step * 0.7]) } },
    axes: [
      { stroke: ink, font, grid: { show: false }, ticks: { stroke: grid, size: 4 }, size: 24, values: yearFirst },
      { stroke: ink, font, grid: { stroke: grid, width: 1, ...(numbers.scale === "log" ? { filter: powers } : {}) }, ticks: { show: false }, size: 48, values: (_, found) => found.map((value) => (value === null ? "" : short(value))) },
    ],
    hooks: {
      setSelect: [zoom],
      ready: [(plot) => plot.over.addEventListener("dblclick", () => { plot.zoomed = false; plot.setData(plot.data); })],
    },
    series: [
      { label: "\u00a0", value: (_, seconds) => (seconds === null ? "–" : dayOf(seconds, numbers.step)) },
      ...numbers.series.map((each, at) => drawing(numbers, each, at, colours[at], step)),
    ],
  };
}

// A stretch that was drawn over is looked at closer; a click is none.
function zoom(plot) {
  const { left, width } = plot.select;
  if (width > DRAG) {
    plot.zoomed = true;
    plot.setScale("x", { min: plot.posToVal(left, "x"), max: plot.posToVal(left + width, "x") });
  }
  if (width > 0) plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
}

// Of a scale of powers the powers alone have lines.
function powers(_, found) {
  return found.map((value) => (Number.isInteger(Math.round(Math.log10(value) * 1e6) / 1e6) ? value : null));
}

// Labels of an axis in time, as numbers, which read the same in both languages.
function yearFirst(_, found, __, ___, gap) {
  return found.map((seconds, at) => {
    const [year, month, day] = new Date(seconds * 1000).toISOString().slice(0, 10).split("-");
    const before = at > 0 ? new Date(found[at - 1] * 1000).toISOString().slice(0, 4) : "";
    if (gap >= 300 * 86400) return year;
    if (gap >= 27 * 86400) return before === year ? month : `${year}-${month}`;
    return before === year ? `${month}-${day}` : `${year}-${month}-${day}`;
  });
}

function drawing({ kind, unit }, each, at, tint, step) {
  const told = { label: each.label, value: (_, __, ___, i) => short(i === null || i === undefined ? null : each.y[i], unit) };
  if (kind === "lines") return { ...told, stroke: tint, width: 2, dash: DASHES[at], points: { show: each.y.length < 2 } };
  if (kind === "stack") return { ...told, stroke: tint, fill: tint, width: 0, paths: bars(step, 0.8), points: { show: false } };
  const isWide = at === 0;
  return {
    ...told,
    stroke: tint,
    width: isWide ? 1.25 : 0,
    fill: isWide ? faded(tint, 0.12) : tint,
    paths: bars(step, isWide ? 0.86 : 0.5),
    points: { show: false },
  };
}

// Bars as wide as their day, week or month, at least two pixels; uPlot alone takes the nearest two for the width.
function bars(step, share) {
  return (plot, at, from, to) => {
    const pixels = Math.abs(plot.valToPos(plot.scales.x.min + step, "x", true) - plot.valToPos(plot.scales.x.min, "x", true));
    const width = Math.max(2 * devicePixelRatio, Math.min(60 * devicePixelRatio, pixels * share));
    const paths = { fill: new Path2D(), stroke: new Path2D() };
    const floor = plot.valToPos(0, "y", true);
    for (let i = from; i <= to; i++) {
      const value = plot.data[at][i];
      if (!value) continue;
      const [x, y] = [plot.valToPos(plot.data[0][i], "x", true) - width / 2, plot.valToPos(value, "y", true)];
      paths.fill.rect(x, y, width, floor - y);
      paths.stroke.rect(x, y, width, floor - y);
    }
    return { stroke: paths.stroke, fill: paths.fill, clip: null, band: null, flags: 3 };
  };
}
