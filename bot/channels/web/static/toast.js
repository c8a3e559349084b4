// Short notes on what did not work and what to do, in the corner; read out by screen readers.
import { worded } from "./words.js";

const SHOWN_MS = 9000;

/** Shows a note until it is dismissed or its time is over. */
export function complain(text) {
  const toast = document.createElement("button");
  toast.type = "button";
  toast.className = "toast";
  toast.title = worded("dismiss");
  toast.textContent = text;
  toast.addEventListener("click", () => toast.remove());
  document.getElementById("toasts").append(toast);
  setTimeout(() => toast.remove(), SHOWN_MS);
}
