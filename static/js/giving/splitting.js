// How an amount is shared, as the ledger does it: whole minor units, largest remainder, ties by name.

const WHOLE = 10_000n;

/** Return what each gets of `amount` minor units; `shares` are basis points by name, 10,000 in all. */
export function split(amount, shares) {
  const names = Object.keys(shares).sort();
  const whole = BigInt(amount);
  const parts = new Map(names.map((name) => [name, (whole * BigInt(shares[name])) / WHOLE]));
  let left = whole - [...parts.values()].reduce((sum, part) => sum + part, 0n);
  const rest = (name) => (whole * BigInt(shares[name])) % WHOLE;
  const order = names.toSorted((one, other) => {
    const [a, b] = [rest(one), rest(other)];
    if (a === b) return one < other ? -1 : 1;
    return a > b ? -1 : 1;
  });
  for (const name of order) {
    if (left <= 0n) break;
    parts.set(name, parts.get(name) + 1n);
    left -= 1n;
  }
  return Object.fromEntries([...parts].map(([name, part]) => [name, Number(part)]));
}

/** Return the minor units of what somebody wrote (`7.50`, `7,5`), or null. */
export function readAmount(words, digits) {
  const found = /^(\d{1,9})(?:[.,](\d*))?$/.exec(words.trim());
  if (!found || (found[2] ?? "").length > digits) return null;
  return Number(found[1] + (found[2] ?? "").padEnd(digits, "0"));
}

/**
 * Return the shares after one of them was set: the others give or take in their own proportion, so
 * that all make 10,000 basis points. Of one alone there is nothing to choose.
 */
export function moved(shares, name, wanted) {
  const others = Object.keys(shares).filter((each) => each !== name);
  if (others.length === 0) return { [name]: Number(WHOLE) };
  const rest = Number(WHOLE) - wanted;
  const before = others.reduce((sum, each) => sum + shares[each], 0);
  const weights = Object.fromEntries(
    others.map((each) => [each, before ? shares[each] : Number(WHOLE) / others.length]),
  );
  const total = Object.values(weights).reduce((sum, each) => sum + each, 0);
  const found = { [name]: wanted };
  let left = rest;
  for (const [index, each] of others.entries()) {
    const isLast = index === others.length - 1;
    // Whole percents, so that the fields stay readable; the last takes what is over.
    const part = isLast
      ? left
      : Math.min(left, Math.round((rest * weights[each]) / total / 100) * 100);
    found[each] = part;
    left -= part;
  }
  return found;
}
