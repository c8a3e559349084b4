// What was said before the posts that the page came with, put above them without losing the place.
import { prepend } from "./posts.js";
import { complain } from "./toast.js";
import { worded } from "./words.js";

/** Brings the posts that the link leads to; the next such link takes its place. */
export async function showEarlier(link) {
  if (link.getAttribute("aria-busy")) return;
  link.setAttribute("aria-busy", "true");
  try {
    const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
    const further = page.querySelector(".earlier") ?? "";
    const newest = prepend(page, () => link.closest(".earlier").replaceWith(further)).at(-1);
    if (!newest) return;
    newest.tabIndex = -1;
    newest.focus({ preventScroll: true });
  } catch {
    complain(worded("noConnection"));
    link.removeAttribute("aria-busy");
  }
}
