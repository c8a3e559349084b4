// The keyboard: / searches, j and k go along the rows, Enter opens one, x selects it, ? says so.

const ways = { j: 1, k: -1 };

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const typing = target.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog[open]");
  if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
  const rows = [...document.querySelectorAll("[data-row]")];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[at];
  if (ways[key]) rows[Math.max(0, Math.min(rows.length - 1, at + ways[key]))]?.querySelector(".open").focus();
  else if (key === "x" && row) row.querySelector("[name=bill]")?.click();
  else if (key === "Enter" && target.type === "checkbox" && row) row.querySelector(".open").click();
  else if (key === "/") document.querySelector("[data-search]")?.focus();
  else if (key === "?") document.getElementById("help").showModal();
  else return;
  event.preventDefault();
});
