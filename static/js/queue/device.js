// How this device names itself to others, and an item of the queue to the server.

/** "Chrome on Android", as far as browsers still tell. */
function deviceName() {
  const words = navigator.userAgent;
  const browser = /Firefox|Edg|OPR|Chrome|Safari/.exec(words)?.[0] ?? "A browser";
  const system = /Android|iPhone|iPad|Windows|Mac|Linux/.exec(words)?.[0];
  const name = { Edg: "Edge", OPR: "Opera" }[browser] ?? browser;
  return system ? `${name} on ${system}` : name;
}

/** One per tab: its name and something random. */
export function ownDevice() {
  const make = () => `${deviceName()}~${Math.random().toString(36).slice(2, 10)}`;
  try {
    sessionStorage["nexus.device"] ??= make();
    return sessionStorage["nexus.device"];
  } catch {
    return make();
  }
}

/** An item of the queue as the API takes it. */
export const toSend = ({ queue_id: id, version_id: version, seat, key, url, reason }) => ({
  id,
  version,
  seat,
  key: key || /^\/t\/([^/]+)\//.exec(url ?? "")?.[1] || "",
  reason: reason ?? "",
});
