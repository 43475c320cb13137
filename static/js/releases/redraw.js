// A page in parts ([data-part]) that are drawn anew one by one. Nothing that somebody is at work on
// goes: a field that is not as the server sent it, whatever has the focus, what is open or held.

const FIELDS = "input:not([type=hidden]), textarea, select";
const OPEN = "details[open], dialog[open], [data-held]";

/**
 * Draw the parts of `root` as the server has them now, or the named ones alone. Tells whether one
 * had to be left as it was, or as far as somebody works there.
 */
export async function redraw(root, names = null) {
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  const text = answer?.ok ? await answer.text().catch(() => "") : "";
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const plain of page.querySelectorAll("noscript")) plain.remove();
  let isLeft = false;
  for (const part of root.querySelectorAll("[data-part]")) {
    const { part: name } = part.dataset;
    const fresh = page.querySelector(`[data-part="${name}"]`);
    // One that is inside another may have gone with it.
    if (!root.contains(part) || !fresh || (names && !names.includes(name))) continue;
    if (isBusy(part)) {
      isLeft = true;
      merge(part, fresh);
    } else replace(part, fresh);
  }
  return isLeft;
}

function isBusy(part) {
  const fields = [...part.querySelectorAll(FIELDS)];
  return (
    part.contains(document.activeElement) || part.querySelector(OPEN) || fields.some(isChanged)
  );
}

function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") {
    return field.checked !== field.defaultChecked;
  }
  if (field.type === "file") return field.files.length > 0;
  if (field.type === "range") return false;
  if (field.options) {
    const chosen = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(0, chosen);
  }
  return field.value !== field.defaultValue;
}

function replace(part, fresh) {
  part.replaceWith(fresh);
  htmx.process(fresh);
}

/** Bring what nobody is at work on inside a busy part up to now. */
function merge(part, fresh) {
  const list = part.querySelector("ol");
  const rows = fresh.querySelector("ol");
  if (list && rows) mergeRows(list, [...rows.children]);
  else for (const field of part.querySelectorAll(FIELDS)) mergeField(field, fresh);
}

/** Rows in which somebody is at work are not even moved: that would take the focus from them. */
function mergeRows(list, rows) {
  const busy = new Map();
  for (const row of [...list.children]) {
    if (isBusy(row)) busy.set(row.dataset.item, row);
    else row.remove();
  }
  let next = null;
  for (const fresh of rows.reverse()) {
    const kept = busy.get(fresh.dataset.item);
    if (!kept) {
      list.insertBefore(fresh, next);
      htmx.process(fresh);
    }
    next = kept ?? fresh;
  }
}

/** Only fields of text and choices: a group of buttons is one choice, and stays together. */
function mergeField(field, fresh) {
  if (/^(checkbox|radio|file|range)$/.test(field.type)) return;
  if (field === document.activeElement || isChanged(field) || "guessed" in field.dataset) return;
  const now = fresh.querySelector(`[name="${CSS.escape(field.name)}"]`);
  if (!now) return;
  if (field.options) {
    field.replaceChildren(...now.options);
    return;
  }
  field.defaultValue = now.defaultValue;
  field.value = now.defaultValue;
}
