/** Small charts as SVG. Colours come from the page's style sheet by class. */

const NS = "http://www.w3.org/2000/svg";

function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

function titled(text) {
  const title = svg("title");
  title.textContent = text;
  return title;
}

const round = (value) => Math.round(value * 100) / 100;

/**
 * Lines over days.
 *
 * @param series `{ name, values }`, values as many as labels
 */
export function lineChart({ label, labels, series, width = chartWidth(), height = 180 }) {
  const left = 34;
  const bottom = 22;
  const most = Math.max(1, ...series.flatMap((one) => one.values));
  const x = (index) => round(left + (labels.length < 2 ? 0 : (index * (width - left - 8)) / (labels.length - 1)));
  const y = (value) => round(8 + (1 - value / most) * (height - bottom - 8));
  const chart = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label, class: "chart" }, titled(label));
  for (const share of most > 1 ? [0, 0.5, 1] : [0, 1]) {
    const at = y(most * share);
    const text = svg("text", { x: left - 6, y: at + 4, class: "chart-axis", "text-anchor": "end" });
    text.textContent = String(Math.round(most * share));
    chart.append(svg("line", { x1: left, x2: width - 8, y1: at, y2: at, class: "chart-grid" }), text);
  }
  const every = Math.max(1, Math.ceil(labels.length / Math.floor(width / 75)));
  labels.forEach((words, index) => {
    if (index % every !== 0) return;
    const text = svg("text", { x: x(index), y: height - 6, class: "chart-axis", "text-anchor": index === 0 ? "start" : "middle" });
    text.textContent = words;
    chart.append(text);
  });
  series.forEach((one, number) => {
    const points = one.values.map((value, index) => `${x(index)},${y(value)}`).join(" ");
    chart.append(svg("polyline", { points, class: `chart-line chart-${number + 1}` }));
    one.values.forEach((value, index) => {
      if (labels.length > 40 && value === 0) return;
      const dot = svg("circle", { cx: x(index), cy: y(value), r: 2.5, class: `chart-dot chart-${number + 1}` });
      dot.append(titled(`${labels[index]} · ${one.name} ${value}`));
      chart.append(dot);
    });
  });
  return chart;
}

/** As wide as there is room, so that words in a chart stay readable on a phone. */
export const chartWidth = () => Math.max(280, Math.min(640, window.innerWidth - 70));

/** Bars beside each other; `goal` draws a line at that value. @param bars `{ name, value, shown }` with values up to `most` */
export function barChart({ label, bars, most, goal = null, width = chartWidth() }) {
  const row = 26;
  // Room for the longest name and for the figure behind the longest bar; Chinese characters are twice as wide.
  const wide = (text) => [...text].reduce((sum, char) => sum + (char > "\u2e7f" ? 13 : 7), 0);
  const left = Math.min(width * 0.4, 12 + Math.max(...bars.map((bar) => wide(bar.name))));
  const right = 12 + Math.max(...bars.map((bar) => wide(String(bar.shown))));
  const height = bars.length * row + 4;
  const chart = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label, class: "chart" }, titled(label));
  const length = (value) => round(((width - left - right) * Math.max(0, Math.min(value, most))) / most);
  bars.forEach((bar, index) => {
    const top = index * row + 4;
    const name = svg("text", { x: left - 8, y: top + 14, class: "chart-axis", "text-anchor": "end" });
    name.textContent = bar.name;
    const shown = svg("text", { x: left + length(bar.value ?? 0) + 6, y: top + 14, class: "chart-value" });
    shown.textContent = bar.shown;
    const low = goal !== null && bar.value !== null && bar.value < goal;
    chart.append(
      name,
      svg("rect", {
        x: left,
        y: top + 2,
        width: length(bar.value ?? 0),
        height: 16,
        rx: 3,
        class: low ? "chart-bar chart-low" : "chart-bar",
      }),
      shown,
    );
  });
  if (goal !== null)
    chart.append(svg("line", { x1: left + length(goal), x2: left + length(goal), y1: 0, y2: height, class: "chart-goal" }));
  return chart;
}
