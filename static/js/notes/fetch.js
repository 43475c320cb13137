// The room as the server draws it for this viewer.

/** Resolves to a fragment; rejects with a sentence where the room is closed or out of reach. */
export async function fetchNotes(address, signal = undefined) {
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

/** Put the threads behind a “later” link into the list; false when they could not be fetched. */
export async function fetchMore(link, source, notes) {
  const found = await fetchNotes(`${source}${link.search}`).catch(() => null);
  if (!found) return false;
  for (const thread of found.querySelectorAll("[data-thread]")) {
    notes.take(thread.dataset.thread, thread.outerHTML);
  }
  const next = found.querySelector("[data-more]");
  if (next) link.replaceWith(next);
  else link.parentElement.remove();
  return true;
}
