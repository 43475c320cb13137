// Gets a track's sound into a deck's <audio>: hls.js, else native HLS, else the MP3.

import { running } from "./engine/context.js";
import { loadHls } from "./engine/hls.js";
import { hlsConfig, levelOf, plainStream, streamOf } from "./engine/renditions.js";

const HLS_TYPE = "application/vnd.apple.mpegurl";
const MP3_TYPE = "audio/mpeg";

/** Events: "grown" (more can be played than before), "lost" (it stopped; new addresses may help). */
export class Source extends EventTarget {
  #hls = null;
  #recoveries = 0;
  #attached = new AbortController();

  constructor(deck, signedUrls, quality) {
    super();
    this.deck = deck;
    this.signedUrls = signedUrls;
    this.quality = quality;
    /** Seconds that can be played so far; null while unknown or when everything can. */
    this.available = null;
    this.kind = "";
    /** Seconds at which it is to begin; may change until it is loaded. */
    this.at = 0;
  }

  /** Attach at a position in seconds. Rejects when this browser can play none of the renditions. */
  async attach(at) {
    this.at = at;
    await this.signedUrls.refresh();
    const Hls = await loadHls().catch(() => null);
    // Another track was chosen while we were loading.
    if (this.#attached.signal.aborted) throw new DOMException("Superseded", "AbortError");
    const { track, failed } = this.signedUrls;
    const kind = this.#ways(Hls).find((way) => !failed.has(way));
    if (!kind) throw new DOMException("Nothing of this can be played here.", "NotSupportedError");
    this.kind = kind;
    const begin = () => {
      if (this.deck.audio.currentTime !== this.at) this.deck.audio.currentTime = this.at;
    };
    if (kind === "hls") this.#withHls(Hls);
    else this.#direct(kind === "native" ? plainStream(track) : track.mp3_url);
    const { signal } = this.#attached;
    this.deck.audio.addEventListener("loadedmetadata", begin, { once: true, signal });
  }

  /** What is fetched now, by the name of its directory; without hls.js only the way is known. */
  get rendition() {
    const hls = this.#hls;
    if (!hls) return this.kind;
    const level = hls.levels?.[hls.loadLevel];
    return /\/([^/]+)\/playlist\.m3u8/.exec(level?.uri ?? "")?.[1] ?? "";
  }

  /** Stay with what is fetched now, or choose by the line again; false where that is not meant. */
  choose(quality) {
    if (!this.#hls || streamOf(this.signedUrls.track, quality) !== this.stream) return false;
    const level = levelOf(this.#hls.levels, quality);
    // Another level would need the buffer emptied: a second deck does that unheard.
    if (level >= 0 && this.rendition !== quality) return false;
    this.quality = quality;
    this.#hls.loadLevel = level;
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

  /** What this browser says it can do with what there is, the best first. */
  #ways(Hls) {
    const { hls_url: hls, mp3_url: mp3 } = this.signedUrls.track;
    const { audio } = this.deck;
    const ways = [];
    if (hls && Hls?.isSupported()) ways.push("hls");
    if (hls && audio.canPlayType(HLS_TYPE)) ways.push("native");
    if (mp3 && audio.canPlayType(MP3_TYPE)) ways.push("mp3");
    return ways;
  }

  #direct(url) {
    this.deck.unwire();
    const { audio } = this.deck;
    const { signal } = this.#attached;
    const lost = () => {
      // "Maybe", a browser says of a type, and then it cannot: the next way is tried.
      const wrong = audio.error?.code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED;
      this.#lose({ wrong: wrong && this.kind === "native" });
    };
    audio.addEventListener("error", lost, { signal });
    audio.src = url;
  }

  #withHls(Hls) {
    if (running()) this.deck.wire();
    else this.deck.unwire(); // a graph that sleeps would keep the sound to itself
    const hls = new Hls({ startPosition: this.at, ...hlsConfig(Hls, this.signedUrls) });
    this.#hls = hls;
    hls.on(Hls.Events.MANIFEST_PARSED, () => {
      const level = levelOf(hls.levels, this.quality);
      if (level >= 0) hls.loadLevel = level;
    });
    hls.on(Hls.Events.LEVEL_SWITCHED, () => this.dispatchEvent(new Event("grown")));
    hls.on(Hls.Events.LEVEL_UPDATED, (_, { details }) => {
      this.available = details.live ? details.edge : null;
      this.dispatchEvent(new Event("grown"));
    });
    hls.on(Hls.Events.ERROR, (_, error) => {
      if (error.fatal) this.#mend(Hls, error);
    });
    this.stream = streamOf(this.signedUrls.track, this.quality);
    hls.loadSource(this.stream);
    hls.attachMedia(this.deck.audio);
  }

  #mend(Hls, error) {
    this.#recoveries += 1;
    const { MEDIA_ERROR } = Hls.ErrorTypes;
    const wrong = error.details === Hls.ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR;
    if (error.type === MEDIA_ERROR && !wrong && this.#recoveries < 3) this.#hls.recoverMediaError();
    else this.#lose({ wrong });
  }

  #lose({ wrong }) {
    if (wrong) this.signedUrls.failed.add(this.kind);
    this.dispatchEvent(new Event("lost"));
  }
}
