// Volume (remembered) and speed of the page's <audio>.

import { recall, remember } from "./memory.js";
import { player } from "./player.js";

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2];

export function restoreVolume(audio) {
  const { volume = 1, muted = false } = recall("volume", {});
  audio.volume = Math.min(1, Math.max(0, Number(volume) || 0));
  audio.muted = Boolean(muted);
}

/** Volume from 0 to 1; nought also mutes, anything else also lifts the mute. */
export function setVolume(volume) {
  player.audio.volume = Math.min(1, Math.max(0, volume));
  setMuted(volume <= 0);
}

export function setMuted(muted) {
  const { audio } = player;
  audio.muted = muted;
  if (!muted && audio.volume === 0) audio.volume = 0.5;
  remember("volume", { volume: audio.volume, muted });
}

export const toggleMuted = () => setMuted(!player.audio.muted);

/** One step slower (−1) or faster (+1). */
export function changeSpeed(step) {
  const { audio } = player;
  const at = SPEEDS.indexOf(audio.playbackRate);
  const next = (at < 0 ? SPEEDS.indexOf(1) : at) + step;
  const speed = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, next))];
  audio.defaultPlaybackRate = speed;
  audio.playbackRate = speed;
}

/** The next faster speed, and from the fastest back to the slowest. */
export function cycleSpeed() {
  const last = SPEEDS.at(-1);
  changeSpeed(player.audio.playbackRate >= last ? -SPEEDS.length : 1);
}
