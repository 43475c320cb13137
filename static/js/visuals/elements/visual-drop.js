// <visual-drop track="…">: sends a picture or film and says how far it is.

import { refresh } from "../../core/navigation.js";
import { LiveSocket } from "../../core/socket.js";
import { bytes } from "../../core/words.js";
import { Uploader } from "../../uploads/uploader.js";

class VisualDrop extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.bar = this.querySelector("progress");
    this.said = this.querySelector("[role=status]");
    this.input.addEventListener("change", () => this.#send(this.input.files[0]));
    if (this.hasAttribute("pending")) this.#watch();
    // Somebody was quicker than this module.
    if (this.input.files.length) this.#send(this.input.files[0]);
  }

  disconnectedCallback() {
    this.socket?.close();
    this.uploader?.pause?.();
  }

  #send(file) {
    if (!file) return;
    this.input.value = "";
    this.uploader = new Uploader(file, () => ({ visual_of: this.getAttribute("track") }));
    this.uploader.addEventListener("change", () => this.#show());
    this.uploader.start();
  }

  #show() {
    const { state, sent, file, error } = this.uploader;
    this.bar.hidden = !["sending", "finishing"].includes(state);
    this.bar.value = file.size ? sent / file.size : 0;
    if (state === "failed") this.said.textContent = error;
    else if (state === "done") this.#watch();
    else this.said.textContent = `Sending ${bytes(sent)} of ${bytes(file.size)}`;
  }

  /** Wait for the machine's word; a lost connection asks again. */
  #watch() {
    this.bar.hidden = false;
    this.bar.removeAttribute("value");
    this.said.textContent = "It is being prepared…";
    this.socket?.close();
    const path = `/ws/visuals/${this.getAttribute("track")}/`;
    this.socket = new LiveSocket(path, (told) => this.#hear(told), refresh);
  }

  #hear({ state, error }) {
    if (state !== "pending") this.#end();
    else if (error) this.said.textContent = error;
  }

  /** After the last word the line is closed; who called again would put off the refresh. */
  #end() {
    this.socket.close();
    refresh();
  }
}

customElements.define("visual-drop", VisualDrop);
