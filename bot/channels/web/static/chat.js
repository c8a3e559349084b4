// Wires the parts of the page together; each part knows one thing.
import { answerTo, isEmpty, send, stage } from "./composer.js";
import { onDrop, onPaste } from "./drop.js";
import { openPicture } from "./lightbox.js";
import { showEarlier } from "./earlier.js";
import { edit } from "./editing.js";
import { isDone, press, pressed, say, sendWaiting } from "./outbox.js";
import { arrange, place } from "./posts.js";
import { follow } from "./stream.js";
import { showEnd, showSought } from "./view.js";

arrange();
if (!showSought()) {
  showEnd("instant");
  if (!matchMedia("(pointer: coarse)").matches) document.getElementById("words").focus({ preventScroll: true }); // no keyboard pops up
}
follow(document.body.dataset.since, {
  onPosts: (posts) => place(posts, pressed),
  onOpen: sendWaiting,
  // The page's own words come with the page; what is being written is worth more, and the next post asks again.
  onLanguage: () => isEmpty() && isDone() && location.reload(),
});

onDrop(send);
onPaste(stage);

document.getElementById("camera").addEventListener("change", ({ target }) => {
  send([...target.files]);
  target.value = "";
});
document.getElementById("files").addEventListener("change", ({ target }) => {
  stage([...target.files]);
  target.value = "";
});

const actions = {
  "[data-choice^='edit:']": edit,
  "[data-choice]": press,
  "[data-answer]": (button) => answerTo(button.closest(".post")),
  "[data-say]": (button) => say({ text: button.dataset.say }),
  "[data-pick]": (button) => document.getElementById(button.dataset.pick).click(),
  "[data-large]": openPicture,
  "[data-earlier]": showEarlier,
  "[data-quotes]": (quote) => document.getElementById(quote.dataset.quotes)?.scrollIntoView({ block: "center" }),
};

document.addEventListener("click", (event) => {
  const newTab = event.ctrlKey || event.metaKey || event.shiftKey;
  for (const [selector, act] of Object.entries(actions)) {
    const target = event.target.closest(selector);
    if (!target || (newTab && target.href)) continue;
    event.preventDefault();
    act(target);
    return;
  }
});
