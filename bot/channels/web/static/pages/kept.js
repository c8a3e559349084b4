// Keeps what a person typed and selected while the page is put in place anew.

let picked = [];

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-kept]");
  if (form) form.dataset.dirty = "";
});
document.addEventListener("reset", ({ target }) => {
  delete target.dataset.dirty;
  showStale(false);
});

/** Says, or no longer, that what is typed stands beside something that others changed. */
export function showStale(shown) {
  const stale = document.getElementById("stale");
  if (stale) stale.hidden = !shown;
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  picked = [...document.querySelectorAll("[name=bill]:checked")].map((box) => box.value);
  const form = document.querySelector("form[data-dirty]");
  if (detail.requestConfig.triggeringEvent?.type !== "books" || !form) return;
  const fresh = new DOMParser().parseFromString(detail.serverResponse, "text/html").getElementById("view");
  const changed = fresh?.dataset.version !== document.getElementById("view").dataset.version;
  detail.shouldSwap = changed && form.dataset.state === "saved";
  if (changed && !form.dataset.state) showStale(true);
});
document.addEventListener("htmx:afterSwap", () => {
  for (const value of picked) {
    const box = document.querySelector(`[name=bill][value="${value}"]`);
    if (box) box.checked = true;
  }
});
