// Lock screens, headphones and media keys.

import { player } from "../playback/player.js";
import { queue } from "../queue/queue.js";

function describe() {
  const { track } = player;
  const session = navigator.mediaSession;
  if (!track) {
    session.metadata = null;
    return;
  }
  const artwork = [];
  if (track.cover_thumb) artwork.push({ src: track.cover_thumb, sizes: "200x200" });
  if (track.cover) artwork.push({ src: track.cover, sizes: "1000x1000" });
  session.metadata = new MediaMetadata({
    title: track.title,
    artist: track.artist,
    artwork: artwork.map((image) => ({ ...image, type: "image/jpeg" })),
  });
}

function state() {
  const session = navigator.mediaSession;
  session.playbackState = player.track ? (player.wanted ? "playing" : "paused") : "none";
  const { duration, rate } = player;
  if (!(duration > 0)) return;
  const position = Math.min(duration, player.position);
  session.setPositionState({ duration, position, playbackRate: rate });
}

export function connectMediaSession() {
  if (!("mediaSession" in navigator)) return;
  const handlers = {
    play: () => player.play(),
    pause: () => player.pause(),
    stop: () => player.pause(),
    previoustrack: () => queue.previous(),
    nexttrack: () => queue.next(),
    seekbackward: ({ seekOffset }) => player.nudge(-(seekOffset || 10)),
    seekforward: ({ seekOffset }) => player.nudge(seekOffset || 10),
    seekto: ({ seekTime }) => player.seek(seekTime),
  };
  for (const [action, handler] of Object.entries(handlers)) {
    try {
      navigator.mediaSession.setActionHandler(action, handler);
    } catch {
      // This browser does not know the action.
    }
  }
  player.addEventListener("track", describe);
  player.addEventListener("change", state);
  describe();
  state();
}
