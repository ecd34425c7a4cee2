import { fetchEventSource } from "@microsoft/fetch-event-source";
import { STREAM, headers, take, tell } from "./run.mjs";

// The package is made for browsers: outside of one, two globals of a page are missing.
globalThis.document ??= { addEventListener() {}, removeEventListener() {}, hidden: false };
globalThis.window ??= globalThis;

const stop = new AbortController();
await fetchEventSource(STREAM, {
  headers,
  fetch,
  openWhenHidden: true,
  signal: stop.signal,
  onmessage: ({ event, data }) => {
    // Heartbeats reach it as empty messages.
    if (event !== "" || data === "") return;
    if (take(JSON.parse(data))) stop.abort();
  },
  onclose: () => {
    throw new Error("ended early"); // Else the end of a response would be the end of all.
  },
});
tell();
