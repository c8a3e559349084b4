// Follows the server's event stream and says when the connection is lost.
const PATIENCE_MS = 1500; // a reconnect shorter than this is nobody's concern

/** Hands each batch of posts on, and says when the books took a step after the one of that number. `since` is ISO 8601; browsers resume by the last event's id themselves. */
export function follow(since, { onPosts, onOpen = () => {}, onLanguage, onBooks, step }) {
  const banner = document.getElementById("offline");
  let lost = null;

  const connect = () => {
    const source = new EventSource(`/events?${new URLSearchParams(onBooks ? { since, step } : { since })}`);
    source.addEventListener("posts", (event) => {
      since = event.lastEventId;
      onPosts(JSON.parse(event.data));
    });
    source.addEventListener("language", onLanguage);
    if (onBooks) source.addEventListener("books", onBooks);
    source.addEventListener("open", () => {
      clearTimeout(lost);
      lost = null;
      banner.hidden = true;
      onOpen();
    });
    source.addEventListener("error", async () => {
      lost ??= setTimeout(() => (banner.hidden = false), PATIENCE_MS);
      if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      await reloadIfSignedOut();
      setTimeout(connect, 2 * PATIENCE_MS);
    });
    addEventListener("pagehide", () => source.close(), { once: true });
    addEventListener("pageshow", (event) => event.persisted && connect(), { once: true });
  };
  connect();
}

/** The page of somebody who is signed out, or no longer known, is the sign-in page. */
async function reloadIfSignedOut() {
  const answer = await fetch("/events", { method: "HEAD" }).catch(() => null);
  if (answer?.status === 401) location.reload();
}
