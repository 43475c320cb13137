// Rows that are moved by their grips, with a mouse, a pen or a finger.

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

/** Call `held(row)` when one is taken, and `dropped(row)` when it lies where it was let go. */
export function connectGrips(list, { held, dropped } = {}) {
  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button !== 0) return;
    // No text is selected on the way; a grip that is a button still takes the focus.
    if (grip.localName !== "button") event.preventDefault();
    const row = grip.closest("li");
    const ending = new AbortController();
    const { signal } = ending;
    const follow = (moved) => {
      if (moved.pointerId === event.pointerId) drag(row, moved.clientY);
    };
    const drop = (ended) => {
      if (ended.pointerId !== event.pointerId) return;
      ending.abort();
      row.removeAttribute("data-held");
      dropped?.(row);
    };
    row.setAttribute("data-held", "");
    held?.(row);
    document.addEventListener("pointermove", follow, { signal });
    document.addEventListener("pointerup", drop, { signal });
    document.addEventListener("pointercancel", drop, { signal });
  });
}
