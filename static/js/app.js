// The one entry: what every page has, and what only some pages need, fetched when it appears.

import "./elements/audio-player.js";
import "./elements/play-button.js";
import "./elements/theme-toggle.js";
import "./lib/cinema/door.js";
import "./lib/dialogs.js";
import "./lib/navigation.js";
import "./lib/queue-doors.js";

const rare = {
  "copy-text": () => import("./elements/copy-text.js"),
  "fair-compare": () => import("./elements/fair-compare.js"),
  "job-progress": () => import("./elements/job-progress.js"),
  "news-badge": () => import("./elements/news-badge.js"),
  "note-room": () => import("./elements/note-room.js"),
  "order-list": () => import("./elements/order-list.js"),
  "[open] > share-sheet": () => import("./elements/share-sheet.js"),
  "embed-example": () => import("./elements/embed-example.js"),
  "[open] > player-settings": () => import("./elements/player-settings.js"),
  "review-listener": () => import("./elements/review-listener.js"),
  "difference-view": () => import("./elements/difference-view.js"),
  "stem-mixer": () => import("./elements/stem-mixer.js"),
  "stem-upload": () => import("./elements/stem-upload.js"),
  "upload-drop": () => import("./elements/upload-drop.js"),
  "version-bar": () => import("./elements/version-bar.js"),
  "version-upload": () => import("./elements/version-upload.js"),
  "voice-recorder": () => import("./elements/voice-recorder.js"),
  "visual-drop": () => import("./elements/visual-drop.js"),
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
document.addEventListener("sheet:opened", fetchRare);
fetchRare();
