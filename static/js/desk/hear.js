// Hearing the original of what is closed: asked for by its form each time, and played here.

const forms = document.querySelectorAll(".desk__hear");

async function ask(form) {
  // An answer that leads on is a refusal: the page says why when it is drawn anew.
  const words = { method: "POST", body: new FormData(form), redirect: "manual" };
  const answer = await fetch(form.action, words);
  if (!answer.ok) {
    location.reload();
    return;
  }
  const player = form.querySelector("audio");
  URL.revokeObjectURL(player.src);
  player.src = URL.createObjectURL(await answer.blob());
  player.parentElement.hidden = false;
  await player.play();
}

/** Press the first one; while it plays or has been paused, pause it or let it go on. */
export function hear() {
  const player = forms[0]?.querySelector("audio");
  if (!player) return;
  if (!player.src || player.ended) forms[0].requestSubmit();
  else if (player.paused) player.play();
  else player.pause();
}

for (const form of forms) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}
