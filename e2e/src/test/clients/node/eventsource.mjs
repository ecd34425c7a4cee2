import { EventSource } from "eventsource";
import { STREAM, headers, take, tell } from "./run.mjs";

const source = new EventSource(STREAM, {
  fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, ...headers } }),
});
// The package lets a process end while it waits to reconnect.
const awake = setInterval(() => {}, 1000);
source.onmessage = (event) => {
  if (!take(JSON.parse(event.data))) return;
  source.close();
  clearInterval(awake);
  tell();
};
