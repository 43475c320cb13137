// Volume (remembered) and speed, as buttons and keys ask for them.

import { volume } from "./engine/volume.js";
import { player } from "./player.js";

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2];
const QUIET_POSITION = 0.5; // where a volume of nought goes when the sound is wanted back

/** Where the slider stands (0 to 1), whether it is muted, and the event "level". */
export { volume };

/** Volume from 0 to 1; nought also mutes, anything else also lifts the mute. */
export function setVolume(position) {
  volume.set(position, position <= 0);
}

export function setMuted(muted) {
  volume.set(!muted && volume.position === 0 ? QUIET_POSITION : volume.position, muted);
}

export const toggleMuted = () => setMuted(!volume.muted);

/** One step slower (−1) or faster (+1). */
export function changeSpeed(step) {
  const at = SPEEDS.findIndex((speed) => speed >= player.rate);
  const between = SPEEDS[at] !== player.rate && step > 0 ? step - 1 : step;
  player.setRate(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + between))]);
}

/** The next faster speed, and from the fastest back to the slowest. */
export function cycleSpeed() {
  if (player.rate >= SPEEDS.at(-1)) player.setRate(SPEEDS[0]);
  else changeSpeed(1);
}
