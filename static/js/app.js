// The one entry: what every page has, and what only some pages need, fetched when it appears.

import "./bar/elements/audio-player.js";
import "./playback/elements/play-button.js";
import "./core/elements/theme-toggle.js";
import "./visuals/trigger.js";
import "./core/dialogs.js";
import "./core/navigation.js";
import "./queue/triggers.js";

const rare = {
  "alike-shelf": () => import("./alike/elements/alike-shelf.js"),
  ":root[data-person] account-menu": () => import("./marks/elements/account-menu.js"),
  "count-down": () => import("./releases/elements/count-down.js"),
  "cover-crop": () => import("./covers/elements/cover-crop.js"),
  "copy-text": () => import("./core/elements/copy-text.js"),
  "credit-rows": () => import("./credits/elements/credit-rows.js"),
  "download-progress": () => import("./downloads/elements/download-progress.js"),
  "export-progress": () => import("./exports/elements/export-progress.js"),
  "fair-compare": () => import("./versions/elements/fair-compare.js"),
  "a[data-gives]": () => import("./giving/dialog.js"),
  "give-shares": () => import("./giving/elements/give-shares.js"),
  "in-place": () => import("./catalogue/elements/in-place.js"),
  "job-progress": () => import("./uploads/elements/job-progress.js"),
  ":root[data-person] notification-badge": () =>
    import("./notifications/elements/notification-badge.js"),
  "live-talk": () => import("./talks/elements/live-talk.js"),
  "lyrics-lines": () => import("./lyrics/elements/lyrics-lines.js"),
  "markdown-preview": () => import("./catalogue/elements/markdown-preview.js"),
  "notes-panel": () => import("./notes/elements/notes-panel.js"),
  "order-list": () => import("./collections/elements/order-list.js"),
  "rule-rows": () => import("./playlists/elements/rule-rows.js"),
  "shared-list": () => import("./collections/elements/shared-list.js"),
  "[open] > share-sheet": () => import("./embed/elements/share-sheet.js"),
  "embed-example": () => import("./embed/elements/embed-example.js"),
  "[open] > player-settings": () => import("./playback/elements/player-settings.js"),
  "search-box:focus-within": () => import("./search/elements/search-box.js"),
  "select-many": () => import("./uploads/elements/select-many.js"),
  "release-draft": () => import("./releases/elements/release-draft.js"),
  "#sign-off": () => import("./review/sign-off.js"),
  "review-listener": () => import("./review/elements/review-listener.js"),
  "comparison-view": () => import("./versions/elements/comparison-view.js"),
  "stem-mixer": () => import("./stems/elements/stem-mixer.js"),
  "stem-upload": () => import("./stems/elements/stem-upload.js"),
  "tag-words": () => import("./tags/elements/tag-words.js"),
  "transcript-lines": () => import("./transcripts/elements/transcript-lines.js"),
  "upload-drop": () => import("./uploads/elements/upload-drop.js"),
  "version-bar": () => import("./versions/elements/version-bar.js"),
  "version-upload": () => import("./versions/elements/version-upload.js"),
  "voice-recorder": () => import("./recording/elements/voice-recorder.js"),
  "visual-drop": () => import("./visuals/elements/visual-drop.js"),
  "wave-pin[data-pins]": () => import("./waveform/elements/wave-pin.js"),
  "wave-form": () => import("./waveform/elements/wave-form.js"),
  "zone-choice": () => import("./core/elements/zone-choice.js"),
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
document.addEventListener("focusin", ({ target }) => {
  if (target.closest?.("search-box")) fetchRare();
});
fetchRare();
