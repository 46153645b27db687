/** A table of figures: folded away under its title, and on a phone each row a small card instead of a line that runs off the edge. */
import { el } from "./dom.js";

/** Tables of more columns than this are stacked on a phone. */
const COLUMNS_ON_A_PHONE = 2;

/**
 * @param table `keys[i]` is the key of row i, `null` = it stands for nobody
 * @param options `open` unfolded from the start; `namesOf(key)` fetches an element that shows who a row counts; `quiet` leaves zeros out on a phone
 */
export function reportTable({ title, columns, rows, keys = [] }, { open = false, namesOf = null, quiet = false } = {}) {
  if (rows.length === 0) return "";
  const heads = columns.map((name, index) => el("th", { scope: "col", class: isNumber(rows, index) ? "number" : "", text: name }));
  return el(
    "details",
    { open },
    el("summary", { text: title }),
    el(
      "div",
      { class: "table-frame", tabindex: "0" },
      el(
        "table",
        { class: columns.length > COLUMNS_ON_A_PHONE ? "stacked" : "" },
        el("thead", {}, el("tr", {}, ...heads)),
        el("tbody", {}, ...rows.flatMap((row, index) => lines(row, columns, keys[index] ?? null, namesOf, quiet))),
      ),
    ),
  );
}

const isNumber = (rows, index) => index > 0 && rows.some((row) => typeof row[index] === "number");

function lines(row, columns, key, namesOf, quiet) {
  const [first, ...rest] = row;
  const shown = first === null ? "" : String(first);
  const cells = rest.map((cell, index) =>
    el("td", {
      class: [typeof cell === "number" ? "number" : "", quiet && cell === 0 ? "zero" : "", cell === null ? "empty" : ""]
        .filter(Boolean)
        .join(" "),
      data: { name: columns[index + 1] },
      text: cell === null ? "" : String(cell),
    }),
  );
  // One figure needs no name beside that of its row.
  const single = rest.filter((cell) => cell !== null).length === 1 ? "single" : "";
  if (namesOf === null || key === null) return [el("tr", { class: single }, el("th", { scope: "row", text: shown }), ...cells)];
  const names = el("tr", { class: "names", hidden: true }, el("td", { colspan: columns.length }));
  const button = el("button", { type: "button", class: "link", "aria-expanded": "false", text: shown });
  button.addEventListener("click", async () => {
    names.hidden = !names.hidden;
    button.setAttribute("aria-expanded", String(!names.hidden));
    if (!names.hidden) names.firstElementChild.replaceChildren(await namesOf(key));
  });
  return [el("tr", {}, el("th", { scope: "row" }, button), ...cells), names];
}
