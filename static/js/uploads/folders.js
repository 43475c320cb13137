// What was dropped: files, and the files inside of folders, in the order of their names.

const SOUND = /\.(wav|w64|aiff?|flac|mp3|og[ga]|opus|m4a|mp4|aac|caf|webm|mka)$/i;
const MOST = 500;

/**
 * The files of a drop, and how many others lay in its folders that are no music.
 * The entries must be asked for at once: after the event they are gone.
 */
export async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some((entry) => entry.isDirectory)) return { files: [...transfer.files], others: 0 };
  const found = { files: [], others: 0, left: MOST };
  for (const entry of inOrder(entries)) await walk(entry, found, false);
  return found;
}

async function walk(entry, found, isInside) {
  if (entry.isDirectory) {
    for (const inside of inOrder(await list(entry))) await walk(inside, found, true);
  } else if (found.left && (!isInside || SOUND.test(entry.name))) {
    found.left -= 1;
    found.files.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
  } else if (!entry.name.startsWith(".")) {
    found.others += 1;
  }
}

/** All entries of a folder: a browser hands out a hundred at a time. */
async function list(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return all;
    all.push(...some);
  }
}

const inOrder = (entries) =>
  entries.toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
