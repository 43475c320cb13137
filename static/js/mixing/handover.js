// From whatever plays to a mix, at the same moment of the music and without a gap.

import { player } from "../playback/player.js";

const HANDOVER_S = 0.015;

/** A function of the context's time that tells where a running sound is then, in seconds. */
function trace(sound, context, offset) {
  const at = context.currentTime;
  const from = sound.position + offset;
  return (time) => from + (time - at) * (sound.rate ?? 1);
}

/**
 * Let a mix carry `track` from the present moment on; `place` tells where a second is in it. Resolves
 * to false when somebody paused, or chose something else meanwhile. Rejects when it cannot sound.
 */
export async function takeOver(mixSound, track, place = (seconds) => seconds) {
  const { mix } = mixSound;
  const before = player.sound;
  const { loop } = player;
  const offset = place(player.position) - player.position;
  mix.setRate(player.rate);
  const repeated = loop && moved(loop, place);
  if (repeated) mix.setLoop(repeated.from, repeated.to);
  if (!player.wanted) mix.seek(player.position + offset);
  else {
    await mix.play({ follow: trace(before, mix.context, offset), fade: HANDOVER_S });
    await mix.begun();
    if (before !== player.sound || !player.wanted) return false;
  }
  await carry(mixSound, track, { loop, place });
  return true;
}

/** Let another face of the mix that plays already carry `track`. */
export async function carry(mixSound, track, { loop = player.loop, place = (at) => at } = {}) {
  // The passage belongs to the piece, whichever version of it is heard.
  const repeated = loop && moved(loop, place);
  await player.install(mixSound, track);
  if (repeated) player.setLoop(repeated.from, repeated.to);
}

const moved = ({ from, to }, place) => ({ from: Math.max(0, place(from)), to: place(to) });
