// Publishes a run of an agent: go run . HOST:PORT CONVERSATION
package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"log"
	"os"

	"github.com/twmb/franz-go/pkg/kgo"
)

type event map[string]string

func main() {
	bootstrap, conversation := os.Args[1], os.Args[2]
	run, message := rand.Text(), rand.Text()
	// Idempotent and acks=all by default: a retry repeats nothing and changes no order.
	client, err := kgo.NewClient(kgo.SeedBrokers(bootstrap))
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	for _, event := range []event{
		{"type": "RUN_STARTED", "threadId": conversation, "runId": run},
		{"type": "TEXT_MESSAGE_START", "messageId": message, "role": "assistant"},
		{"type": "TEXT_MESSAGE_CONTENT", "messageId": message, "delta": "Hello "},
		{"type": "TEXT_MESSAGE_CONTENT", "messageId": message, "delta": "world"},
		{"type": "TEXT_MESSAGE_END", "messageId": message},
		{"type": "RUN_FINISHED", "threadId": conversation, "runId": run},
	} {
		value, err := json.Marshal(event)
		if err != nil {
			log.Fatal(err)
		}
		// The conversation is the key: all its events go to one partition, so they stay in order.
		record := &kgo.Record{
			Topic:   "ai-events",
			Key:     []byte(conversation),
			Value:   value,
			Headers: []kgo.RecordHeader{{Key: "runid", Value: []byte(run)}},
		}
		if err := client.ProduceSync(context.Background(), record).FirstErr(); err != nil {
			log.Fatal(err)
		}
	}
}
