// A run of an agent by joinRun of TanStack AI: from its beginning, and on by itself after a lost
// connection, with the last id it was given. The token comes in the cookie millrace-token, or by
// the option `headers`.
import { fetchServerSentEvents } from "@tanstack/ai-client";

const RETRY_MS = 1000;
const query = new URLSearchParams(location.search);
const connection = fetchServerSentEvents(
  `/api/ai/events?${new URLSearchParams({ conversationId: query.get("conversation") })}`,
);
const shown = document.getElementById("run");

const say = (id, text) => {
  document.getElementById(id).textContent = text;
};

function part(className) {
  const element = document.createElement(className === "tool" ? "pre" : "span");
  element.className = className;
  return shown.appendChild(element);
}

/** Draws AG-UI events, in the order they come. */
class Drawing {
  #parts = new Map();

  draw(event) {
    switch (event.type) {
      case "TEXT_MESSAGE_CONTENT":
        this.#part(event.messageId, "text").textContent += event.delta;
        break;
      case "TOOL_CALL_START":
        this.#part(event.toolCallId, "tool").textContent = `${event.toolCallName} `;
        break;
      case "TOOL_CALL_ARGS":
        this.#part(event.toolCallId, "tool").textContent += event.delta;
        break;
      case "TOOL_CALL_RESULT":
        this.#part(event.toolCallId, "tool").textContent += ` → ${event.content}`;
        break;
      case "RUN_ERROR":
        say("error", event.message);
        break;
    }
  }

  #part(id, className) {
    if (!this.#parts.has(id)) this.#parts.set(id, part(className));
    return this.#parts.get(id);
  }
}

async function follow(run) {
  shown.replaceChildren();
  const drawing = new Drawing();
  say("status", "streaming");
  for await (const event of connection.joinRun(run)) drawing.draw(event);
  say("status", "ready");
}

for (let joined = false; !joined; ) {
  try {
    await follow(query.get("run"));
    joined = true;
  } catch (away) {
    // Nobody answered, or with a refusal: from the beginning, a little later.
    say("status", "error");
    say("error", away.message);
    await new Promise((resume) => setTimeout(resume, RETRY_MS));
  }
}
