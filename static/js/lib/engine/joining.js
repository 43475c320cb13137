// Bringing one voice to sound exactly where another one sounds, unheard until it does.

import { begin, latency, when } from "./moment.js";

const AHEAD_SECONDS = 0.4;
const ALIGNED_SECONDS = 0.004;
const SETTLE_MS = 150;
const NUDGE_MS = 300;
const STRONGEST_NUDGE = 0.15;
const TRIES = 6;

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Attach `newcomer` and bring it level with `leader` (anything with `position`, `paused`, `rate`
 * and the events of a voice), silent. Rejects when it cannot be had.
 */
export async function join(newcomer, leader) {
  await newcomer.attach(leader.position + AHEAD_SECONDS, { silent: true });
  await newcomer.ready();
  if (!leader.paused) await meet(newcomer, leader);
  if (leader.paused) {
    newcomer.pause();
    newcomer.seek(leader.position);
  }
}

async function meet(newcomer, leader) {
  // Loading took its time: a place a little ahead of where the other is now.
  const at = leader.position + AHEAD_SECONDS * (leader.rate || 1);
  newcomer.seek(at);
  await newcomer.ready();
  await new Promise((resolve) => {
    when(leader, at, resolve, { early: latency, always: true });
    leader.addEventListener("paused", resolve, { once: true });
  });
  if (leader.paused) return;
  await begin(newcomer);
  await wait(SETTLE_MS);
  for (let count = 0; count < TRIES && !leader.paused; count += 1) {
    const apart = newcomer.position - leader.position;
    if (Math.abs(apart) < ALIGNED_SECONDS) return;
    if (Math.abs(apart) > AHEAD_SECONDS) newcomer.seek(leader.position + latency());
    else {
      const by = -apart / (NUDGE_MS / 1000) / (leader.rate || 1);
      const nudge = Math.max(-STRONGEST_NUDGE, Math.min(STRONGEST_NUDGE, by));
      newcomer.nudge(1 + nudge);
      await wait(Math.abs((apart / nudge / (leader.rate || 1)) * 1000));
      newcomer.nudge(1);
    }
    await wait(SETTLE_MS);
  }
}
