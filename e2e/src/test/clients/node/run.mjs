// What every client here is asked to do: read one run, and tell its text.
// STREAM is the address of the conversation's stream, TOKEN the caller's, RUN the run's id.
export const { STREAM, TOKEN, RUN } = process.env;
export const headers = { Authorization: `Bearer ${TOKEN}` };

let text = "";

/** Takes an AG-UI event; true once the run is over. */
export function take(event) {
  if (event.type === "TEXT_MESSAGE_CONTENT") text += event.delta;
  return event.type === "RUN_FINISHED";
}

/** Tells what was taken, or what the client itself has put together. */
export function tell(whole = text) {
  process.stdout.write(whole, () => process.exit(0));
}
