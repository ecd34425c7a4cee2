import requests
import sseclient

from run import STREAM, Run

run = Run()
while not run.over:
    try:
        response = requests.get(STREAM, headers=run.headers(), stream=True, timeout=60)
        for event in sseclient.SSEClient(response).events():
            run.take(event)
            if run.over:
                break
    except requests.RequestException:
        pass  # It does not reconnect by itself.
run.tell()
