"""Publishes a run of an agent: python publish_run.py HOST:PORT CONVERSATION"""

import json
import sys
import uuid

from confluent_kafka import Producer

bootstrap, conversation = sys.argv[1:]
run, message = str(uuid.uuid4()), str(uuid.uuid4())
producer = Producer({
    "bootstrap.servers": bootstrap,
    "enable.idempotence": True,  # acks=all; a retry repeats nothing and changes no order
    "linger.ms": 0,
})


def delivered(error, _):
    if error:
        sys.exit(f"not published: {error}")


def publish(**event):
    # The conversation is the key: all its events go to one partition, so they stay in order.
    producer.produce("ai-events", key=conversation, value=json.dumps(event),
                     headers={"runid": run}, on_delivery=delivered)
    producer.poll(0)


publish(type="RUN_STARTED", threadId=conversation, runId=run)
publish(type="TEXT_MESSAGE_START", messageId=message, role="assistant")
for delta in ("Hello ", "world"):
    publish(type="TEXT_MESSAGE_CONTENT", messageId=message, delta=delta)
publish(type="TEXT_MESSAGE_END", messageId=message)
publish(type="RUN_FINISHED", threadId=conversation, runId=run)
producer.flush()
