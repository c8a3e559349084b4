// Files dragged onto the page, anywhere, or pasted.
const zone = document.getElementById("dropzone");

/** Calls back with the files of each drop. */
export function onDrop(take) {
  let depth = 0; // dragenter and dragleave come for each element on the way
  const show = (change) => {
    depth = Math.max(0, depth + change);
    zone.hidden = depth === 0;
  };
  const listen = (name, act) =>
    addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      act(event);
    });
  listen("dragenter", () => show(1));
  listen("dragleave", () => show(-1));
  listen("dragover", (event) => (event.dataTransfer.dropEffect = "copy"));
  listen("drop", (event) => {
    show(-depth);
    if (event.dataTransfer.files.length) take([...event.dataTransfer.files]);
  });
}

/** Calls back with pasted files; pasted words go their usual way. */
export function onPaste(take) {
  addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    take(files);
  });
}
