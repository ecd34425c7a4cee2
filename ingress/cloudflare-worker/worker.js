// The two streams through a Cloudflare Worker. If you have a Worker on these paths already, this goes first in its `fetch`.

const STREAMS = new Set([
  "/api/notifications",
  "/api/notifications/probe",
  "/api/ai/events",
  "/api/ai/events/probe",
]);

export default {
  async fetch(request) {
    if (!STREAMS.has(new URL(request.url).pathname)) {
      return notAStream(request);
    }
    // The response itself: its body is passed on as it comes. `await response.text()`, or anything else that reads the body
    // first, keeps everything to the end of the stream. To change a header: new Response(response.body, response).
    // The request itself: with it go Authorization, Last-Event-ID and Accept; a redirect to a login stays a redirect.
    // No `signal: request.signal`: without the flag enable_request_signal it keeps the replica from seeing that a client left.
    return fetch(request);
  },
};

// What your Worker does with everything else.
function notAStream(request) {
  return fetch(request);
}
