// Changes through the track's own edit page: whatever else its form says stays as it is.

/** One change after the other: each sends the whole form as the one before has left it. */
export class Amendments {
  #last = Promise.resolve();

  /** Send the form at `address` with these fields changed; resolves to true when it was taken. */
  send(address, fields) {
    this.#last = this.#last.then(() => amend(address, fields));
    return this.#last;
  }
}

async function amend(address, fields) {
  try {
    const page = await fetch(address);
    const parsed = new DOMParser().parseFromString(await page.text(), "text/html");
    const form = parsed.querySelector("#main form");
    const body = new URLSearchParams(new FormData(form));
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return (await fetch(address, { method: "POST", body })).ok;
  } catch {
    return false;
  }
}
