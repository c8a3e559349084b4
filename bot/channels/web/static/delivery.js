// Posts what is said or pressed on any page, and says why where it is not taken.
import { worded } from "./words.js";

const limits = JSON.parse(document.body.dataset.limits);

/** Posts the fields. Throws an Error whose text is for the person; `final` when trying again cannot help. */
export function deliver({ files = [], ...fields }, onProgress = () => {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const file of files) form.append("file", file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch does not tell the progress of an upload
    request.upload.onprogress = (event) => onProgress(event.loaded / event.total);
    request.onload = () => (request.status === 200 ? resolve() : reject(refusal(request)));
    request.onerror = () => reject(new Error(worded("noConnection")));
    request.open("POST", "/messages");
    request.send(form);
  });
}

function refusal(request) {
  if (request.status === 401) location.reload();
  const usual = request.status === 413 ? limits.tooLarge : worded("refused");
  const error = new Error(spoken(request) ?? usual);
  error.final = request.status >= 400 && request.status < 500;
  return error;
}

function spoken(request) {
  try {
    return JSON.parse(request.responseText).error;
  } catch {
    return undefined;
  }
}

/** An id of our own for what is sent, a UUID. */
// crypto.randomUUID is there on secure pages only, and a company's own network may go without TLS.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40; // version 4 (RFC 9562, section 5.4)
  bytes[8] = (bytes[8] & 0x3f) | 0x80; // variant
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
