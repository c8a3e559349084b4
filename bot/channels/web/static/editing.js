// The fields of a bill, opened on its card in the chat: the form that its page has, put in place.
import { newId } from "./delivery.js";
import { press, pressed } from "./outbox.js";
import { complain } from "./toast.js";
import { show } from "./view.js";
import { worded } from "./words.js";

const { keys } = document.body.dataset;

/** Opens the fields on the card of the button, or closes them; where the page has no form, asks in words as ever. */
export async function edit(button) {
  const card = button.closest(".card");
  const open = card?.querySelector("form.fields");
  if (open) return close(open, button);
  const bill = button.dataset.choice.match(/^edit:(\d+)/)?.[1];
  button.setAttribute("aria-busy", "true");
  const page = card && bill && (await formOf(fetch(`/bills/${bill}`)));
  button.removeAttribute("aria-busy");
  if (!page) return press(button);
  put(page, card);
}

function put(form, card, before) {
  const post = card.closest(".post");
  for (const each of form.querySelectorAll("[id]")) rename(each, form, post.id);
  form.classList.add("in-card");
  form.querySelector("[type=reset]").replaceWith(cancel());
  form.addEventListener("submit", (event) => save(event, form));
  form.addEventListener("keydown", (event) => event.key === "Escape" && close(form));
  if (before) before.replaceWith(form);
  else card.append(form);
  (form.querySelector("[aria-invalid]") ?? form.querySelector("input:not([type=hidden])")).focus({ preventScroll: true });
  show(form);
}

async function save(event, form) {
  event.preventDefault();
  const card = form.closest(".card");
  const submit = form.querySelector(".primary");
  submit.disabled = true;
  const said = new FormData(form);
  const id = newId();
  said.set("id", id);
  said.set("answers", card.closest(".post").id);
  pressed.set(`${keys}${id}`, { card: card.closest(".post").id });
  form.dataset.sent = ""; // the card that comes closes it
  const answer = fetch(form.action, { method: "POST", body: said });
  const { status } = (await answer.catch(() => null)) ?? {};
  if (status === 202) return; // the card comes as the stream brings it
  pressed.delete(`${keys}${id}`);
  delete form.dataset.sent;
  submit.disabled = false;
  const again = await formOf(answer);
  if (again && (status === 409 || status === 422)) put(again, card, form);
  else if (again) close(form); // nothing was changed
  else complain(worded(status ? "refused" : "noConnection"));
}

async function formOf(answer) {
  try {
    const page = new DOMParser().parseFromString(await (await answer).text(), "text/html");
    const form = page.querySelector("form.fields");
    const stale = page.querySelector("#stale:not([hidden])");
    if (form && stale) form.prepend(stale);
    return form && document.importNode(form, true);
  } catch {
    return null;
  }
}

// The same bill may be open on two cards: what labels and notes refer to is this card's own.
function rename(element, form, post) {
  const own = `${post}/${element.id}`;
  form.querySelector(`label[for="${element.id}"]`)?.setAttribute("for", own);
  form.querySelector(`[aria-describedby="${element.id}"]`)?.setAttribute("aria-describedby", own);
  element.id = own;
}

function cancel() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = worded("cancel");
  button.addEventListener("click", () => close(button.closest("form")));
  return button;
}

function close(form, opener = form.closest(".card").querySelector("[data-choice^='edit:']")) {
  form.remove();
  opener?.focus({ preventScroll: true });
}
