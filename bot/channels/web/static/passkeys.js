// Adds a passkey, and signs in with one (WebAuthn Level 3: options and answers as JSON). Shown where the browser can.
const control = document.querySelector("[data-passkey]");
const fault = document.querySelector("[data-passkey-fault]");
const able = globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON;

if (control && able) {
  control.hidden = false;
  if (control.dataset.passkey === "add") {
    control.addEventListener("submit", (event) => {
      event.preventDefault();
      attempt(control.querySelector("button"), () => add(control.elements.name.value));
    });
  } else {
    control.addEventListener("click", () => attempt(control, enter));
  }
}

async function add(name) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await asked("/passkeys/new"));
  const credential = await navigator.credentials.create({ publicKey });
  return asked("/passkeys", { name, credential: credential.toJSON() });
}

async function enter() {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await asked("/passkeys/ask"));
  const credential = await navigator.credentials.get({ publicKey });
  return asked("/passkeys/enter", { credential: credential.toJSON() });
}

async function attempt(button, work) {
  fault.hidden = true;
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  try {
    location.assign((await work()).to);
  } catch (error) {
    // Whoever closes the browser's own question is told nothing: they know.
    if (error.name !== "NotAllowedError" && error.name !== "AbortError") {
      fault.textContent = error.told ?? fault.dataset.fault;
      fault.hidden = false;
    }
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }
}

async function asked(path, body = {}) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const found = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(path), { told: found.error });
  return found;
}
