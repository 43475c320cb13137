// A small drawing of peaks: pairs of minimum and maximum, −128…127, as one filled shape.

const SVG = "http://www.w3.org/2000/svg";
const COLUMNS = 250;

/** An <svg> in the colour of its text, stretched to its place. */
export function outline(overview) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", `0 0 ${COLUMNS} 256`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("fill", "currentColor");
  path.setAttribute("d", shape(overview));
  svg.append(path);
  return svg;
}

function shape(overview) {
  const pairs = overview.length / 2;
  if (!pairs) return "";
  const top = [];
  const bottom = [];
  for (let x = 0; x < COLUMNS; x += 1) {
    let low = -1;
    let high = 1;
    const end = Math.ceil(((x + 1) * pairs) / COLUMNS);
    for (let at = Math.floor((x * pairs) / COLUMNS); at < end; at += 1) {
      low = Math.min(low, overview[2 * at] ?? 0);
      high = Math.max(high, overview[2 * at + 1] ?? 0);
    }
    top.push(`${x} ${128 - high}`);
    bottom.unshift(`${x} ${128 - low}`);
  }
  return `M${[...top, ...bottom].join("L")}Z`;
}
