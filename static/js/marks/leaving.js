// The word about an account that is to be deleted, on pages that are the same for all.

import { prefix } from "../core/place.js";

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" });

/** Say when the account goes, and where it can be kept; once on a page. */
export function tellLeaving(leavesAt) {
  const main = document.getElementById("main");
  if (!leavesAt || !main || main.querySelector(".leaving")) return;
  const banner = document.createElement("section");
  banner.className = "messages leaving";
  banner.setAttribute("aria-label", "Your account");
  const notice = document.createElement("p");
  notice.className = "notice notice--error";
  const way = document.createElement("a");
  way.href = `${prefix}/accounts/delete/`;
  way.className = "button";
  way.textContent = "Keep it";
  way.setAttribute("hx-boost", "false");
  const words = `Your account will be removed on ${DAY.format(new Date(leavesAt))}. `;
  notice.append(words, way);
  banner.append(notice);
  main.prepend(banner);
}
