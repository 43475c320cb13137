// What it takes to sound is fetched on the first sign that somebody wants to listen.

let loading = null;

/** Load hls.js, once; the way a track sounds comes beside it. Resolves to hls.js. */
export function prepare() {
  loading ??= import("../../../vendor/hls.js").then((module) => module.default);
  loading.catch(() => {
    loading = null;
  });
  sounding().catch(() => {});
  return loading;
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
