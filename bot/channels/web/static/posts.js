// The list of posts: put in, replaced in place, dated, kept in view.
import { locales } from "./words.js";

const list = document.getElementById("posts");
const newer = document.getElementById("newer");
const NEAR_END = 160; // pixels
let unseen = 0;

/** Shows a post as the server rendered it; one of the same key is replaced where it stands. */
export function place({ key, version, html }) {
  const before = document.getElementById(key);
  if (before?.dataset.version === version) return;
  const follow = isNearEnd();
  const template = document.createElement("template");
  template.innerHTML = html;
  const post = template.content.querySelector(".post");
  if (before) replace(before, post);
  else append(post);
  dress(post);
  if (follow || post.classList.contains("mine")) showEnd();
  else if (!before) newer.hidden = false;
}

/** Adds a post at the end. */
export function append(post) {
  list.append(post);
  post.classList.add("new");
  if (document.hidden && post.classList.contains("ours")) document.title = `(${++unseen}) Billify`;
}

/** What a post is about, in a few words. */
export function gist(post) {
  const words = post.querySelector(".card")?.dataset.title ?? post.querySelector(".text")?.textContent ?? "";
  return words.length > 70 ? `${words.slice(0, 69)}…` : words;
}

/** Brings the latest post into view. */
export function showEnd(behavior = "smooth") {
  newer.hidden = true;
  requestAnimationFrame(() => scrollTo({ top: document.documentElement.scrollHeight, behavior }));
}

/** Brings the post that the address names into view, as a page beside the chat links to it; false for none. */
export function showSought() {
  const sought = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!sought) return false;
  sought.tabIndex = -1;
  sought.focus({ preventScroll: true });
  requestAnimationFrame(() => sought.scrollIntoView({ block: "center" }));
  return true;
}

/** Dates and quotes in all posts that the page came with. */
export function arrange() {
  list.querySelectorAll(".post").forEach(dress);
}

function replace(before, post) {
  const focused = before.contains(document.activeElement);
  post.classList.toggle("settled", before.querySelector(".status") !== null);
  before.replaceWith(post);
  if (focused) (post.querySelector("[data-choice], [data-answer]") ?? list).focus({ preventScroll: true });
}

function dress(post) {
  for (const time of post.querySelectorAll("time")) time.textContent = spoken(new Date(time.dateTime));
  for (const quote of post.querySelectorAll("[data-quotes]")) {
    const quoted = document.getElementById(quote.dataset.quotes);
    quote.textContent = quoted ? gist(quoted) : "";
    quote.hidden = !quoted;
  }
  for (const picture of post.querySelectorAll("img")) {
    picture.addEventListener("error", () => picture.closest("a").classList.add("broken"), { once: true });
  }
}

function spoken(date) {
  const time = date.toLocaleTimeString(locales, { hour: "numeric", minute: "2-digit" });
  if (date.toDateString() === new Date().toDateString()) return time;
  return `${date.toLocaleDateString(locales, { day: "numeric", month: "short" })}, ${time}`;
}

function isNearEnd() {
  return innerHeight + scrollY >= document.documentElement.scrollHeight - NEAR_END;
}

// A composer that grows covers no post of who is reading the last one.
new ResizeObserver(() => isNearEnd() && showEnd("instant")).observe(document.getElementById("composer"));
newer.addEventListener("click", () => showEnd());
addEventListener("scroll", () => isNearEnd() && (newer.hidden = true), { passive: true });
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  unseen = 0;
  document.title = "Billify";
  arrange();
});
