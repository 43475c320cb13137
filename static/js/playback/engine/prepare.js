// What it takes to sound is fetched on the first sign that somebody wants to listen.

import { loadHls } from "./hls.js";

/** Load hls.js, once; the way a track sounds comes beside it. Resolves to hls.js. */
export function prepare() {
  sounding().catch(() => {});
  return loadHls();
}

/** Load what carries a track: `Sound`, `Following` for the one after it, `join` for another voice. */
export async function sounding() {
  const [{ Sound }, { Following }, { join }] = await Promise.all([
    import("../sound.js"),
    import("./following.js"),
    import("./joining.js"),
  ]);
  return { Sound, Following, join };
}
