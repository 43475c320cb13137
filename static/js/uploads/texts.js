// What a person reads about an upload.

import { bytes, remaining } from "../core/words.js";

// A number in front counts where it is padded, or set off: "01 ", "1. ", "1-01 ", not "99 Luftballons".
const NUMBER =
  /^\s*(?:\d{1,2}[-.](?=\d))?(?:0\d{1,2}[\s._-]+|\d{1,3}\s?[._-][\s._-]{0,9}(?!\d))(?=\S)/;

/** "01_my-song.final.wav" → "My song final": what Nexus will guess, until it has read the file. */
export function titleFrom(filename) {
  const rest = filename.replace(/\.[^.]+$/, "").replace(NUMBER, "");
  const separators = rest.trim().includes(" ") ? /[_\s]+/g : /[_\-\s.]+/g;
  const words = rest.replace(separators, " ").trim() || filename;
  return words[0].toUpperCase() + words.slice(1, 200);
}

/** How far from 0 to 1. */
export function shareOf({ file, sent, looked, state }) {
  const done = state === "looking" || state === "comparing" ? looked : sent;
  return file.size ? done / file.size : 0;
}

/** One sentence about what an Uploader is doing now. */
export function sentenceOf(uploader) {
  const { state, file, sent, transferRate, error, known } = uploader;
  const percent = `${Math.floor(shareOf(uploader) * 100)} %`;
  const left = transferRate.speed ? remaining((file.size - sent) / transferRate.speed) : "";
  const sentences = {
    waiting: "Waiting for its turn.",
    comparing: `Comparing it with what has arrived: ${percent}`,
    looking: `Looking whether you have it already: ${percent}`,
    known: known?.length ? `You have this already: ${known[0].name}.` : "",
    sending: [percent, transferRate.speed && `${bytes(transferRate.speed)}/s`, left]
      .filter(Boolean)
      .join(" · "),
    paused: `Paused at ${percent}.`,
    finishing: "Checking what arrived.",
    failed: error,
    done: "",
  };
  return sentences[state];
}
