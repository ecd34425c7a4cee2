import { Client } from "@langchain/langgraph-sdk";
import { STREAM, headers, take, tell } from "./run.mjs";

// Its addresses are those of another server: its fetch option leads them here.
const client = new Client({
  apiUrl: new URL(STREAM).origin,
  defaultHeaders: headers,
  callerOptions: { fetch: (_, init) => fetch(STREAM, init) },
});

let lastEventId;
for (let over = false; !over; ) {
  try {
    for await (const { id, event, data } of client.threads.joinStream("c1", { lastEventId })) {
      if (id) lastEventId = id;
      // Heartbeats reach it as events without a name and data.
      if (data && !event?.startsWith("stream.") && take(data)) {
        over = true;
        break;
      }
    }
  } catch (cut) {
    if (lastEventId === undefined) throw cut;
  }
}
tell();
