import httpx
from httpx_sse import connect_sse

from run import STREAM, Run

run = Run()
with httpx.Client(timeout=httpx.Timeout(10, read=60)) as client:
    while not run.over:
        try:
            with connect_sse(client, "GET", STREAM, headers=run.headers()) as source:
                for event in source.iter_sse():
                    run.take(event)
                    if run.over:
                        break
        except httpx.TransportError:
            pass  # It does not reconnect by itself.
run.tell()
