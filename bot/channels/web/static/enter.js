// Sends the form by itself where the server marked it so; never while the browser only prepares the page.
const form = document.querySelector("form[data-auto]");
if (form && document.prerendering) {
  document.addEventListener("prerenderingchange", () => form.requestSubmit(), { once: true });
} else if (form) {
  form.requestSubmit();
}
