// Boosted navigation swaps #main only. What a full page load would do besides, is done here.

const isPage = (ctx) => ctx.select === "#main" || ctx.select?.includes("hx-history-elt");

// An answer without #main (the admin, a plain error page) is loaded whole, as without htmx.
document.addEventListener("htmx:before:swap", (event) => {
  const { ctx, tasks } = event.detail;
  if (!isPage(ctx)) return;
  if (!/<main[^>]*\sid="?main/.test(ctx.text)) {
    event.preventDefault();
    location.assign(ctx.response?.raw?.url || ctx.request.action);
  }
  // Parsed apart from the page, <noscript> holds real elements: they are not meant for us.
  for (const { fragment } of tasks) {
    for (const plain of fragment.querySelectorAll("noscript")) plain.remove();
  }
});

// No connection: let the browser show its own page, with its own way to try again.
document.addEventListener("htmx:error", (event) => {
  const { ctx } = event.detail;
  if (ctx && isPage(ctx) && ctx.request.method === "GET") location.assign(ctx.request.action);
});

/** Show what the server says now, as soon as nobody is in the middle of something. */
export function refresh() {
  clearTimeout(refresh.timer);
  refresh.timer = setTimeout(() => {
    // A page that draws itself in parts says so.
    const asked = new CustomEvent("page:refresh", { cancelable: true });
    if (!document.dispatchEvent(asked)) return undefined;
    if (
      document.querySelector(
        "dialog:modal, #main :is(details[open], :popover-open, in-place[data-open])",
      )
    )
      return refresh();
    const swap = "innerHTML strip:true show:none";
    return htmx.ajax("GET", location.href, { target: "#main", select: "#main", swap });
  }, 400);
}

let shown = location.href;

function mark() {
  for (const link of document.querySelectorAll("[data-nav] a[href]")) {
    if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

document.addEventListener("htmx:after:swap", (event) => {
  if (!isPage(event.detail.ctx)) return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) menu.open = false;
  if (shown === location.href) return;
  shown = location.href;
  mark();
  const main = document.getElementById("main");
  if (!main?.querySelector("[autofocus]:not(dialog *)")) main?.focus({ preventScroll: true });
});

// Menus close on Escape and when the eye goes elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
