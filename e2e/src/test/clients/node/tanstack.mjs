import { fetchServerSentEvents } from "@tanstack/ai-client";
import { RUN, STREAM, headers, take, tell } from "./run.mjs";

const connection = fetchServerSentEvents(STREAM, { headers });
for await (const chunk of connection.joinRun(RUN)) {
  if (take(chunk)) break;
}
tell();
