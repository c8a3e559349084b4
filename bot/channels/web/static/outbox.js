// Sends what a person says: shown at once, kept until the server has it, sent again under the same id.
import { deliver, newId } from "./delivery.js";
import { append } from "./posts.js";
import { complain } from "./toast.js";
import { showEnd } from "./view.js";
import { worded } from "./words.js";

const { keys } = document.body.dataset; // how the keys of what is said here begin
const waiting = new Map(); // pending post → its fields, when it could not be sent

/** The buttons pressed here whose answers are to come: the key of what was sent → the key of their card. */
export const pressed = new Map();

/** Says words and files; `answers` is the key of the post that this answers. */
export function say({ text = "", files = [], answers = "" }) {
  const id = newId();
  const post = pending(id, text, files);
  attempt(post, { id, text, answers, files });
}

/** Presses a choice; the buttons stay off until the answer is here. */
export async function press(button) {
  const post = button.closest(".post");
  const buttons = [...post.querySelectorAll("[data-choice]")];
  const free = () => {
    buttons.forEach((each) => (each.disabled = false));
    button.removeAttribute("aria-busy");
  };
  buttons.forEach((each) => (each.disabled = true));
  button.setAttribute("aria-busy", "true");
  const id = newId();
  pressed.set(`${keys}${id}`, { card: post.id });
  try {
    await deliver({ id, choice: button.dataset.choice, label: button.textContent.trim(), answers: post.id });
    freeWhenAnswered(id, free);
  } catch (error) {
    pressed.delete(`${keys}${id}`);
    free();
    complain(error.message);
  }
}

/** Whether all that was said has arrived. */
export function isDone() {
  return !waiting.size && !document.querySelector(".post.pending");
}

/** Tries again what could not be sent. */
export function sendWaiting() {
  for (const [post, fields] of waiting) attempt(post, fields);
}

// An answer usually replaces the post with its buttons; where it is a post of its own, they are to be of use again.
function freeWhenAnswered(id, free) {
  const posts = document.getElementById("posts");
  const observer = new MutationObserver(() => {
    if (!posts.querySelector(`[id^="${keys}${id}#"]`)) return;
    observer.disconnect();
    free();
  });
  observer.observe(posts, { childList: true });
}

async function attempt(post, fields) {
  const [state, again, bar] = [".state", "[data-again]", "progress"].map((part) => post.querySelector(part));
  waiting.delete(post);
  post.classList.remove("failed");
  bar.hidden = again.hidden = true;
  state.textContent = worded("sending");
  try {
    await deliver(fields, (share) => {
      bar.hidden = share === 1 || !fields.files.length;
      bar.value = share;
    });
    state.textContent = worded("sent");
  } catch (error) {
    post.classList.add("failed");
    bar.hidden = true;
    state.textContent = worded("notSent", { why: error.message });
    if (error.final) return;
    waiting.set(post, fields);
    again.hidden = false;
    again.onclick = () => attempt(post, fields);
  }
}

function pending(id, text, files) {
  const post = document.getElementById("pending").content.cloneNode(true).firstElementChild;
  post.id = `${keys}${id}`;
  post.querySelector(".text").textContent = text;
  post.querySelector(".text").hidden = !text;
  post.querySelector(".files").replaceChildren(...files.map(preview));
  append(post);
  showEnd();
  return post;
}

function preview(file) {
  if (!/^image\/(png|jpeg|webp|gif)$/.test(file.type)) {
    const chip = document.getElementById("chip").content.cloneNode(true).firstElementChild;
    chip.querySelector(".name").textContent = file.name;
    chip.querySelector("button").remove();
    return chip;
  }
  const picture = new Image();
  picture.src = URL.createObjectURL(file);
  picture.alt = file.name;
  picture.onload = () => URL.revokeObjectURL(picture.src);
  const photo = document.createElement("span");
  photo.className = "photo";
  photo.append(picture);
  return photo;
}

addEventListener("beforeunload", (event) => waiting.size && event.preventDefault());
