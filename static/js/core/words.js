// Figures as people read and hear them.

/** 83.4 → "1:23"; 3671 → "1:01:11". Seconds. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const tail = String(whole % 60).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${tail}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${tail}`;
}

/** 83.4 → "1 minute 23 seconds", for screen readers. */
export function spoken(seconds) {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const parts = [
    [Math.floor(whole / 3600), "hour"],
    [Math.floor((whole % 3600) / 60), "minute"],
    [whole % 60, "second"],
  ].filter(([count]) => count > 0);
  if (!parts.length) return "0 seconds";
  return parts.map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`).join(" ");
}

/** -3.5 → "−3.5 dB"; 2 → "+2 dB". */
export function decibels(level) {
  return `${level > 0 ? "+" : ""}${level} dB`.replace("-", "−");
}

/** Bytes in the unit a person would choose, powers of 1000. */
export function bytes(count) {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Seconds still to wait, roughly. */
export function remaining(seconds) {
  if (!Number.isFinite(seconds)) return "";
  if (seconds < 2) return "a moment left";
  if (seconds < 90) return `${Math.ceil(seconds)} seconds left`;
  return `${Math.ceil(seconds / 60)} minutes left`;
}
