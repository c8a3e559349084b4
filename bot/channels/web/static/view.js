// What of the conversation is in view: its end, or what the reader went up to.
const list = document.getElementById("posts");
const newer = document.getElementById("newer");
const composer = document.getElementById("composer");
const NEAR_END = 160; // pixels
let following = true; // whether the end is to stay in view, whatever grows above it
let last = scrollY;

/** Brings the latest post into view, and keeps it there until somebody scrolls up. */
export function showEnd(behavior = "smooth") {
  newer.hidden = true;
  following = true;
  requestAnimationFrame(() => scrollTo({ top: document.documentElement.scrollHeight, behavior }));
}

/** Whether the end is in view, or on its way there. */
export function isAtEnd() {
  return following;
}

/** Brings a post into view; the end as well, where both have room. */
export function show(post) {
  const room = innerHeight - composer.offsetHeight - document.querySelector(".bar").offsetHeight;
  if (document.documentElement.scrollHeight - (post.getBoundingClientRect().top + scrollY) - composer.offsetHeight < room) {
    showEnd();
    return;
  }
  following = false;
  post.scrollIntoView({ block: post.offsetHeight < room ? "nearest" : "start", behavior: "smooth" });
}

/** Says that there are newer posts than those in view. */
export function tellOfNewer() {
  newer.hidden = isNearEnd();
}

/** Brings the post that the address names into view, as a page beside the chat links to it; false for none. */
export function showSought() {
  const sought = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!sought) return false;
  following = false;
  sought.tabIndex = -1;
  sought.focus({ preventScroll: true });
  requestAnimationFrame(() => sought.scrollIntoView({ block: "center" }));
  return true;
}

/** Does what changes the list above `post`, which stays where it is in the window. */
export function keepingInView(post, change) {
  const before = post.getBoundingClientRect().top;
  change();
  following = false;
  scrollBy({ top: post.getBoundingClientRect().top - before, behavior: "instant" });
}

function isNearEnd() {
  return innerHeight + scrollY >= document.documentElement.scrollHeight - NEAR_END;
}

// A picture that is loaded late, a card that grows and a composer of several lines push the end out of nobody's view.
const kept = new ResizeObserver(() => following && showEnd("instant"));
kept.observe(list);
kept.observe(composer);
newer.addEventListener("click", () => showEnd());
addEventListener(
  "scroll",
  () => {
    // On its way to the end the page only goes down: who goes up wants to read there.
    if (isNearEnd()) following = newer.hidden = true;
    else if (scrollY < last - 1) following = false;
    last = scrollY;
  },
  { passive: true },
);
