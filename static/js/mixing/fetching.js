// Getting files of a signed directory, however busy or forgetful the other side is.

const ATTEMPTS = 8;
const LONGEST_REST_MS = 8000;
const REFUSED = [403, 404, 410];

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Milliseconds the server asks us to stay away, or a growing rest of our own. */
function restAfter(response, attempt) {
  const asked = Number(response?.headers.get("Retry-After"));
  if (asked > 0) return Math.min(60, asked) * 1000;
  return Math.min(LONGEST_REST_MS, 250 * 2 ** attempt);
}

/** GET an address of `signedUrls`'s directory; refused ones are asked for under a new signature. */
export async function get(url, signedUrls, signal) {
  let refused = false;
  for (let attempt = 0; ; attempt += 1) {
    await signedUrls.refresh({ refused }).catch(() => {});
    signal.throwIfAborted();
    const response = await fetch(signedUrls.rewrite(url), { signal, credentials: "omit" }).catch(
      (error) => {
        if (error.name === "AbortError") throw error;
        return null;
      },
    );
    if (response?.ok) return response;
    refused = REFUSED.includes(response?.status);
    // A wait the server asked for is no failure of anybody's.
    if (response?.status === 429) attempt -= 1;
    if (attempt >= (refused ? 3 : ATTEMPTS)) throw new Error("The sound could not be fetched.");
    await wait(restAfter(response, attempt + 1));
    signal.throwIfAborted();
  }
}
