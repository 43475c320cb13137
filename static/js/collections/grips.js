// Rows that are moved by their grips, with a mouse, a pen or a finger.

/** Call `held(row)` when one is taken, and `dropped(row)` when it lies where it was let go. */
export function connectGrips(element, list, { held, dropped }) {
  element.addEventListener("pointerdown", (event) => {
    const row = event.target.closest("[data-grip]")?.closest("[data-item]");
    if (!row || event.button !== 0) return;
    event.preventDefault();
    const ending = new AbortController();
    const { signal } = ending;
    row.setAttribute("data-held", "");
    held(row);
    const follow = ({ clientY }) => {
      const rows = [...list.children];
      const over = rows.find((each) => {
        const box = each.getBoundingClientRect();
        return clientY >= box.top && clientY < box.bottom;
      });
      if (!over || over === row) return;
      if (rows.indexOf(over) > rows.indexOf(row)) over.after(row);
      else over.before(row);
    };
    const drop = () => {
      ending.abort();
      row.removeAttribute("data-held");
      dropped(row);
    };
    document.addEventListener("pointermove", follow, { signal });
    document.addEventListener("pointerup", drop, { signal });
    document.addEventListener("pointercancel", drop, { signal });
  });
}
