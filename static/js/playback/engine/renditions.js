// Which rendition is fetched, and how hls.js is told to fetch it.

const REFUSED = [403, 404, 410];
const TOO_MANY = 429;
const LONGEST_REST_S = 60;

const CODECS = { opus: "opus", opus64: "opus", aac: "mp4a.40.2", lossless: "fLaC" };

function decodes(codec) {
  const media = globalThis.MediaSource ?? globalThis.ManagedMediaSource;
  return Boolean(media?.isTypeSupported(`audio/mp4; codecs="${codec}"`));
}

/** The qualities a listener may choose for this track in this browser; always "auto". */
export function possible(track) {
  const named = Object.keys(CODECS).filter((name) => decodes(CODECS[name]));
  return ["auto", ...named.filter((name) => name !== "lossless" || track?.lossless_hls_url)];
}

/** The playlist that has a quality: the ladder, AAC's own one or the lossless master. */
export function streamOf(track, quality) {
  const chosen = possible(track).includes(quality) ? quality : "auto";
  if (chosen === "lossless") return track.lossless_hls_url;
  return chosen === "aac" ? plainStream(track) : track.hls_url;
}

/** What a browser's own HLS is given: one codec (they stumble over a change of it), AAC. */
export function plainStream(track) {
  return track.hls_url.replace(/master\.m3u8$/, "aac/playlist.m3u8");
}

/** The index of a fixed level of the ladder, or −1: choose by the line's speed. */
export function levelOf(levels, quality) {
  return levels.findIndex(({ uri }) => uri.includes(`/${quality}/playlist`));
}

/** Wait as the server asked: seconds or a date (RFC 9110, section 10.2.3); a second if it said nothing. */
export function restOf(header) {
  const seconds = Number(header ?? 1);
  const rest = Number.isFinite(seconds) ? seconds : (Date.parse(header) - Date.now()) / 1000;
  return Math.min(LONGEST_REST_S, Math.max(0.2, rest || 1)) * 1000;
}

/** What hls.js is told: Opus first, addresses under the newest signature, patience when asked. */
export function hlsConfig(Hls, signedUrls) {
  let refused = false;
  let restUntil = 0;
  // A refused address is asked for again under a new signature, without touching the sound; too
  // many requests are an order to wait, never an error.
  const policy = (kind) => {
    const { default: base } = Hls.DefaultConfig[kind];
    const shouldRetry = (_config, count, _timeout, response, retry) => {
      refused ||= REFUSED.includes(response?.code);
      return retry || response?.code === TOO_MANY || (count < 3 && refused);
    };
    return {
      default: { ...base, errorRetry: { ...base.errorRetry, retryDelayMs: 300, shouldRetry } },
    };
  };
  const prepare = async (xhr, url) => {
    const asks = { refused };
    refused = false;
    while (restUntil > Date.now()) {
      await new Promise((resolve) => setTimeout(resolve, restUntil - Date.now()));
    }
    await signedUrls.refresh(asks).catch(() => {});
    xhr.open("GET", signedUrls.rewrite(url), true);
    xhr.addEventListener("readystatechange", () => {
      if (xhr.readyState !== XMLHttpRequest.HEADERS_RECEIVED || xhr.status !== TOO_MANY) return;
      restUntil = Date.now() + restOf(xhr.getResponseHeader("Retry-After"));
    });
  };
  return {
    lowLatencyMode: false,
    testBandwidth: false,
    abrEwmaDefaultEstimate: 1_200_000,
    maxBufferLength: 45,
    maxMaxBufferLength: 60,
    backBufferLength: 90,
    audioPreference: { audioCodec: "opus" },
    fragLoadPolicy: policy("fragLoadPolicy"),
    playlistLoadPolicy: policy("playlistLoadPolicy"),
    manifestLoadPolicy: policy("manifestLoadPolicy"),
    xhrSetup: prepare,
  };
}
