// A socket that comes back: after a second, then later and later, up to a minute.

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

/** Hand every message (JSON) of this path to `heard`. Returns a function that ends it. */
export function listen(path, heard) {
  const address = new URL(path, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  let pause = FIRST_PAUSE_MS;
  let isOver = false;
  let socket = null;
  const open = () => {
    if (isOver) return;
    socket = new WebSocket(address);
    socket.addEventListener("message", ({ data }) => {
      pause = FIRST_PAUSE_MS;
      heard(JSON.parse(data));
    });
    socket.addEventListener("close", () => {
      setTimeout(open, pause);
      pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
    });
  };
  open();
  return () => {
    isOver = true;
    socket.close();
  };
}
