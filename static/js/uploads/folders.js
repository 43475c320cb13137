// What was dropped: files, and the files inside of folders, in the order of their names.

const SOUND = /\.(wav|w64|aiff?|flac|mp3|og[ga]|opus|m4a|mp4|aac|caf|webm|mka)$/i;
const COVER = /^(cover|folder|front)\b.*\.(jpe?g|png|webp)$/i;
export const MOST = 500;

/**
 * The files of a drop. Where it had folders, also `folder`, the name of the first, `paths` of its
 * files in it, `cover`, a picture that is called so, and how many `others` are no music, and how
 * many are `over` the most that are taken at once.
 * The entries must be asked for at once: after the event they are gone.
 */
export async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const found = { files: [], others: 0, over: 0, folder: "", paths: new Map(), cover: null };
  const folder = entries.find((entry) => entry.isDirectory);
  if (!folder) return { ...found, ...bounded([...transfer.files]) };
  found.folder = folder.name;
  for (const entry of inOrder(entries)) await walk(entry, found, false);
  return found;
}

/** Let somebody choose a folder, and hand what is in it to `take`, as of a drop. */
export function chooseFolder(take) {
  const input = document.createElement("input");
  input.type = "file";
  input.webkitdirectory = true;
  input.addEventListener("change", () => input.files.length && take(inside([...input.files])));
  input.click();
}

/** A browser hands out the files of a chosen folder with their paths. */
function inside(files) {
  const found = { files: [], others: 0, over: 0, paths: new Map(), cover: null };
  for (const file of inOrder(files, (one) => one.webkitRelativePath)) {
    if (COVER.test(file.name)) found.cover ??= file;
    else if (!SOUND.test(file.name)) found.others += file.name.startsWith(".") ? 0 : 1;
    else if (found.files.length < MOST) {
      found.files.push(file);
      found.paths.set(file, file.webkitRelativePath);
    } else found.over += 1;
  }
  return { ...found, folder: files[0]?.webkitRelativePath.split("/")[0] ?? "" };
}

/** The first of these files, as many as are taken at once, and how many are left out. */
export function bounded(files) {
  return { files: files.slice(0, MOST), over: Math.max(0, files.length - MOST) };
}

async function walk(entry, found, isInside) {
  if (entry.isDirectory) {
    for (const inside of inOrder(await list(entry))) await walk(inside, found, true);
  } else if (isInside && COVER.test(entry.name)) {
    found.cover ??= await fileOf(entry);
  } else if (isInside && !SOUND.test(entry.name)) {
    found.others += entry.name.startsWith(".") ? 0 : 1;
  } else if (found.files.length < MOST) {
    const file = await fileOf(entry);
    found.files.push(file);
    found.paths.set(file, entry.fullPath.replace(/^\//, ""));
  } else {
    found.over += 1;
  }
}

const fileOf = (entry) => new Promise((resolve, reject) => entry.file(resolve, reject));

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

const inOrder = (entries, nameOf = (one) => one.name) =>
  entries.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b), undefined, { numeric: true }));

/** What of a drop was not taken, and what to do about it. */
export function leftOut({ others, over }) {
  const words = [];
  if (others === 1) words.push("One file in it is no music and was left out.");
  else if (others) words.push(`${others} files in it are no music and were left out.`);
  if (over) words.push(`${MOST} files are taken at once: drop the other ${over} after these.`);
  return words.join(" ");
}
