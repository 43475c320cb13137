// A track's signed addresses: where they point now, when they end, and how to get new ones.
// Addresses look like /m/<expiry>/<scope>/<signature>/<media>/<attempt>/<path>: only what stands
// before <path> is signed, so a fresh prefix serves every file of the same attempt.

import { api } from "./api.js";

const SIGNED =
  /^(?<prefix>.*\/m\/[^/]+\/(?<scope>[^/]+)\/[^/]+\/(?<media>[^/]+)\/(?<attempt>[^/]+)\/)(?<path>.*)$/;
const SAME = ["scope", "media", "attempt"];
const TOLD = ["hls_url", "lossless_hls_url", "mp3_url", "waveform_url", "playable", "status"];
const FIGURES = ["duration_ms", "loudness_lufs", "true_peak_dbtp"];
const EARLY_MS = 4 * 60 * 1000;
const RETRY_MS = 5000;

/** Where a version tells its state; the key that opened the track's page opens it here too. */
export function versionPath({ version_id: id, state_path: own = "", key = "", url = "" }) {
  if (own) return own; // a stem tells its state elsewhere
  const token = key || /^\/t\/([^/]+)\//.exec(url)?.[1];
  return `/versions/${id}/${token ? `?token=${token}` : ""}`;
}

export class SignedUrls extends EventTarget {
  #renewal = null;
  #asked = 0;

  /** The attempt whose segments are being heard. */
  attached = "";

  /** Ways to play it that this browser turned out not to have. */
  failed = new Set();

  constructor(track) {
    super();
    this.track = track;
  }

  get signed() {
    return SIGNED.exec(this.track.hls_url ?? "")?.groups ?? null;
  }

  /** True when the addresses end so soon that the next request should wait for new ones. */
  get isEnding() {
    const ends = Date.parse(this.track.expires_at ?? "");
    return !this.track.hls_url || (Number.isFinite(ends) && ends - Date.now() < EARLY_MS);
  }

  /** The same file under the newest prefix known. Addresses of other attempts stay as they are. */
  rewrite(url) {
    const asked = SIGNED.exec(url)?.groups;
    for (const known of [this.track.hls_url, this.track.lossless_hls_url]) {
      const now = SIGNED.exec(known ?? "")?.groups;
      if (asked && now && SAME.every((part) => asked[part] === now[part])) {
        return new URL(now.prefix + asked.path, location.href).href;
      }
    }
    return url;
  }

  /** Ask for new addresses; calls made meanwhile share one request. Announces a new attempt. */
  renew() {
    this.#renewal ??= this.#ask().finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  /** Renew only where that could help: they end soon, or were refused and not renewed just now. */
  async refresh({ refused = false } = {}) {
    const rested = Date.now() - this.#asked > RETRY_MS;
    if ((this.isEnding && rested) || (refused && rested)) await this.renew();
  }

  async #ask() {
    this.#asked = Date.now();
    const version = await api("GET", versionPath(this.track));
    for (const name of TOLD) this.track[name] = version[name] ?? null;
    this.track.expires_at = version.expires_at;
    for (const name of FIGURES) this.track[name] = version[name] ?? this.track[name];
    if (this.attached && this.signed && this.signed.attempt !== this.attached) {
      this.dispatchEvent(new Event("moved"));
    }
  }
}
