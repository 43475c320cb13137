// <cover-crop address="…">: a picture is chosen, the square of it is moved and zoomed by pointer,
// touch and keys, and sent with it. Without this module the form sends it, and its middle is shown.

import { csrfToken } from "../../core/api.js";
import { refresh } from "../../core/navigation.js";
import { prefix } from "../../core/place.js";
import { Square } from "../square.js";

const STEP = 0.04; // of the frame, at a press of an arrow key
const ZOOM_STEP = 1.08;

class CoverCrop extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.querySelector("input[type=file]");
    this.frame = this.querySelector("[data-frame]");
    this.canvas = this.querySelector("canvas");
    this.zoom = this.querySelector("[data-zoom]");
    this.said = this.querySelector("[data-said]");
    this.held = new Map();
    this.input.addEventListener("change", () => this.#open(this.input.files[0]));
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.zoom.addEventListener("input", ({ target }) => this.#zoomTo(Number(target.value)));
    this.frame.addEventListener("keydown", (event) => this.#press(event));
    this.frame.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    this.frame.addEventListener("pointerdown", (event) => this.#grab(event));
    this.frame.addEventListener("pointermove", (event) => this.#drag(event));
    for (const name of ["pointerup", "pointercancel"]) {
      this.frame.addEventListener(name, ({ pointerId }) => this.held.delete(pointerId));
    }
    if (this.input.files.length) this.#open(this.input.files[0]);
  }

  async #open(file) {
    this.said.textContent = "";
    const picture = file && (await createImageBitmap(file).catch(() => null));
    this.picture?.close();
    this.picture = picture;
    this.frame.hidden = this.zoom.hidden = !picture;
    if (!picture) {
      if (file) this.said.textContent = "This is no picture that this browser can show.";
      return;
    }
    this.square = new Square(picture.width, picture.height);
    this.zoom.querySelector("input").value = "1";
    this.#draw();
  }

  #draw() {
    const { x, y, side } = this.square;
    const { width, height } = this.canvas;
    const context = this.canvas.getContext("2d");
    context.clearRect(0, 0, width, height);
    context.drawImage(this.picture, x, y, side, side, 0, 0, width, height);
  }

  #zoomTo(factor) {
    this.square.zoom = factor;
    this.zoom.querySelector("input").value = String(this.square.zoom);
    this.#draw();
  }

  #wheel(event) {
    event.preventDefault();
    this.#zoomTo(this.square.zoom * (event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP));
  }

  #press(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const by = step[event.key];
    if (by) this.square.move(by[0] * STEP, by[1] * STEP);
    else if (event.key === "+" || event.key === "=") this.square.zoom *= ZOOM_STEP;
    else if (event.key === "-") this.square.zoom /= ZOOM_STEP;
    else return;
    event.preventDefault();
    this.#zoomTo(this.square.zoom);
  }

  #grab(event) {
    if (event.button !== 0) return;
    this.frame.setPointerCapture(event.pointerId);
    this.held.set(event.pointerId, [event.clientX, event.clientY]);
  }

  /** One pointer moves the square; of two, their distance is the zoom. */
  #drag(event) {
    const before = this.held.get(event.pointerId);
    if (!before) return;
    const now = [event.clientX, event.clientY];
    const other = [...this.held].find(([id]) => id !== event.pointerId)?.[1];
    this.held.set(event.pointerId, now);
    if (other) {
      const apart = (one) => Math.hypot(one[0] - other[0], one[1] - other[1]);
      this.#zoomTo((this.square.zoom * apart(now)) / Math.max(1, apart(before)));
      return;
    }
    const { width } = this.frame.getBoundingClientRect();
    this.square.move((before[0] - now[0]) / width, (before[1] - now[1]) / width);
    this.#draw();
  }

  #submit(event) {
    if (event.submitter?.value === "remove" || !this.picture) return;
    event.preventDefault();
    this.#send();
  }

  async #send() {
    this.said.textContent = "Sending…";
    const { x, y, side } = this.square.rounded;
    const address = `${prefix}/api/v1${this.getAttribute("address")}?x=${x}&y=${y}&side=${side}`;
    const [file] = this.input.files;
    const headers = { "X-CSRFToken": csrfToken(), "Content-Type": "application/octet-stream" };
    const answer = await fetch(address, { method: "PUT", headers, body: file }).catch(() => null);
    if (answer?.ok) {
      this.input.form.reset(); // nothing is left to be sent
      // Nobody is at work here any more: what is drawn anew may take its place.
      if (this.contains(document.activeElement)) document.activeElement.blur();
      return refresh();
    }
    const told = await answer?.json().catch(() => null);
    this.said.textContent = told?.detail ?? "This was not sent. Check your connection.";
    return null;
  }
}

customElements.define("cover-crop", CoverCrop);
