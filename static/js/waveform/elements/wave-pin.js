// <wave-pin data-pins>: holds the waveform. Once it is scrolled away, a slim one with its markers
// stays at the top of the window, while what is below keeps its place.

class WavePin extends HTMLElement {
  connectedCallback() {
    if (!("pins" in this.dataset)) return;
    this.watch = new IntersectionObserver(([entry]) => this.#pin(entry));
    this.watch.observe(this);
  }

  disconnectedCallback() {
    this.watch?.disconnect();
  }

  #pin({ isIntersecting, boundingClientRect: { bottom, height } }) {
    const isAbove = !isIntersecting && bottom <= 0 && height > 0;
    if (isAbove === "pinned" in this.dataset) return;
    this.style.blockSize = isAbove ? `${height}px` : "";
    this.toggleAttribute("data-pinned", isAbove);
  }
}

customElements.define("wave-pin", WavePin);
