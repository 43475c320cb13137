// What a row of an upload shows once its piece is there.

import { api } from "../core/api.js";

/** The element that follows a version being made; `fragment` and `socket` are patterns. */
export function jobOf(id, fragment, socket) {
  const job = document.createElement("job-progress");
  job.setAttribute("version", id);
  job.setAttribute("poll", fragment.replace(/0{8}-0{4}-0{4}-0{4}-0{12}/, id));
  job.setAttribute("hx-ws:connect", socket.replace("ID", id));
  job.setAttribute("hx-target", `#job-${id}`);
  job.setAttribute("hx-swap", "outerHTML");
  const place = document.createElement("div");
  place.id = `job-${id}`;
  place.dataset.job = "";
  place.dataset.live = "true";
  job.append(place);
  return job;
}

/** Put the version's cover in its place, where it has one. */
export async function showCover(place, id) {
  const { cover_url: address } = await api("GET", `/versions/${id}/`).catch(() => ({}));
  if (!address) return;
  const image = new Image(48, 48);
  image.alt = "";
  image.src = address;
  place.replaceChildren(image);
}
