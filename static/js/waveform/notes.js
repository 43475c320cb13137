// The notes that stand on the page, read from it: whoever draws the list need not know of us.

/** The notes of one version in the order of time; those the list hides stay hidden here. */
export function readNotes(versionId) {
  return [...document.querySelectorAll("[data-notes] [data-note]")]
    .filter(({ dataset }) => !dataset.version || dataset.version === versionId)
    .filter((element) => dataIsTime(element.dataset) && !element.closest("[hidden]"))
    .map(({ dataset }) => ({
      id: dataset.note,
      at: Number(dataset.atMs) / 1000,
      until: dataset.untilMs ? Number(dataset.untilMs) / 1000 : null,
      who: dataset.who || "Somebody",
      initials: dataset.initials || "",
      hue: Number(dataset.hue) || 0,
      isResolved: dataset.state === "resolved",
    }))
    .sort((a, b) => a.at - b.at || a.id.localeCompare(b.id));
}

const dataIsTime = ({ atMs }) => atMs !== undefined && atMs !== "" && Number.isFinite(Number(atMs));

/** Call `action` at most once a frame when something but the waveform changed on the page. */
export function watchNotes(wave, action, signal) {
  let frame = 0;
  const observer = new MutationObserver((records) => {
    if (frame || records.every(({ target }) => wave.contains(target))) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      action();
    });
  });
  observer.observe(document.getElementById("main") ?? document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ["data-at-ms", "data-until-ms", "data-state", "data-version", "hidden"],
  });
  signal.addEventListener("abort", () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
  });
}

/** Notes too close to stand beside each other, together: [{x, notes}], `x` in pixels. */
export function gather(notes, view, width, apart) {
  const groups = [];
  for (const note of notes) {
    const x = view.fraction(note.at) * width;
    if (x < -0.5 || x > width + 0.5) continue;
    const last = groups.at(-1);
    if (last && x - last.x < apart) last.notes.push(note);
    else groups.push({ x, notes: [note] });
  }
  return groups;
}
