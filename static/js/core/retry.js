// Trying again what a bad moment may have broken.

/** HTTP 507: the disk of the site is full. Asking again within seconds helps nobody. */
export const FULL = 507;

const ATTEMPTS = 6;
const LONGEST_REST_MS = 20_000;

const rest = (attempt) =>
  Math.min(LONGEST_REST_MS, 500 * 2 ** attempt) * (0.75 + Math.random() / 2);
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Do `action` until it succeeds, with growing rests; errors that are not `passing` end it. */
export async function insist(action, signal) {
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await action();
    } catch (error) {
      if (!error.passing || attempt === ATTEMPTS) throw error;
      await wait(rest(attempt));
    }
  }
}
