// What the page says by itself, in the language in which the server worded the page.
const words = JSON.parse(document.body.dataset.words);

/** The text of that name, its {names} filled in. */
export function worded(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

/** The browser's own ways to write that language, for times and dates: "en-GB" before "en". */
export const locales = [
  ...navigator.languages.filter((one) => one.split("-")[0] === document.documentElement.lang),
  document.documentElement.lang,
];
