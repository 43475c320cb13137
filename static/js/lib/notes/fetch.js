// The room as the server draws it for this viewer.

/** Resolves to a fragment; rejects with a sentence where the room is closed or out of reach. */
export async function fetchRoom(address, signal = undefined) {
  let answer;
  try {
    answer = await fetch(address, { signal, headers: { "HX-Request": "true" } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("The notes could not be reached. Check your connection and reload the page.");
  }
  if (answer.status === 404) throw new Error("These notes are closed to you now.");
  if (!answer.ok) throw new Error("The notes could not be shown. Reload the page to try again.");
  return document.createRange().createContextualFragment(await answer.text());
}
