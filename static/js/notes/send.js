// Sending a form of the notes: the server's answer, or its sentence.

/** Resolves to {id, html} of the thread; rejects with an Error that has `field` where one is named. */
export async function send(action, body) {
  let response;
  try {
    response = await fetch(action, {
      method: "POST",
      body,
      headers: { "HX-Request": "true", Accept: "application/json" },
    });
  } catch {
    throw new Error("Nexus could not be reached. Your words are still here.");
  }
  const answer = await response.json().catch(() => null);
  if (response.ok && answer?.kind === "thread") return answer;
  const error = new Error(answer?.detail ?? "That did not work. Reload the page and try again.");
  error.field = answer?.field;
  throw error;
}

/** Send what a form says, saying so while it lasts; null when the form now shows why not. */
export async function sendForm(form, action = form.action) {
  const place = form.querySelector("[data-error]");
  const button = form.querySelector("[data-send]");
  if (button.disabled) return null;
  place.textContent = "";
  button.disabled = true;
  for (const wrong of form.querySelectorAll("[aria-invalid]"))
    wrong.removeAttribute("aria-invalid");
  try {
    return await send(action, new FormData(form));
  } catch (error) {
    place.textContent = error.message;
    const field = form.elements[error.field] ?? form.elements.body_md;
    field?.setAttribute("aria-invalid", "true");
    field?.focus();
    return null;
  } finally {
    button.disabled = false;
  }
}
