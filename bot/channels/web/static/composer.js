// The line at the bottom: words, files that wait for them, and which post they answer.
import { say } from "./outbox.js";
import { gist } from "./posts.js";
import { complain } from "./toast.js";
import { worded } from "./words.js";

const form = document.getElementById("composer");
const words = document.getElementById("words");
const tray = document.getElementById("tray");
const answering = document.getElementById("answering");
const limits = JSON.parse(document.body.dataset.limits);
const touch = matchMedia("(pointer: coarse)");
let staged = [];
let answers = "";

/** Puts files beside the words, to be sent with them. */
export function stage(files) {
  staged = fitting([...staged, ...files]);
  showTray();
  words.focus();
}

/** Sends these files now, with the words and files that are already here. */
export function send(files = []) {
  const all = fitting([...staged, ...files]);
  const text = words.value.trim();
  if (!text && !all.length) return;
  say({ text, files: all, answers });
  staged = [];
  words.value = "";
  grow();
  showTray();
  answerTo(null);
}

/** Whether nothing waits here to be sent. */
export function isEmpty() {
  return !words.value && !staged.length && !answers;
}

/** The next words answer this post; null for none. */
export function answerTo(post) {
  answers = post?.id ?? "";
  answering.hidden = !post;
  answering.querySelector("span").textContent = post ? gist(post) : "";
  if (post) words.focus();
}

function fitting(files) {
  const small = files.filter((file) => file.size <= limits.fileMb * 2 ** 20);
  for (const file of files) if (!small.includes(file)) complain(worded("tooLarge", { name: file.name, limit: limits.tooLarge }));
  if (small.length > limits.files) complain(limits.tooMany);
  return small.slice(0, limits.files);
}

function showTray() {
  tray.hidden = !staged.length;
  tray.replaceChildren(...staged.map(chip));
}

function chip(file) {
  const item = document.getElementById("chip").content.cloneNode(true).firstElementChild;
  item.querySelector(".name").textContent = file.name;
  const remove = item.querySelector("button");
  remove.setAttribute("aria-label", worded("remove", { name: file.name }));
  remove.addEventListener("click", () => {
    staged = staged.filter((each) => each !== file);
    showTray();
    words.focus();
  });
  return item;
}

function grow() {
  words.style.height = "auto";
  words.style.height = `${Math.min(words.scrollHeight, 200)}px`;
}

words.addEventListener("input", grow);
words.addEventListener("keydown", (event) => {
  if (event.key === "Escape") answerTo(null);
  // Not while an input method composes a character, and not on a phone, whose Enter is for new lines.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || touch.matches) return;
  event.preventDefault();
  send();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
answering.querySelector("button").addEventListener("click", () => answerTo(null));
