// Pages of the administration that tell live how something stands: each `data-live` names a socket
// that sends the part anew, as the server draws it.

const PAUSE_MS = 3000;
const GONE = 4404; // whoever opened it may not be here any more

function follow(place) {
  const address = new URL(place.dataset.live, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  const socket = new WebSocket(address);
  let opened = false;
  socket.addEventListener("message", ({ data }) => {
    opened = true;
    place.innerHTML = data;
  });
  socket.addEventListener("close", ({ code }) => {
    if (opened && code !== GONE) setTimeout(() => follow(place), PAUSE_MS);
  });
}

for (const place of document.querySelectorAll("[data-live]")) follow(place);
