// The plan of one upload, as Nexus tells it: the one that was begun, or a new one.

import { api } from "../core/api.js";

const ALIVE = ["open", "completing", "completed"];

/** `id` names an upload begun earlier, if any; `insist(action)` asks again where that may help. */
export async function planFor({ name: filename, size, source: source_type }, id, insist) {
  const begun = id ? await resume(id, insist) : null;
  return begun ?? (await insist(() => api("POST", "/uploads/", { filename, size, source_type })));
}

async function resume(id, insist) {
  const found = await insist(() => api("GET", `/uploads/${id}/`)).catch((error) => {
    if (error.passing || error.name === "AbortError") throw error;
    return null;
  });
  // A completed upload is completed once more: the answer is the same and says where it went.
  return ALIVE.includes(found?.state) ? found : null;
}
