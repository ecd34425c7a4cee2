import { HttpAgent } from "@ag-ui/client";
import { STREAM, headers, take, tell } from "./run.mjs";

const agent = new HttpAgent({
  url: STREAM,
  fetch: (url, init) => fetch(url, { method: "GET", headers, signal: init.signal }),
});
await new Promise((resolve, reject) => {
  agent.runAgent({}, {
    onEvent: ({ event }) => {
      if (take(event)) resolve();
    },
  }).catch(reject);
});
tell();
