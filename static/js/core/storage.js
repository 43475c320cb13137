// Small things remembered in this browser. Storage may be full or closed: then nothing is kept.
// A page that says `<html data-forgets>` (the player in foreign pages) keeps and reads nothing.

const forgets = "forgets" in document.documentElement.dataset;

export function recall(key, fallback = null) {
  if (forgets) return fallback;
  try {
    return JSON.parse(localStorage.getItem(`nexus.${key}`)) ?? fallback;
  } catch {
    return fallback;
  }
}

export function remember(key, value) {
  if (forgets) return;
  try {
    localStorage.setItem(`nexus.${key}`, JSON.stringify(value));
  } catch {
    // Not kept, and nothing else is lost.
  }
}

export function forget(key) {
  if (forgets) return;
  try {
    localStorage.removeItem(`nexus.${key}`);
  } catch {
    // It was not there for us anyway.
  }
}
