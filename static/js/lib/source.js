// Gets a track's sound into a deck's <audio>: hls.js, else native HLS, else the MP3.

import { hlsConfig, levelOf, streamOf } from "./engine/renditions.js";

const HLS_TYPE = "application/vnd.apple.mpegurl";

let loading = null;

/** Load hls.js, once, on the first sign that somebody wants to listen. */
export function prepare() {
  loading ??= import("../../vendor/hls.js").then((module) => module.default);
  loading.catch(() => {
    loading = null;
  });
  return loading;
}

/** Events: "grown" (more can be played than before), "lost" (it stopped; new addresses may help). */
export class Source extends EventTarget {
  #hls = null;
  #recoveries = 0;
  #attached = new AbortController();

  constructor(deck, lease, quality) {
    super();
    this.deck = deck;
    this.lease = lease;
    this.quality = quality;
    /** Seconds that can be played so far; null while unknown or when everything can. */
    this.available = null;
    this.kind = "";
  }

  /** Attach at a position in seconds. Rejects when this browser can play none of the renditions. */
  async attach(at) {
    await this.lease.refresh();
    const { hls_url: hlsUrl, mp3_url: mp3Url } = this.lease.track;
    const Hls = await prepare().catch(() => null);
    // Another track was chosen while we were loading.
    if (this.#attached.signal.aborted) throw new DOMException("Superseded", "AbortError");
    if (hlsUrl && Hls?.isSupported()) this.#withHls(Hls, at);
    else if (hlsUrl && this.deck.audio.canPlayType(HLS_TYPE)) this.#direct("native", hlsUrl, at);
    else if (mp3Url) this.#direct("mp3", mp3Url, at);
    else throw new Error("This browser cannot play this track.");
  }

  /** Change the rendition in place; false where only another stream has it. */
  choose(quality) {
    if (!this.#hls || streamOf(this.lease.track, quality) !== this.stream) return false;
    this.quality = quality;
    const level = levelOf(this.#hls.levels, quality);
    if (level < 0) this.#hls.loadLevel = -1;
    else this.#hls.nextLevel = level;
    return true;
  }

  detach() {
    this.#attached.abort();
    this.#hls?.destroy();
    this.#hls = null;
    this.available = null;
    this.deck.audio.removeAttribute("src");
    this.deck.audio.load();
  }

  #direct(kind, url, at) {
    this.kind = kind;
    this.deck.unwire();
    const { audio } = this.deck;
    audio.src = url;
    const jump = () => {
      if (at > 0) audio.currentTime = at;
    };
    const { signal } = this.#attached;
    audio.addEventListener("loadedmetadata", jump, { once: true, signal });
    audio.addEventListener("error", () => this.dispatchEvent(new Event("lost")), { signal });
  }

  #withHls(Hls, at) {
    this.kind = "hls";
    this.deck.wire();
    const hls = new Hls({ startPosition: at, ...hlsConfig(Hls, this.lease) });
    this.#hls = hls;
    hls.on(Hls.Events.MANIFEST_PARSED, () => {
      const level = levelOf(hls.levels, this.quality);
      if (level >= 0) hls.loadLevel = level;
    });
    hls.on(Hls.Events.LEVEL_UPDATED, (_, { details }) => {
      this.available = details.live ? details.edge : null;
      this.dispatchEvent(new Event("grown"));
    });
    hls.on(Hls.Events.ERROR, (_, error) => {
      if (error.fatal) this.#mend(Hls, error);
    });
    this.stream = streamOf(this.lease.track, this.quality);
    hls.loadSource(this.stream);
    hls.attachMedia(this.deck.audio);
  }

  #mend(Hls, error) {
    this.#recoveries += 1;
    if (error.type === Hls.ErrorTypes.MEDIA_ERROR && this.#recoveries < 3) {
      this.#hls.recoverMediaError();
    } else this.dispatchEvent(new Event("lost"));
  }
}
