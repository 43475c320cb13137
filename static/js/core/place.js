// Where this site lies at the address this page came from.

/** The path that everything of the site begins with: "" or "/music". */
export const prefix = document.documentElement.dataset.prefix ?? "";

const PART = /^\/u\/[0-9a-f-]{36}\/\d+\/$/;

/** Tell whether it is the address of a part, which only this site has, whatever its name. */
function isPart({ pathname }) {
  return pathname.startsWith(prefix) && PART.test(pathname.slice(prefix.length));
}

/**
 * Where to send a part: one of this site goes to the host that this page came from, since a page
 * may speak with no other; one of a bucket goes to the bucket.
 */
export function ofHere(address) {
  const url = new URL(address, location.href);
  return isPart(url) ? `${location.origin}${url.pathname}${url.search}` : url.href;
}
