// The window's title says what plays; when nothing does, it is the page's own again.

import { player } from "../playback/player.js";

const SIGN = "▶ ";
let own = document.title;

const joined = (words) => words.replace(/[\t\n\f\r ]+/g, " ").trim();

function show() {
  if (!document.title.startsWith(SIGN)) own = document.title;
  const { track, wanted } = player;
  const words = track && [track.title, track.artist].filter(Boolean).join(" — ");
  const title = track && wanted ? `${SIGN}${words}` : own;
  // The browser reads a title back with its blanks joined; told apart, it would be set for ever.
  if (document.title !== joined(title)) document.title = title;
}

/** Keep the title right from now on, whatever page comes. */
export function connectTitle() {
  for (const name of ["track", "change"]) player.addEventListener(name, show);
  // Boosted navigation sets the title of the page it brings.
  new MutationObserver(show).observe(document.querySelector("title"), { childList: true });
  show();
}
