// Words of a passage as elements, each with its second.

/** The place of the last of these ascending times that is not after a moment; -1 for none. */
export function last(times, moment) {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= moment) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The words of a line; made of its text the first time. `data-times`: hundredths since the last. */
export function spread(line) {
  const text = line.querySelector("p");
  if (text.firstElementChild) return [...text.children];
  const words = text.textContent.split(" ");
  let at = Math.floor(Number(line.dataset.begin) * 100);
  const times = line.dataset.times.split(" ").map((each) => {
    at += Number(each);
    return at / 100;
  });
  const made = words.map((word, place) => {
    const one = document.createElement("span");
    one.className = "transcript__word";
    one.dataset.at = times[place] ?? times.at(-1);
    one.tabIndex = -1;
    one.textContent = word;
    return one;
  });
  text.replaceChildren(...made.flatMap((one, place) => (place ? [" ", one] : [one])));
  return made;
}
