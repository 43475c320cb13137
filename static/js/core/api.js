// Nexus's own API with the visitor's session, and its errors as sentences.

import { prefix } from "./place.js";
import { FULL } from "./retry.js";

export class ApiError extends Error {
  constructor(status, body) {
    super(body?.detail || body?.title || "Nexus could not be reached. Check your connection.");
    this.status = status;
    this.body = body;
  }

  /** True where asking again later may help: no network, too many requests, a server in trouble. */
  get passing() {
    return [0, 408, 429].includes(this.status) || (this.status >= 500 && this.status !== FULL);
  }
}

export function csrfToken() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

/** What goes along with every request: the player in foreign pages sends nothing of anybody. */
export const manners = { credentials: "same-origin" };

/** Ask `/api/v1<path>`; resolves to the decoded body or null, rejects with an ApiError. */
export async function api(method, path, body = undefined, { signal } = {}) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET") headers["X-CSRFToken"] = csrfToken();
  let response;
  try {
    response = await fetch(`${prefix}/api/v1${path}`, {
      ...manners,
      method,
      headers,
      signal,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, null);
  }
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(response.status, answer);
  return answer;
}
