// What every client here is asked to do: read one run, and tell its text. The first argument is the client.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"

	launchdarkly "github.com/launchdarkly/eventsource"
	"github.com/r3labs/sse/v2"
)

type run struct{ text string }

// take reads an AG-UI event and says whether the run is over.
func (r *run) take(name, data string) bool {
	// Both clients make events of heartbeats or of the server's "retry:" alone.
	if data == "" || strings.HasPrefix(name, "stream.") {
		return false
	}
	var event struct{ Type, Delta string }
	if err := json.Unmarshal([]byte(data), &event); err != nil {
		log.Fatalf("%v in %q", err, data)
	}
	if event.Type == "TEXT_MESSAGE_CONTENT" {
		r.text += event.Delta
	}
	return event.Type == "RUN_FINISHED"
}

func main() {
	stream, bearer := os.Getenv("STREAM"), "Bearer "+os.Getenv("TOKEN")
	r := &run{}
	switch os.Args[1] {
	case "r3labs":
		readR3labs(r, stream, bearer)
	case "launchdarkly":
		readLaunchdarkly(r, stream, bearer)
	}
	fmt.Print(r.text)
}

func readR3labs(r *run, stream, bearer string) {
	source := sse.NewClient(stream)
	source.Headers["Authorization"] = bearer
	over := make(chan struct{})
	go func() {
		err := source.SubscribeRaw(func(event *sse.Event) {
			if r.take(string(event.Event), string(event.Data)) {
				close(over)
			}
		})
		if err != nil {
			log.Fatal(err)
		}
	}()
	<-over
}

func readLaunchdarkly(r *run, stream, bearer string) {
	request, err := http.NewRequest(http.MethodGet, stream, nil)
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Authorization", bearer)
	source, err := launchdarkly.SubscribeWithRequestAndOptions(request,
		launchdarkly.StreamOptionErrorHandler(
			func(error) launchdarkly.StreamErrorHandlerResult { return launchdarkly.StreamErrorHandlerResult{} }))
	if err != nil {
		log.Fatal(err)
	}
	defer source.Close()
	for event := range source.Events {
		if r.take(event.Event(), event.Data()) {
			return
		}
	}
}
