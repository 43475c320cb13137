// Where the piece stands, kept as the server has it while somebody looks.

const PLACE = "#sign-off";

/** Draw the section anew; whoever is writing in it is left alone. */
async function redraw() {
  const place = document.querySelector(PLACE);
  if (!place || place.contains(document.activeElement?.closest?.("textarea, input, select")))
    return;
  const answer = await fetch(location.pathname + location.search, { credentials: "same-origin" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector(PLACE);
  if (!now || !place.isConnected) return;
  for (const plain of now.querySelectorAll("noscript")) plain.remove();
  const opened = [...place.querySelectorAll("details")].map(({ open }) => open);
  place.replaceChildren(...now.childNodes);
  for (const [n, details] of [...place.querySelectorAll("details")].entries()) {
    details.open = opened[n] ?? false;
  }
}

document.addEventListener("sign-off", redraw);
