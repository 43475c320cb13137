// What a person reads about an upload.

import { bytes, remaining } from "../core/words.js";

/** "01_my-song.final.wav" → "My song final": a first guess, to be corrected by hand. */
export function titleFrom(filename) {
  const stem = filename
    .replace(/\.[^.]+$/, "")
    .replace(/[_\-\s.]+/g, " ")
    .trim();
  const words = stem.replace(/^\d{1,2} (?=\S)/, "") || filename;
  return words[0].toUpperCase() + words.slice(1, 200);
}

/** How far from 0 to 1. */
export function shareOf({ file, sent, looked, state }) {
  const done = state === "looking" ? looked : sent;
  return file.size ? done / file.size : 0;
}

/** One sentence about what an Uploader is doing now. */
export function sentenceOf(uploader) {
  const { state, file, sent, transferRate, error, known } = uploader;
  const percent = `${Math.floor(shareOf(uploader) * 100)} %`;
  const left = transferRate.speed ? remaining((file.size - sent) / transferRate.speed) : "";
  const sentences = {
    waiting: "Waiting for its turn.",
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
