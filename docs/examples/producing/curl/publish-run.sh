#!/bin/sh
# Publishes a run of an agent over HTTP: TOKEN=... publish-run.sh URL CONVERSATION
# The token needs the role "publisher". 202 comes once every in-sync replica has the event.
set -eu
url=$1 conversation=$2
run=$(date +%s)-$$

publish() {
  curl --fail-with-body --silent --show-error --output /dev/null --header "Authorization: Bearer $TOKEN" \
    --json "$1" "$url/api/ai/events?key=$conversation&runid=$run"
}

publish "{\"type\":\"RUN_STARTED\",\"threadId\":\"$conversation\",\"runId\":\"$run\"}"
publish "{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"$run-1\",\"role\":\"assistant\"}"
publish "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"$run-1\",\"delta\":\"Hello \"}"
publish "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"$run-1\",\"delta\":\"world\"}"
publish "{\"type\":\"TEXT_MESSAGE_END\",\"messageId\":\"$run-1\"}"
publish "{\"type\":\"RUN_FINISHED\",\"threadId\":\"$conversation\",\"runId\":\"$run\"}"
