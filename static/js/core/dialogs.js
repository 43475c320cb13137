// Buttons that open a <dialog> (`data-opens="id"`) or close the one they are in (`data-closes`).

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-opens], [data-closes]");
  if (!button) return;
  if ("closes" in button.dataset) {
    button.closest("dialog")?.close();
    return;
  }
  const dialog = document.getElementById(button.dataset.opens);
  if (!dialog) return;
  event.preventDefault();
  dialog.showModal();
  document.dispatchEvent(new Event("sheet:opened"));
});

// A press beside the sheet closes it.
document.addEventListener("pointerdown", (event) => {
  if (event.target instanceof HTMLDialogElement) event.target.close();
});
