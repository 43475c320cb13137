// An embed's side of the conversation with the page around it. Every message is `{nexus: 1, …}`:
// in come `{do, value?, id?}`, out go `{event, …}` and, for an `id`, `{reply, value}` or
// `{reply, error}`. Only the window around us is heard, and once it has spoken only its origin is
// told anything but that we are here.

const VERSION = 1;

export class Messages {
  #origin = null;

  constructor(embed) {
    this.embed = embed;
    if (parent !== window) addEventListener("message", (event) => this.#hear(event));
  }

  /** Tell the page around us of an event. */
  tell(event, detail = {}) {
    if (parent === window) return;
    if (this.#origin) this.#send({ event, ...detail });
    else if (event === "ready") parent.postMessage({ nexus: VERSION, event }, "*");
  }

  #send(message) {
    parent.postMessage({ nexus: VERSION, ...message }, this.#origin);
  }

  async #hear({ source, origin, data }) {
    if (source !== parent || data?.nexus !== VERSION || typeof data.do !== "string") return;
    // A sandboxed page has the origin "null", to which nothing can be addressed.
    this.#origin = origin === "null" ? "*" : origin;
    const { id, value } = data;
    try {
      const answer = await this.#obey(data.do, value);
      if (id !== undefined) this.#send({ reply: id, value: answer ?? null });
    } catch (error) {
      if (id !== undefined) this.#send({ reply: id, error: error.message });
    }
  }

  #obey(action, value) {
    const { embed } = this;
    switch (action) {
      case "hello":
        return this.tell("ready", embed.state);
      case "play":
        return embed.play();
      case "pause":
        return embed.pause();
      case "toggle":
        return embed.toggle();
      case "seek":
        return embed.seek(number(value));
      case "volume":
        return embed.volume(Math.min(1, Math.max(0, number(value))));
      case "go":
        return embed.go(Math.trunc(number(value)));
      case "load":
        return embed.load(String(value));
      case "state":
        return embed.state;
      default:
        throw new Error(`An embed does not know “${action}”.`);
    }
  }
}

function number(value) {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Error("A number is needed.");
  return value;
}
