// The one entry: what every page has, and what only some pages need, fetched when it appears.

import "./elements/audio-player.js";
import "./elements/play-button.js";
import "./elements/theme-toggle.js";
import "./lib/dialogs.js";
import "./lib/navigation.js";

const rare = {
  "job-progress": () => import("./elements/job-progress.js"),
  "review-listener": () => import("./elements/review-listener.js"),
  "upload-drop": () => import("./elements/upload-drop.js"),
  "wave-form": () => import("./elements/wave-form.js"),
};

function fetchRare() {
  for (const [name, load] of Object.entries(rare)) {
    if (!document.querySelector(name)) continue;
    delete rare[name];
    load();
  }
}

document.addEventListener("htmx:after:swap", fetchRare);
fetchRare();
