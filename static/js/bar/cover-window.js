// The cover in a small window above everything: a document of its own where the browser has that,
// else a silent video of the cover in picture-in-picture, else nothing.

import { player } from "../playback/player.js";
import { queue } from "../queue/queue.js";

const SIZE_PX = 320;

let opened = null;

const hasDocument = () => "documentPictureInPicture" in globalThis;
const hasVideo = () =>
  Boolean(document.pictureInPictureEnabled && HTMLCanvasElement.prototype.captureStream);

export const canOpen = () => hasDocument() || hasVideo();

/** Open the window, or close the one that is open. */
export async function toggle() {
  if (opened) return opened.close();
  opened = await (hasDocument() ? openDocument() : openVideo());
  player.addEventListener("track", show);
  player.addEventListener("change", show);
  return show();
}

function show() {
  if (player.track) opened?.show(player.track);
  else opened?.close();
}

function closed() {
  opened = null;
  player.removeEventListener("track", show);
  player.removeEventListener("change", show);
}

function button(page, words, action) {
  const made = page.createElement("button");
  made.type = "button";
  made.className = "button button--quiet";
  made.addEventListener("click", action);
  made.textContent = words;
  return made;
}

async function openDocument() {
  const small = await documentPictureInPicture.requestWindow({
    width: SIZE_PX,
    height: SIZE_PX + 72,
  });
  const page = small.document;
  for (const sheet of document.querySelectorAll("link[rel=stylesheet]")) {
    page.head.append(page.importNode(sheet));
  }
  page.documentElement.dataset.theme = document.documentElement.dataset.theme ?? "";
  page.body.className = "cover-window";
  const cover = page.createElement("img");
  const words = page.createElement("p");
  words.className = "one-line";
  const actions = page.createElement("div");
  const play = button(page, "", () => player.toggle());
  const previous = button(page, "Previous", () => queue.previous());
  actions.append(
    previous,
    play,
    button(page, "Next", () => queue.next()),
  );
  page.body.append(cover, words, actions);
  small.addEventListener("pagehide", closed);
  return {
    close: () => small.close(),
    show(track) {
      cover.src = track.cover ?? track.cover_thumb ?? "";
      cover.alt = `Cover of ${track.title}`;
      words.textContent = `${track.title} — ${track.artist}`;
      page.title = track.title;
      play.textContent = player.wanted ? "Pause" : "Play";
    },
  };
}

async function openVideo() {
  const canvas = document.createElement("canvas");
  canvas.width = SIZE_PX;
  canvas.height = SIZE_PX;
  const pen = canvas.getContext("2d");
  pen.fillRect(0, 0, SIZE_PX, SIZE_PX);
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = canvas.captureStream(1);
  await video.play();
  await video.requestPictureInPicture();
  video.addEventListener("leavepictureinpicture", closed);
  return {
    close: () => document.exitPictureInPicture(),
    show(track) {
      const image = new Image();
      image.onload = () => pen.drawImage(image, 0, 0, SIZE_PX, SIZE_PX);
      image.src = track.cover ?? track.cover_thumb ?? "";
    },
  };
}
