// The last resort: where this browser can play nothing, a link to the file itself.

/** Put words into a live region, once, with the link behind them where there is a file to open. */
export function say(note, words, file = null) {
  const said = file ? `${words} ${file}` : words;
  if (note.dataset.said === said) return;
  note.dataset.said = said;
  note.textContent = words;
  if (file)
    note.append(
      " ",
      Object.assign(document.createElement("a"), { href: file, textContent: "Open the file" }),
    );
}
