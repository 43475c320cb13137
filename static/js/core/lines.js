// Lines that come to a talk: what is there already stays as it is, focus and selection included.

/** Put what `html` has and `place` has not, by its id, at the end; return how many came. */
export function append(place, html) {
  const drawn = document.createElement("template");
  drawn.innerHTML = html;
  const fresh = [...drawn.content.children].filter(({ id }) => !document.getElementById(id));
  place.append(...fresh);
  return fresh.length;
}
