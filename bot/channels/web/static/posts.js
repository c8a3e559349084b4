// The list of posts: put in, replaced in place, dated.
import { isAtEnd, keepingInView, show, showEnd, tellOfNewer } from "./view.js";
import { locales } from "./words.js";

const list = document.getElementById("posts");
let unseen = 0;

/** Shows posts as the server rendered them; one of the same key is replaced where it stands.

`pressed` are the buttons that were pressed here: the key of what the server makes of each, and the card it was on. What
one of them did is brought into view where it is shown: on its card, else in the answer. */
export function place(posts, pressed) {
  const follow = isAtEnd();
  const placed = posts.map(put).filter(Boolean);
  const result = resultOf(placed, pressed);
  if (result) show(result);
  else if (follow) showEnd();
  const isNews = ({ post, isNew }) => isNew && post !== result && post.classList.contains("ours");
  if (!isAtEnd() && placed.some(isNews)) tellOfNewer();
}

/** Adds a post at the end. */
export function append(post) {
  list.append(post);
  post.classList.add("new");
  if (document.hidden && post.classList.contains("ours")) document.title = `(${++unseen}) Billify`;
}

/** Puts the posts of a page of the chat that are not here yet above those that are, which stay where they are in the
window while `change` is done above, too. */
export function prepend(page, change) {
  const first = list.firstElementChild;
  const earlier = [...page.querySelectorAll("#posts > .post")].filter((post) => !document.getElementById(post.id));
  keepingInView(first, () => {
    first.before(...earlier);
    change();
  });
  arrange();
  return earlier;
}

/** What a post is about, in a few words. */
export function gist(post) {
  const words = post.querySelector(".card")?.dataset.title ?? post.querySelector(".text")?.textContent ?? "";
  return words.length > 70 ? `${words.slice(0, 69)}…` : words;
}

/** Dates and quotes in all posts that the page came with. */
export function arrange() {
  list.querySelectorAll(".post").forEach(dress);
}

function put({ key, version, html, number }) {
  const before = document.getElementById(key);
  if (before?.dataset.version === version) return null;
  if (!before && number < Number(list.querySelector("[data-number]")?.dataset.number)) return null; // not shown: too far up
  const template = document.createElement("template");
  template.innerHTML = html;
  const post = template.content.querySelector(".post");
  if (before) replace(before, post);
  else append(post);
  dress(post);
  return { post, isNew: !before };
}

function resultOf(placed, pressed) {
  for (const [key, press] of pressed) {
    const card = placed.find(({ post }) => post.id === press.card)?.post;
    const answer = placed.find(({ post }) => post.id.startsWith(`${key}#`))?.post;
    if (card || answer) pressed.delete(key);
    if (card || answer) return card ?? answer;
  }
  return null;
}

function replace(before, post) {
  const focused = before.contains(document.activeElement);
  post.classList.toggle("settled", before.querySelector(".status") !== null);
  const editing = before.querySelector("form.fields:not([data-sent])"); // what is typed there is not lost
  if (editing) post.querySelector(".card")?.append(editing);
  before.replaceWith(post);
  if (editing) return;
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

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  unseen = 0;
  document.title = "Billify";
  arrange();
});
