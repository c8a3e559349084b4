// Wires a page beside the chat: presses buttons as the chat does, and follows the books.
import { deliver, newId } from "../delivery.js";
import { follow } from "../stream.js";
import { complain } from "../toast.js";
import "./keys.js";
import { showStale } from "./kept.js";

const { keys, since, step } = document.body.dataset;
const answers = document.getElementById("answers");
const sent = new Map(); // id of what was said here → what to do once it is answered
const early = []; // answers that came before it was known here that something was sent
const MOST_EARLY = 20;

follow(since, {
  step,
  onPosts: (posts) => posts.forEach(answered),
  onLanguage: () => document.querySelector("[data-dirty]") ?? location.reload(),
  onBooks: refresh,
});

document.querySelector("nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

/** Asks for the page anew; htmx puts it in place. */
function refresh() {
  htmx.trigger("#view", "books");
}

function answered(said) {
  const { key, html } = said;
  const [id, n] = key.startsWith(keys) ? key.slice(keys.length).split("#") : [];
  if (n === undefined) return;
  if (!sent.has(id)) {
    early.push(said);
    early.splice(0, early.length - MOST_EARLY);
    return;
  }
  const template = document.createElement("template");
  template.innerHTML = html;
  const post = template.content.querySelector(".post");
  const before = document.getElementById(key);
  if (before) before.replaceWith(post);
  else answers.append(post);
  if (post.querySelector(".status")) return;
  sent.get(id)();
  if (document.activeElement === document.body) answers.focus({ preventScroll: true });
}

/** Presses a button, or (`choice`) what was chosen beside it. */
async function press(button, choice = button.dataset.choice) {
  const id = newId();
  const group = [...(button.closest(".choices")?.querySelectorAll("[data-choice]") ?? [button])];
  const free = () => {
    group.forEach((each) => (each.disabled = false));
    button.removeAttribute("aria-busy");
  };
  group.forEach((each) => (each.disabled = true));
  button.setAttribute("aria-busy", "true");
  sent.set(id, () => {
    answers.querySelectorAll(".answer").forEach((each) => each.remove());
    free();
    if (button.dataset.then) location.assign(button.dataset.then);
    refresh();
  });
  answers.replaceChildren(...answers.querySelectorAll(":scope > .answer"));
  try {
    await deliver({ id, choice, label: button.textContent.trim() });
  } catch (error) {
    free();
    complain(error.message);
  }
}

function pressChosen(button, select) {
  if (select.value) press(button, select.value);
  else select.focus();
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-choice]");
  const beside = target.closest("[data-choice-of]");
  if (button) press(button);
  else if (beside) pressChosen(beside, document.getElementById(beside.dataset.choiceOf));
  else if (target.closest("[data-close]")) answers.replaceChildren();
});

// A form was taken (`HX-Trigger`): its answer comes by the stream.
document.body.addEventListener("sent", ({ detail }) => {
  const form = document.querySelector("form[data-kept]");
  form.dataset.state = "saving";
  answers.replaceChildren();
  sent.set(detail.id, () => {
    form.dataset.state = "saved";
    refresh();
  });
  early.splice(0).forEach(answered);
});
document.body.addEventListener("htmx:responseError", ({ detail }) => {
  if (detail.xhr.status === 401) location.reload();
  else complain(document.body.dataset.words && JSON.parse(document.body.dataset.words).refused);
});
document.body.addEventListener("htmx:sendError", () => showStale(false));
