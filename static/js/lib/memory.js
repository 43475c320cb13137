// Small things remembered in this browser. Storage may be full or closed: then nothing is kept.

export function recall(key, fallback = null) {
  try {
    return JSON.parse(localStorage.getItem(`nexus.${key}`)) ?? fallback;
  } catch {
    return fallback;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(`nexus.${key}`, JSON.stringify(value));
  } catch {
    // Not kept, and nothing else is lost.
  }
}

export function forget(key) {
  try {
    localStorage.removeItem(`nexus.${key}`);
  } catch {
    // It was not there for us anyway.
  }
}
