// Lets a chart be asked for the facts behind its numbers: a click on a bar or a line, or, once it has the focus, ← → to move,
// ↑ ↓ to choose among what is drawn, Enter to open. A screen reader is told each number as a value of a slider.

// From so many pixels on, moving the mouse is drawing over a stretch.
export const DRAG = 6;
const DAY = 86400;
// So many pixels beside a bar, or from a line, still mean it.
const NEAR = 14;
const asked = new WeakMap();

export function makeOpen(element, numbers, plot, told) {
  const before = asked.get(element);
  const state = { numbers, plot, told, at: before?.at ?? numbers.x.length - 1, chosen: before?.chosen ?? 0 };
  asked.set(element, state);
  let pressed = null;
  plot.over.addEventListener("mousedown", (event) => {
    pressed = { x: event.clientX, found: hit(state, event) };
  });
  plot.over.addEventListener("click", (event) => {
    if (!pressed?.found || Math.abs(event.clientX - pressed.x) > DRAG) return; // drawn over a stretch to look closer
    location.assign(addressOf(numbers, ...pressed.found));
  });
  if (before) return tell(element, state);
  element.setAttribute("role", "slider");
  element.setAttribute("aria-description", element.dataset.keys);
  element.tabIndex = 0;
  element.addEventListener("keydown", (event) => press(element, event));
  element.addEventListener("focus", () => point(asked.get(element)));
  tell(element, state);
}

// The facts behind the number of a series at a place on the axis.
export function addressOf(numbers, series, at) {
  const [begin, end] = numbers.clip;
  const first = dayOf(numbers.x[at]);
  const last = lastDay(numbers.x[at], numbers.step);
  const from = numbers.so_far ? begin : begin && begin > first ? begin : first;
  const until = end && end < last ? end : last;
  return `${numbers.series[series].open}${from ? `&from=${from}` : ""}&until=${until}`;
}

function dayOf(seconds) {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

function lastDay(seconds, step) {
  if (step === "week") return dayOf(seconds + 6 * DAY);
  if (step !== "month") return dayOf(seconds);
  const first = new Date(seconds * 1000);
  return dayOf(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1) / 1000 - DAY);
}

// What is drawn where a click fell: the smallest of the bars that reach so high, or the nearest of the lines.
function hit({ numbers, plot }, event) {
  const box = plot.over.getBoundingClientRect();
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  const at = plot.posToIdx(x);
  const width = Math.abs(plot.valToPos(plot.scales.x.min + { day: 1, week: 7, month: 30 }[numbers.step] * DAY, "x") - plot.valToPos(plot.scales.x.min, "x"));
  if (Math.abs(plot.valToPos(numbers.x[at], "x") - x) > Math.max(NEAR, width / 2)) return null;
  const tops = numbers.series
    .map((each, series) => ({ series, value: plot.data[series + 1][at], own: each.y[at], shown: plot.series[series + 1].show }))
    .filter(({ value, own, shown }) => shown && value && own)
    .map((each) => ({ ...each, top: plot.valToPos(each.value, "y") }));
  if (numbers.kind === "lines") {
    const near = tops.filter(({ top }) => Math.abs(top - y) <= NEAR).sort((a, b) => Math.abs(a.top - y) - Math.abs(b.top - y));
    return near.length ? [near[0].series, at] : null;
  }
  const reach = tops.filter(({ top }) => top <= y + 3).sort((a, b) => b.top - a.top);
  return reach.length ? [reach[0].series, at] : null;
}

function press(element, event) {
  const state = asked.get(element);
  const { numbers } = state;
  const moves = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity };
  const turns = { ArrowUp: -1, ArrowDown: 1 };
  if (event.key in moves) state.at = Math.max(0, Math.min(numbers.x.length - 1, state.at + moves[event.key]));
  else if (event.key in turns) state.chosen = (state.chosen + turns[event.key] + numbers.series.length) % numbers.series.length;
  else if ((event.key === "Enter" || event.key === " ") && numbers.series[state.chosen].y[state.at]) location.assign(addressOf(numbers, state.chosen, state.at));
  else return;
  event.preventDefault();
  tell(element, state);
  point(state);
}

// Say the chosen number first, then the others.
function tell(element, { numbers, at, chosen, told }) {
  const order = [chosen, ...numbers.series.keys()].filter((series, place, all) => all.indexOf(series) === place);
  const words = order.map((series) => `${numbers.series[series].label} ${told(numbers.series[series].y[at])}`);
  element.setAttribute("aria-valuemin", "0");
  element.setAttribute("aria-valuemax", String(numbers.x.length - 1));
  element.setAttribute("aria-valuenow", String(at));
  element.setAttribute("aria-valuetext", `${numbers.step === "month" ? dayOf(numbers.x[at]).slice(0, 7) : dayOf(numbers.x[at])}: ${words.join(", ")}`);
}

// Let the legend and the mark of the cursor show the chosen number.
function point({ numbers, plot, at, chosen }) {
  const value = plot.data[chosen + 1][at];
  plot.setCursor({ left: plot.valToPos(numbers.x[at], "x"), top: value === null || value === undefined ? 0 : plot.valToPos(value, "y") });
  for (const [place, row] of [...plot.root.querySelectorAll(".u-legend .u-series")].entries()) row.classList.toggle("chosen", place === chosen + 1);
}
