import { createEventSource } from "eventsource-client";
import { STREAM, headers, take, tell } from "./run.mjs";

const source = createEventSource({ url: STREAM, headers });
for await (const { event, data } of source) {
  if (event === undefined && take(JSON.parse(data))) break;
}
source.close();
tell();
