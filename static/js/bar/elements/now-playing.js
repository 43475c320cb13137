// <now-playing>: the full player, in a <dialog> over the page.

import { clock } from "../../core/words.js";
import { player } from "../../playback/player.js";
import { queue } from "../../queue/queue.js";
import { PlayerControls } from "../controls.js";
import { peaksOf } from "../peaks.js";
import { sleep } from "../sleep.js";
import { connectSwipes } from "../touch.js";
import "../../queue/elements/queue-panel.js";

const BAR_PX = 3;
const GAP_PX = 2;

class NowPlaying extends PlayerControls {
  connectedCallback() {
    this.sheet = this.closest("dialog");
    this.connectParts();
    const { dismiss, sleep: choice, window: small } = this.parts;
    choice.addEventListener("change", () => sleep.set(choice.value));
    sleep.addEventListener("change", () => this.#showSleep());
    dismiss.addEventListener("click", () => {
      this.sheet.close();
      player.close();
    });
    this.sheet.addEventListener("click", (event) => {
      if (event.target.closest("a[href]")) this.sheet.close();
    });
    this.#offerWindow(small);
    const still = () => this.sheet.scrollTop === 0;
    connectSwipes(this.sheet, { down: () => this.sheet.close() }, still);
    connectSwipes(this.parts.now, { left: () => queue.next(), right: () => queue.previous() });
    new ResizeObserver(() => this.#draw()).observe(this.parts.canvas);
    this.showAll();
    this.#showSleep();
  }

  showTrack() {
    super.showTrack();
    const { track } = player;
    if (!track) return this.sheet.close();
    this.parts.title.href = track.url;
    this.parts.artist.href = track.artist_url ?? track.url;
    return this.#findPeaks(track);
  }

  showCover(address) {
    super.showCover(player.track.cover ?? address);
  }

  showPosition(seconds) {
    super.showPosition(seconds);
    this.#draw();
  }

  #showSleep() {
    const { sleep: choice, left } = this.parts;
    choice.value = sleep.chosen;
    left.textContent = sleep.left === null ? "" : clock(sleep.left);
  }

  async #findPeaks(track) {
    if (this.drawn === track.version_id) return;
    this.drawn = track.version_id;
    this.peaks = [];
    this.#draw();
    const peaks = await peaksOf(track).catch(() => []);
    if (!player.is(track.version_id)) return;
    this.peaks = peaks;
    this.#draw();
  }

  /** Bars as tall as the music is loud; what was heard is in its colour. */
  #draw() {
    const { canvas, seek } = this.parts;
    const { clientWidth: width, clientHeight: height } = canvas;
    if (!width || !this.peaks) return;
    const scale = devicePixelRatio || 1;
    canvas.width = width * scale;
    canvas.height = height * scale;
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    const style = getComputedStyle(canvas);
    const count = Math.floor(width / (BAR_PX + GAP_PX));
    const heard = player.duration ? Number(seek.value) / player.duration : 0;
    for (let bar = 0; bar < count; bar += 1) {
      const peak = this.peaks[Math.floor((bar / count) * this.peaks.length)] ?? 0;
      const tall = Math.max(2, peak * height);
      pen.fillStyle = bar / count < heard ? style.outlineColor : style.color;
      pen.fillRect(bar * (BAR_PX + GAP_PX), (height - tall) / 2, BAR_PX, tall);
    }
  }

  async #offerWindow(button) {
    const { canOpen, toggle } = await import("../cover-window.js");
    button.hidden = !canOpen();
    button.addEventListener("click", () => toggle());
  }
}

customElements.define("now-playing", NowPlaying);
