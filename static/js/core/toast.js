// A short sentence at the foot of the page, seen and heard, that goes away by itself.

const SHOWN_MS = 4000;
let timer = 0;

export function toast(sentence) {
  const place = document.getElementById("said");
  if (!place) return;
  clearTimeout(timer);
  place.textContent = sentence;
  timer = setTimeout(() => (place.textContent = ""), SHOWN_MS);
}
