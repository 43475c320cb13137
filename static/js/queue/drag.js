// Rows of a list that follow the pointer by changing places with their neighbours.

function middle(row) {
  const box = row.getBoundingClientRect();
  return box.top + box.height / 2;
}

/** The neighbours step aside: who is held stays in the page, and keeps the pointer. */
function drag(row, y) {
  while (row.previousElementSibling && y < middle(row.previousElementSibling)) {
    row.after(row.previousElementSibling);
  }
  while (row.nextElementSibling && y > middle(row.nextElementSibling)) {
    row.before(row.nextElementSibling);
  }
}

/** Let rows of `list` be moved by their `grip` (a selector); `begun(row)` and `moved(row, place)`. */
export function connectDrag(list, grip, { begun, moved }) {
  list.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(grip);
    if (!handle || event.button !== 0) return;
    const row = handle.closest("li");
    const held = new AbortController();
    const { signal } = held;
    const drop = () => {
      held.abort();
      row.removeAttribute("data-dragged");
      moved(row, [...list.children].indexOf(row));
    };
    row.toggleAttribute("data-dragged", true);
    begun(row);
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener("pointermove", ({ clientY }) => drag(row, clientY), { signal });
    for (const name of ["pointerup", "pointercancel"]) {
      handle.addEventListener(name, drop, { signal });
    }
  });
}
