// What one does to a note in the list: reply, change, give to somebody, answered, take away.

import { send, sendForm } from "./send.js";

export class NoteActions {
  /** `did(answer)` gets the thread as it is then; `say(sentence)` what went wrong. */
  constructor(panel, { did, say, signal }) {
    Object.assign(this, { panel, did, say });
    panel.addEventListener("click", (event) => this.#click(event), { signal });
    panel.addEventListener("submit", (event) => this.#submit(event), { signal });
    panel.addEventListener("keydown", (event) => this.#key(event), { signal });
  }

  #click(event) {
    const cancel = event.target.closest("[data-cancel]");
    if (cancel) return this.#close(cancel.closest("form"));
    const act = event.target.closest("[data-act]");
    if (act) return this.#act(event, act);
    const action = event.target.closest("[data-action]");
    if (!action || event.ctrlKey || event.metaKey || event.shiftKey) return null;
    event.preventDefault();
    return this.#open(action);
  }

  /** A button that does it at once; one that takes away is pressed twice. */
  async #act(event, button) {
    event.preventDefault();
    if (button.dataset.asks && !button.dataset.sure) return this.#ask(button);
    button.disabled = true;
    try {
      const token = new FormData(button.form);
      this.did(await send(button.formAction, token));
    } catch (error) {
      this.say(error.message);
    } finally {
      button.disabled = false;
    }
    return null;
  }

  #ask(button) {
    const before = [...button.childNodes];
    button.dataset.sure = "yes";
    button.textContent = button.dataset.asks;
    const back = () => {
      delete button.dataset.sure;
      button.replaceChildren(...before);
    };
    button.addEventListener("blur", back, { once: true });
  }

  /** Put the form for this action behind its link, and take the focus there. */
  #open(link) {
    const { action, to, value = "" } = link.dataset;
    const template = this.panel.querySelector(
      `template[data-form="${action === "assign" ? "assign" : "words"}"]`,
    );
    const thread = link.closest("[data-thread]");
    const place =
      action === "reply" ? thread.querySelector(".note__answer") : link.closest(".note-entry");
    if (!template || place.querySelector("form")) return place.querySelector("form")?.focus();
    const form = template.content.cloneNode(true).firstElementChild;
    form.action = to;
    form.opener = link;
    const field = form.elements.body_md ?? form.elements.to;
    field.value = value;
    if (form.elements.body_md) field.setAttribute("aria-label", link.textContent.trim());
    place.append(form);
    link.hidden = true;
    field.focus();
    return null;
  }

  #close(form) {
    const { opener } = form;
    form.remove();
    if (!opener?.isConnected) return;
    opener.hidden = false;
    opener.focus();
  }

  async #submit(event) {
    const form = event.target;
    if (!form.matches(".note__form")) return;
    event.preventDefault();
    const body = this.panel.querySelector("#note-act [name=csrfmiddlewaretoken]");
    if (!form.elements.csrfmiddlewaretoken) form.append(body.cloneNode());
    const answer = await sendForm(form);
    if (!answer) return;
    this.#close(form);
    this.did(answer);
  }

  #key(event) {
    const form = event.target.closest?.("form");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Escape" && form?.matches(".note__form")) {
      event.preventDefault();
      event.stopPropagation();
      this.#close(form);
    }
  }
}
