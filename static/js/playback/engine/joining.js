// Bringing one voice to sound exactly where another one sounds, unheard until it does.

const SETTLED_MS = 20; // both have sounded for so long before one takes over
const AHEAD_SECONDS = [0.4, 0.8, 1.4];

/**
 * Attach `newcomer` and bring it level with `leader` (anything with `position`, `paused`, `rate`),
 * silent: begun a little ahead, then held back by as much. Rejects when it cannot be had.
 */
export async function join(newcomer, leader) {
  await newcomer.attach(leader.position, { silent: true });
  const voice = newcomer.voice ?? newcomer;
  for (const ahead of AHEAD_SECONDS) {
    const rate = leader.rate || 1;
    const at = leader.position + (leader.paused ? 0 : ahead * rate);
    voice.seek(at);
    await voice.ready();
    if (leader.paused) return;
    if (!voice.deck.isWired) return voice.play();
    const left = () => (at - leader.position) / rate;
    await voice.cue(left);
    if (left() > 0) {
      await new Promise((resolve) => setTimeout(resolve, left() * 1000 + SETTLED_MS));
      if (!leader.paused) return;
    }
    voice.pause();
  }
}
