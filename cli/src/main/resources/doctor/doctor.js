// The quick check of the doctor, from where the user's browser is: three phases of the probe
// (docs/probe.md), when each event was sent and when it arrived, and what that means.

const PHASES = [
  { name: "silence", events: 1, says: "silence: the head, two seconds of nothing, one event" },
  { name: "small", events: 10, says: "small: 200 bytes every 250 ms" },
  { name: "large", events: 6, says: "large: 3, 6 and 64 KiB every 300 ms" },
];
// The longest phase takes 2.3 s; what is not over long after is not going to be.
const PATIENCE_MS = 20_000;
const LATE_MS = 50;
const VERY_LATE_MS = 150;
// Half of the silence: a head that comes so late came with the event.
const HELD_HEAD_MS = 1_000;
// Shorter ones are lost in the noise of a busy machine.
const CONSTANT_DELAY_MS = 60;
const BATCH_GAP_MS = 60;

const byId = (id) => document.getElementById(id);
const randomHex = () =>
  [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Why there is nothing to look at: one sentence for the user. */
class Refused extends Error {}

/** One request of the probe, read to its end. Times are milliseconds since it was sent. */
async function probe(stream, token, phase, run) {
  const url = new URL(stream, location.href);
  url.pathname = `${url.pathname.replace(/\/$/, "")}/probe`;
  url.searchParams.set("phase", phase.name);
  url.searchParams.set("run", run);
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
  const result = { phase, events: [], cut: false };
  const started = performance.now();
  try {
    const response = await fetch(url, {
      headers: { Accept: "text/event-stream", ...(token && { Authorization: `Bearer ${token}` }) },
      // Beside a token, a cookie of another site would only be asked for permission.
      credentials: token ? "same-origin" : "include",
      signal: abort.signal,
    });
    result.head = performance.now() - started;
    await refuse(response, url);
    // Of another origin neither is shown, unless that origin says so.
    result.encoding = response.headers.get("Content-Encoding");
    result.age = Number(response.headers.get("Age") ?? 0);
    await readEvents(response, result, started, run);
  } catch (failure) {
    if (failure instanceof Refused) throw failure;
    if (result.head === undefined) throw new Refused(unreachable(url, abort.signal));
    result.cut = true;
  } finally {
    clearTimeout(timer);
  }
  result.end = performance.now() - started;
  return result;
}

function unreachable(url, signal) {
  if (signal.aborted) return `No answer from ${url.origin} within ${PATIENCE_MS / 1000} s: not even the head of one.`;
  return url.origin === location.origin
    ? `${url.origin} did not answer.`
    : `${url.origin} can't be reached from this page: it is down, its certificate is not trusted, or it does not allow the origin ${location.origin} (CORS).`;
}

async function refuse(response, url) {
  const type = response.headers.get("Content-Type") ?? "no content type";
  const isStream = type.startsWith("text/event-stream");
  if (response.ok && isStream) return;
  if (response.redirected || (response.ok && !isStream)) {
    throw new Refused(`${response.url} answered with ${type}, not a stream: a login page, or not the path of a stream.`);
  }
  const detail = await response.json().then((problem) => problem.detail, () => undefined);
  const why = {
    401: "the token is missing or not accepted",
    403: "the token, or this page's origin, is not allowed",
    404: "there is no probe (an older service, one where it is switched off, or a proxy that does not pass its path on)",
    429: "too many examinations at once: try again in a few seconds",
    502: "a proxy does not reach the service",
    504: "a proxy got no answer from the service in time",
  }[response.status];
  throw new Refused(`${url.pathname} answered ${response.status}: ${detail ?? why ?? response.statusText}.`);
}

async function readEvents(response, result, started, run) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const arrived = performance.now() - started;
    const frames = (text + part.value).split("\n\n");
    text = frames.pop();
    for (const frame of frames) {
      const data = frame.split("\n").find((line) => line.startsWith("data: "));
      if (frame.includes(": busy")) throw new Refused("The service takes no streams right now: it starts, goes away or is full. Try again in half a minute.");
      if (!data) continue;
      const event = JSON.parse(data.slice(6));
      result.seen ??= event.seen;
      result.connection = event.connection;
      result.foreign ||= event.run !== run;
      result.events.push({ seq: event.seq, bytes: event.bytes, sent: event.serverMillis, arrived });
    }
  }
}

/** Sets how late each event was, beyond the fastest word of the server in this examination. */
function judgeLateness(results) {
  const delays = results.flatMap(({ events, head, phase }) => [
    ...events.map((event) => event.arrived - event.sent),
    // Where the first event follows the head at once, they were sent at the same time.
    ...(phase.name !== "silence" && events.length > 0 ? [head - events[0].sent] : []),
  ]);
  const fastest = Math.min(...delays);
  for (const result of results) {
    result.fastest = fastest;
    for (const event of result.events) event.late = event.arrived - event.sent - fastest;
  }
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const round = (ms) => Math.round(ms);

/** Arrivals further apart than a moment: one for each event where nothing holds them together. */
const batches = (events) =>
  events.filter((event, n) => n === 0 || event.arrived - events[n - 1].arrived > BATCH_GAP_MS).length;

/** What the times mean, worst first. */
function findings(results) {
  const [silence, small, large] = results;
  const found = [];
  const answered = results.filter((result) => result.events.length > 0);
  const connections = new Set(answered.map((result) => result.connection));
  if (results.some((result) => result.foreign || result.age > 0) || connections.size < answered.length) {
    found.push("The answer is not of this request: a cache between this browser and the service gives one client what was for another. This is a security fault.");
  }
  const early = results.filter((result) => result.cut || result.events.length < result.phase.events);
  if (early.length > 0) {
    found.push(`The stream broke off: ${early.map(({ phase, events, end }) => `${phase.name} after ${round(end)} ms with ${events.length} of ${phase.events} events`).join(", ")}.`);
  } else {
    found.push(...held(silence, small, large));
  }
  const encoding = results.find((result) => result.encoding)?.encoding;
  if (encoding) found.push(`The stream is compressed (${encoding}), which the service does not do: a compressor holds events until it has a block of them.`);
  if (results.some((result) => result.seen?.protocol === "HTTP/1.0")) {
    found.push("The last hop speaks HTTP/1.0 to the service: set it to HTTP/1.1 (in nginx, proxy_http_version 1.1).");
  }
  return found;
}

function held(silence, small, large) {
  const late = small.events.map((event) => event.late);
  const groups = batches(small.events);
  if (groups === 1) {
    return [`Something between this browser and the service holds a response until it ends: events sent over ${round(small.events.at(-1).sent - small.events[0].sent)} ms arrived together, the first of them ${round(late[0])} ms late. A proxy buffers.`];
  }
  if (groups <= small.events.length - 3 && late.filter((ms) => ms > VERY_LATE_MS).length >= 3) {
    return [`Something between this browser and the service holds events together: ${small.events.length} of them arrived in ${groups} batches, up to ${round(Math.max(...late))} ms late. A proxy buffers or compresses.`];
  }
  const found = [];
  if (silence.head - silence.fastest > HELD_HEAD_MS) {
    found.push(`The head of the response is held back until its first event: it came after ${round(silence.head)} ms of silence. Until then EventSource does not open.`);
  }
  if (median(late) > CONSTANT_DELAY_MS && late.filter((ms) => ms > LATE_MS).length >= 8) {
    found.push(`Each event is held for about ${round(median(late))} ms: a proxy waits for more to send along (in HAProxy, option http-no-delay is missing; elsewhere, a flush interval).`);
  } else if (large.events.filter((event) => event.bytes > 4096 && event.late > VERY_LATE_MS).length >= 2) {
    const worst = Math.max(...large.events.map((event) => event.late));
    found.push(`The end of large events waits for what comes next, up to ${round(worst)} ms: it stays in the buffer of a proxy (in nginx, proxy_buffering is on).`);
  }
  return found;
}

function tell(verdict, text) {
  const element = byId("verdict");
  element.hidden = text === "";
  element.dataset.verdict = verdict;
  element.textContent = text;
}

function show(results) {
  const [worst, ...others] = findings(results);
  if (worst) {
    tell("found", worst);
  } else {
    const slowest = Math.max(...results.flatMap((result) => result.events.map((event) => event.late)));
    tell("clean", `Nothing between this browser and the service holds events back: each arrived as it was sent, the slowest ${round(slowest)} ms behind the fastest.`);
  }
  byId("findings").hidden = others.length === 0;
  byId("findings").replaceChildren(...others.map((text) => html("li", text)));
  byId("timelines").replaceChildren(...results.map(timeline));
  byId("numbers").replaceChildren(...results.flatMap(({ phase, events }) => events.map((event) => {
    const row = document.createElement("tr");
    row.append(...[phase.name, event.seq, event.bytes, round(event.sent), round(event.arrived), round(event.late)].map((cell) => html("td", cell)));
    return row;
  })));
  byId("picture").hidden = false;
}

function html(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const WIDTH = 720, LEFT = 60, RIGHT = 24, SENT_Y = 22, ARRIVED_Y = 78, AXIS_Y = 104;

/** The picture of one phase: when each event was sent above, when it arrived below. */
function timeline({ phase, events, head, end, fastest }) {
  const longest = Math.max(2_000, end, ...events.map((event) => event.sent + fastest));
  const x = (ms) => LEFT + ((WIDTH - LEFT - RIGHT) * ms) / longest;
  const step = longest > 8_000 ? 2_000 : longest > 4_000 ? 1_000 : 500;
  const ticks = Array.from({ length: Math.floor(longest / step) + 1 }, (_, n) => n * step).flatMap((ms) => [
    svg("line", { class: "axis", x1: x(ms), x2: x(ms), y1: 8, y2: AXIS_Y - 12 }),
    svg("text", { x: x(ms), y: AXIS_Y, "text-anchor": "middle" }, ms === 0 ? "0" : `${ms / 1000} s`),
  ]);
  const rows = [["sent", SENT_Y], ["arrived", ARRIVED_Y]].flatMap(([name, y]) => [
    svg("line", { class: "row", x1: LEFT, x2: WIDTH - RIGHT, y1: y, y2: y }),
    svg("text", { x: 0, y: y + 4 }, name),
  ]);
  const marks = events.map((event) => {
    const sent = x(event.sent + fastest);
    const kind = event.late > VERY_LATE_MS ? "bad" : event.late > LATE_MS ? "wait" : "good";
    const size = 3 + Math.log2(1 + event.bytes / 1024) / 2;
    return svg("g", { class: kind },
      svg("title", {}, `event ${event.seq}, ${event.bytes} bytes, ${round(event.late)} ms late`),
      svg("line", { class: "link", x1: sent, x2: x(event.arrived), y1: SENT_Y, y2: ARRIVED_Y }),
      svg("circle", { class: "sent", cx: sent, cy: SENT_Y, r: size }),
      svg("circle", { class: "mark", cx: x(event.arrived), cy: ARRIVED_Y, r: size }));
  });
  const headMark = svg("g", { class: "head" }, svg("rect", { class: "mark", x: x(head) - 2, y: ARRIVED_Y - 9, width: 4, height: 18 }));
  const figure = document.createElement("figure");
  figure.append(
    html("figcaption", phase.says),
    svg("svg", { viewBox: `0 0 ${WIDTH} ${AXIS_Y + 6}`, role: "img", "aria-label": `${phase.name}: ${events.length} events, the latest ${round(Math.max(0, ...events.map((event) => event.late)))} ms late` },
      ...ticks, ...rows, headMark, ...marks));
  return figure;
}

async function examine(prefix = "") {
  const run = randomHex();
  const results = [];
  for (const phase of PHASES) {
    tell("", `${prefix}Listening (${phase.says}) …`);
    results.push(await probe(byId("stream").value.trim(), byId("token").value.trim(), phase, run));
  }
  if (results.every((result) => result.events.length === 0)) throw new Refused("The stream opened and nothing came.");
  judgeLateness(results);
  return results;
}

/** A busy machine is late by itself: nobody is accused of what was not there a second time. */
async function examineWithCare() {
  const first = await examine();
  if (findings(first).length === 0) return first;
  const second = await examine("Something was found. To be sure, a second time: ");
  return findings(second).length < findings(first).length ? second : first;
}

byId("stream").value = new URLSearchParams(location.search).get("stream") ?? byId("stream").value;

byId("examine-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  byId("examine").disabled = true;
  byId("picture").hidden = true;
  byId("findings").hidden = true;
  try {
    show(await examineWithCare());
  } catch (failure) {
    tell("refused", failure instanceof Refused ? failure.message : `The page itself failed: ${failure.message}`);
  } finally {
    byId("examine").disabled = false;
  }
});
