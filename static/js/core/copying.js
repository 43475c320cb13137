// Copies what a field holds and says so on the button that was pressed.

const SAID_MS = 2500;
const before = new WeakMap(); // button → {html, timer}

/** Copy `field`; answer with the words said: "Copied", or what to press where that is forbidden. */
export async function copy(field, button) {
  let said = "Copied";
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    field.select(); // no permission: it is marked, ready for the hand
    said = "Press Ctrl+C";
  }
  const kept = before.get(button) ?? { html: button.innerHTML };
  before.set(button, kept);
  button.textContent = said;
  clearTimeout(kept.timer);
  kept.timer = setTimeout(() => {
    button.innerHTML = kept.html;
  }, SAID_MS);
  return said;
}
