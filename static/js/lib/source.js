// Gets a track's sound into an <audio> element: hls.js, else native HLS, else the MP3.

const HLS_TYPE = "application/vnd.apple.mpegurl";
const REFUSED = [403, 404, 410];

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

  constructor(audio, lease) {
    super();
    this.audio = audio;
    this.lease = lease;
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
    if (hlsUrl && Hls?.isSupported()) this.#withHls(Hls, hlsUrl, at);
    else if (hlsUrl && this.audio.canPlayType(HLS_TYPE)) this.#direct("native", hlsUrl, at);
    else if (mp3Url) this.#direct("mp3", mp3Url, at);
    else throw new Error("This browser cannot play this track.");
  }

  detach() {
    this.#attached.abort();
    this.#hls?.destroy();
    this.#hls = null;
    this.available = null;
    this.audio.removeAttribute("src");
    this.audio.load();
  }

  #direct(kind, url, at) {
    this.kind = kind;
    this.audio.src = url;
    const jump = () => {
      if (at > 0) this.audio.currentTime = at;
    };
    const { signal } = this.#attached;
    this.audio.addEventListener("loadedmetadata", jump, { once: true, signal });
    this.audio.addEventListener("error", () => this.dispatchEvent(new Event("lost")), { signal });
  }

  #withHls(Hls, url, at) {
    this.kind = "hls";
    const hls = new Hls(this.#config(Hls, at));
    this.#hls = hls;
    hls.on(Hls.Events.LEVEL_UPDATED, (_, { details }) => {
      this.available = details.live ? details.edge : null;
      this.dispatchEvent(new Event("grown"));
    });
    hls.on(Hls.Events.ERROR, (_, error) => {
      if (error.fatal) this.#mend(Hls, error);
    });
    hls.loadSource(url);
    hls.attachMedia(this.audio);
  }

  #config(Hls, at) {
    const { lease } = this;
    let refused = false;
    // A refused address is asked for again under a new signature, without touching the sound.
    const policy = (kind) => {
      const { default: base } = Hls.DefaultConfig[kind];
      const shouldRetry = (_config, count, _timeout, response, retry) => {
        refused ||= REFUSED.includes(response?.code);
        return retry || (count < 3 && refused);
      };
      const errorRetry = { ...base.errorRetry, retryDelayMs: 300, shouldRetry };
      return { default: { ...base, errorRetry } };
    };
    return {
      startPosition: at,
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
      xhrSetup: async (xhr, url) => {
        const asks = { refused };
        refused = false;
        await lease.refresh(asks).catch(() => {});
        xhr.open("GET", lease.rewrite(url), true);
      },
    };
  }

  #mend(Hls, error) {
    this.#recoveries += 1;
    if (error.type === Hls.ErrorTypes.MEDIA_ERROR && this.#recoveries < 3) {
      this.#hls.recoverMediaError();
    } else this.dispatchEvent(new Event("lost"));
  }
}
