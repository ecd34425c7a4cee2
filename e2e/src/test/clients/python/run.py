"""What every client here is asked to do: read one run, and tell its text."""

import json
import os
import sys

STREAM, TOKEN = os.environ["STREAM"], os.environ["TOKEN"]


class Run:
    """The text so far, and the id to go on from."""

    def __init__(self):
        self.text, self.over, self.last_event_id = "", False, None

    def headers(self):
        """Those of the next request."""
        headers = {"Authorization": f"Bearer {TOKEN}"}
        if self.last_event_id:
            headers["Last-Event-ID"] = self.last_event_id
        return headers

    def take(self, event):
        if event.id:
            self.last_event_id = event.id
        # Some clients make an event of the server's "retry:" alone.
        if not event.data or event.event.startswith("stream."):
            return
        data = json.loads(event.data)
        if data["type"] == "TEXT_MESSAGE_CONTENT":
            self.text += data["delta"]
        self.over = data["type"] == "RUN_FINISHED"

    def tell(self):
        sys.stdout.buffer.write(self.text.encode())
