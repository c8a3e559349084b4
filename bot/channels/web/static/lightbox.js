// A picture at the size of the window; a click shows it at its own size, there where it was clicked.
const box = document.getElementById("lightbox");
const stage = box.querySelector(".stage");
const picture = box.querySelector("img");

/** Opens the picture that a link leads to. */
export function openPicture(link) {
  box.classList.remove("zoomed");
  picture.src = link.href;
  picture.alt = link.querySelector("img")?.alt ?? "";
  box.querySelector("a").href = link.dataset.original ?? link.href;
  box.showModal();
}

picture.addEventListener("click", (event) => {
  const x = event.offsetX / picture.clientWidth;
  const y = event.offsetY / picture.clientHeight;
  box.classList.toggle("zoomed");
  stage.scrollTo(picture.clientWidth * x - stage.clientWidth / 2, picture.clientHeight * y - stage.clientHeight / 2);
});
stage.addEventListener("click", (event) => event.target === stage && box.close());
box.querySelector("[data-close]").addEventListener("click", () => box.close());
