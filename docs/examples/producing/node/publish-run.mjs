// Publishes a run of an agent: node publish-run.mjs HOST:PORT CONVERSATION
import { randomUUID } from "node:crypto";
import { Producer, stringSerializers } from "@platformatic/kafka";

const [bootstrap, conversation] = process.argv.slice(2);
const runId = randomUUID();
const messageId = randomUUID();
const producer = new Producer({
  clientId: "my-agent",
  bootstrapBrokers: [bootstrap],
  serializers: stringSerializers,
  idempotent: true, // acks=all; a retry repeats nothing and changes no order
});

const publish = (event) =>
  producer.send({
    messages: [
      // The conversation is the key: all its events go to one partition, so they stay in order.
      { topic: "ai-events", key: conversation, value: JSON.stringify(event), headers: { runid: runId } },
    ],
  });

await publish({ type: "RUN_STARTED", threadId: conversation, runId });
await publish({ type: "TEXT_MESSAGE_START", messageId, role: "assistant" });
for (const delta of ["Hello ", "world"]) {
  await publish({ type: "TEXT_MESSAGE_CONTENT", messageId, delta });
}
await publish({ type: "TEXT_MESSAGE_END", messageId });
await publish({ type: "RUN_FINISHED", threadId: conversation, runId });
await producer.close();
