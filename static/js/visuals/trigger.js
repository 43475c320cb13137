// The way into the cinema: any [data-cinema] button, or the key C. Fetched when somebody wants in.

const WRITES =
  "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]";

async function toggle() {
  const view = document.getElementById("cinema");
  if (!view) return;
  await import("./elements/cinema-view.js");
  view.toggle();
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-cinema]")) toggle();
});

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "c" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.defaultPrevented || event.target.closest?.(WRITES)) return;
  if (document.querySelector("dialog:modal")) return;
  event.preventDefault();
  toggle();
});
