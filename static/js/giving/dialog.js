// Links to where one gives ([data-gives]) open its form over the page they are on. Where it cannot
// be fetched, with another key held, and without this module they lead to the page of the form.

import { manners } from "../core/api.js";

const part = (address) => `${address}&part=form`;

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-gives]");
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !isPlain || event.button) return;
  event.preventDefault();
  open(link);
});

async function open(link) {
  if (link.getAttribute("aria-busy")) return;
  link.setAttribute("aria-busy", "true");
  const text = await form(await ask(part(link.href)));
  link.removeAttribute("aria-busy");
  if (!link.isConnected) return;
  if (!text) {
    location.assign(link.href);
    return;
  }
  const dialog = document.createElement("dialog");
  dialog.className = "sheet";
  dialog.setAttribute("aria-labelledby", "give-title");
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    send(dialog, event.target);
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  // In the part of the page that goes when somebody goes on.
  document.getElementById("main").append(dialog);
  show(dialog, text);
}

function show(dialog, text) {
  dialog.innerHTML = text;
  if (!dialog.open) dialog.showModal();
  document.dispatchEvent(new Event("sheet:opened"));
}

async function send(dialog, sent) {
  if (dialog.dataset.sending) return;
  dialog.dataset.sending = "true";
  const answer = await ask(part(sent.action), { method: "POST", body: new FormData(sent) });
  delete dialog.dataset.sending;
  if (answer?.redirected) {
    follow(answer.url);
    return;
  }
  const text = await form(answer);
  // The form has a word of its own: what has arrived already is not given twice.
  if (!text) sent.submit();
  else {
    show(dialog, text);
    dialog.querySelector("[role=alert], .field--wrong :is(input, select, textarea)")?.focus();
  }
}

const ask = (address, options = {}) => fetch(address, { ...manners, ...options }).catch(() => null);

/** Return the form of an answer, or nothing where it has none. */
async function form(answer) {
  const text = (await answer?.text().catch(() => "")) ?? "";
  return text.includes("giving__sheet") && !text.includes("<html") ? text : "";
}

/** Go on as by a link of the page, so that what plays goes on playing. */
function follow(address) {
  const link = document.createElement("a");
  link.href = address;
  document.getElementById("main").append(link);
  htmx.process(link);
  link.click();
}
