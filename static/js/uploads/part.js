// One part on its way: a PUT without cookies, whose address is its own permission.

import { ofHere } from "../core/place.js";
import { FULL } from "../core/retry.js";

const PASSING = [0, 401, 403, 408, 409, 410, 425, 429];

export class PartError extends Error {
  constructor(status, sentence) {
    super(sentence || "The connection broke.");
    this.status = status;
  }

  /** True where the same part may be sent again; an expired address is signed anew first. */
  get passing() {
    const { status } = this;
    return PASSING.includes(status) || (status >= 500 && status !== FULL);
  }
}

function sentenceOf(text) {
  try {
    return JSON.parse(text).detail;
  } catch {
    return "";
  }
}

/** Send `blob`; resolves to its ETag. `onProgress(bytes)` counts what has left. */
export function sendPart({ method, url, headers }, blob, { signal, onProgress }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open(method, ofHere(url));
    request.withCredentials = false;
    for (const [name, value] of Object.entries(headers ?? {})) {
      // The browser sets these itself and refuses to be told.
      if (!/^(content-length|host)$/i.test(name)) request.setRequestHeader(name, value);
    }
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded));
    request.addEventListener("load", () => {
      if (request.status < 300) resolve(request.getResponseHeader("ETag") ?? "");
      else reject(new PartError(request.status, sentenceOf(request.responseText)));
    });
    request.addEventListener("error", () => reject(new PartError(0)));
    request.addEventListener("timeout", () => reject(new PartError(0)));
    request.addEventListener("abort", () => reject(new DOMException("Stopped", "AbortError")));
    request.addEventListener("loadend", () => signal.removeEventListener("abort", stop));
    signal.addEventListener("abort", stop);
    request.send(blob);
  });
}
