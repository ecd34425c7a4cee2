import { DefaultChatTransport, readUIMessageStream } from "ai";
import { RUN, STREAM, headers, tell } from "./run.mjs";

const transport = new DefaultChatTransport({
  headers,
  prepareReconnectToStreamRequest: ({ headers }) => ({
    api: `${STREAM}&runId=${RUN}&profile=ui-message-stream`,
    headers,
  }),
});

let text = "";
let done = false;
while (!done) {
  try {
    const stream = await transport.reconnectToStream({ chatId: RUN });
    for await (const message of readUIMessageStream({ stream, terminateOnError: true })) {
      text = message.parts.filter(({ type }) => type === "text").map((part) => part.text).join("");
    }
    done = true;
  } catch (cut) {
    // From its beginning, again.
    if (!(cut instanceof TypeError)) throw cut;
  }
}
tell(text);
