// A run of an agent by useChat: resumed after a reload, and after a lost connection.
// The token comes in the cookie millrace-token, or by the option `headers` of the transport.
import { useEffect } from "react";
import { createRoot } from "react-dom/client";
import { useChat } from "@ai-sdk/react";
import { DefaultChatTransport } from "ai";

const RETRY_MS = 1000;
const query = new URLSearchParams(location.search);
const conversation = query.get("conversation");

// The run to go on with: the one that was asked for, else the one that is on the screen.
let run = query.get("run");

const transport = new DefaultChatTransport({
  prepareReconnectToStreamRequest: ({ id, headers }) => {
    const stream = new URLSearchParams({ conversationId: id, profile: "ui-message-stream" });
    if (run) stream.set("runId", run);
    return { api: `/api/ai/events?${stream}`, headers };
  },
});

// A connection that was lost, or a server that is away: not what the agent or a refusal says.
const isPassing = (error) => error instanceof TypeError || error?.statusCode >= 500;

function Chat() {
  const { messages, status, error, resumeStream } = useChat({
    id: conversation,
    transport,
    resume: true,
    throttle: 50,
  });
  run = messages.at(-1)?.id ?? run;

  useEffect(() => {
    if (status !== "error" || !isPassing(error)) return undefined;
    const timer = setTimeout(resumeStream, RETRY_MS);
    return () => clearTimeout(timer);
  }, [status, error, resumeStream]);

  return (
    <main>
      {messages.map(({ id, parts }) => (
        <article key={id}>
          {parts.map((part, i) => <Part key={i} part={part} />)}
        </article>
      ))}
      <p>
        <output id="status">{status}</output> {error && <span id="error">{error.message}</span>}
      </p>
    </main>
  );
}

function Part({ part }) {
  if (part.type === "text") return <span className="text">{part.text}</span>;
  if (part.type === "reasoning") return <blockquote>{part.text}</blockquote>;
  if (part.type.startsWith("tool-")) {
    return (
      <pre className="tool">
        {part.type.slice("tool-".length)} {JSON.stringify(part.input)} → {part.output ?? part.state}
      </pre>
    );
  }
  return null;
}

createRoot(document.getElementById("page")).render(<Chat />);
