// hls.js weighs more than all of ours: it is fetched on the first sign that somebody listens.

let loading = null;

/** Load hls.js, once; asking again after a failure tries again. */
export function loadHls() {
  loading ??= import("../../../vendor/hls.js").then((module) => module.default);
  loading.catch(() => {
    loading = null;
  });
  return loading;
}
