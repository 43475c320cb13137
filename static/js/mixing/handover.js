// From whatever plays to a mix, at the same moment of the music and without a gap.

import { player } from "../playback/player.js";

const HANDOVER_S = 0.015;

/** A function of the context's time that tells where a running sound is then, in seconds. */
function trace(sound, context) {
  const at = context.currentTime;
  const from = sound.position;
  return (time) => from + (time - at) * (sound.rate ?? 1);
}

/**
 * Let `face` of a mix carry `track` from the present moment on. Resolves to false when somebody
 * paused, or chose something else meanwhile. Rejects when the mix cannot sound.
 */
export async function takeOver(mixSound, track) {
  const { mix } = mixSound;
  const before = player.sound;
  const { loop } = player;
  mix.setRate(player.rate);
  if (loop) mix.setLoop(loop.from, loop.to);
  if (!player.wanted) mix.seek(player.position);
  else {
    await mix.play({ follow: trace(before, mix.context), fade: HANDOVER_S });
    await mix.begun();
    if (before !== player.sound || !player.wanted) return false;
  }
  await carry(mixSound, track, loop);
  return true;
}

/** Let another face of the mix that plays already carry `track`. */
export async function carry(mixSound, track, loop = player.loop) {
  await player.install(mixSound, track);
  // The passage belongs to the piece, whichever version of it is heard.
  if (loop) player.setLoop(loop.from, loop.to);
}
