// The demo page of `millrace up`: native EventSources, a cookie session, some buttons.

const byId = (id) => document.getElementById(id);
const now = () => Date.now();

/** Post JSON to one of the endpoints only this page may use. */
async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(problem.title ?? `the gateway answered ${response.status}`);
  }
  return response.status === 204 ? null : response.json();
}

const startSession = () => post("/demo/session", { user: byId("user").value });

function tellProblem(text) {
  byId("problem").textContent = text;
  byId("problem").hidden = text === "";
}

/** One stream: the EventSource, and the numbers shown about it. */
class Surface {
  // An event under another name reaches a native EventSource only if someone asked for that name.
  static CONTROL = ["stream.reset", "stream.checkpoint", "stream.reconnect", "stream.end"];
  // A refused EventSource gives up for good; this is how long the page waits before it makes another.
  static REOPEN_MS = 3000;
  static LATENCIES = 50;

  constructor(name, url, onEvent) {
    this.name = name;
    this.url = url;
    this.onEvent = onEvent;
    this.types = new Set(["message"]);
    this.forget();
  }

  forget() {
    this.lastId = "";
    this.opened = 0;
    this.count = 0;
    this.latencies = [];
    this.show("count", "0");
    this.show("reconnects", "0");
    this.show("latency", "–");
    this.show("last-id", "–");
  }

  show(fact, text) {
    byId(`${this.name}-${fact}`).textContent = text;
  }

  state(state, text = state) {
    const element = byId(`${this.name}-state`);
    element.dataset.state = state;
    if (element.textContent !== text) element.textContent = text;
  }

  /** Hear events of this type too. */
  hear(type) {
    if (this.types.has(type)) return;
    this.types.add(type);
    this.source?.addEventListener(type, (event) => this.take(event));
  }

  open() {
    this.close();
    const url = new URL(this.url, location.href);
    // A new EventSource cannot set the header a reconnecting one sends by itself.
    if (this.lastId) url.searchParams.set("lastEventId", this.lastId);
    this.state("connecting");
    const source = new EventSource(url);
    this.source = source;
    source.onopen = () => {
      this.opened += 1;
      this.show("reconnects", String(this.opened - 1));
    };
    source.onerror = () => this.lost(source);
    for (const type of [...this.types, ...Surface.CONTROL]) {
      source.addEventListener(type, (event) => this.take(event));
    }
    source.addEventListener("open", () => this.state("live"));
  }

  close() {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = undefined;
    this.state("closed", "disconnected");
  }

  lost(source) {
    if (source !== this.source) return;
    this.state("connecting", "reconnecting");
    if (source.readyState !== EventSource.CLOSED || this.ended) return;
    this.state("refused");
    this.timer = setTimeout(async () => {
      try {
        await startSession(); // It may be the session that was over.
      } catch (problem) {
        tellProblem(problem.message);
      }
      this.open();
    }, Surface.REOPEN_MS);
  }

  take(event) {
    const arrived = now();
    if (event.lastEventId) {
      this.lastId = event.lastEventId;
      this.show("last-id", this.lastId);
    }
    const data = parse(event.data);
    if (event.type === "stream.end") this.close();
    if (event.type === "stream.reset") this.onEvent({ reset: data?.reason ?? "unknown" });
    if (Surface.CONTROL.includes(event.type)) return;
    this.count += 1;
    this.show("count", String(this.count));
    this.onEvent({ type: event.type, data, latency: this.latency(data, arrived) });
  }

  latency(data, arrived) {
    const sent = data?.sentAt ?? data?.timestamp;
    if (typeof sent !== "number") return undefined;
    const latency = Math.max(0, arrived - sent);
    this.latencies = [...this.latencies, latency].slice(-Surface.LATENCIES);
    const sorted = [...this.latencies].sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)];
    this.show("latency", `${latency} ms`);
    byId(`${this.name}-latency`).append(element("small", "", ` median ${median}`));
    byId(`${this.name}-latency`).dataset.median = String(median);
    return latency;
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

// Notifications: the newest on top.
const MOST_SHOWN = 100;

function showNotification({ reset, type, data, latency }) {
  byId("notifications-empty").hidden = true;
  const item = document.createElement("li");
  if (reset) {
    item.className = "note";
    item.append(element("span", "what", `The server could not prove continuity (${reset}). Live from here.`));
  } else {
    const title = typeof data?.title === "string" ? data.title : JSON.stringify(data);
    item.append(
      element("span", "what", title),
      element("span", "took", latency === undefined ? "" : `${latency} ms`),
      element("span", "about", [type === "message" ? "no type" : type, data?.to && `to ${data.to}`].filter(Boolean).join(" · ")),
    );
  }
  const list = byId("notifications-list");
  list.prepend(item);
  while (list.children.length > MOST_SHOWN) list.lastChild.remove();
}

// An AI run as one device shows it: AG-UI events make messages and tool calls.
class RunView {
  constructor(run, state, empty) {
    this.run = run;
    this.state = state;
    this.empty = empty;
    this.clear();
  }

  clear() {
    this.run.replaceChildren();
    this.run.removeAttribute("aria-busy");
    this.parts = new Map();
    this.characters = 0;
    this.state.textContent = "";
    this.empty.hidden = false;
  }

  part(id, className) {
    if (!this.parts.has(id)) {
      const made = element("div", className, "");
      this.parts.set(id, made);
      this.run.append(made);
    }
    return this.parts.get(id);
  }

  tool(id) {
    return this.part(id, "tool");
  }

  show({ reset, data }) {
    this.empty.hidden = true;
    if (reset) {
      this.state.textContent = `The server could not prove continuity (${reset}). Live from here.`;
      return;
    }
    switch (data?.type) {
      case "RUN_STARTED":
        this.clear();
        this.empty.hidden = true;
        this.run.setAttribute("aria-busy", "true");
        this.state.textContent = `Run ${data.runId} started`;
        break;
      case "TEXT_MESSAGE_START":
        this.part(data.messageId, "message").classList.add("open");
        break;
      case "TEXT_MESSAGE_CONTENT":
        this.part(data.messageId, "message").append(data.delta);
        this.characters += data.delta.length;
        break;
      case "TEXT_MESSAGE_END":
        this.part(data.messageId, "message").classList.remove("open");
        break;
      case "TOOL_CALL_START":
        this.tool(data.toolCallId).append(element("b", "", data.toolCallName), " ");
        break;
      case "TOOL_CALL_ARGS":
        this.tool(data.toolCallId).append(data.delta);
        break;
      case "TOOL_CALL_RESULT":
        this.tool(data.toolCallId).append(" → ", data.content);
        break;
      case "RUN_FINISHED":
      case "RUN_ERROR":
        this.run.removeAttribute("aria-busy");
        this.state.textContent =
          data.type === "RUN_FINISHED" ? `Run ${data.runId ?? ""} finished${this.proof(data.result)}` : `The run failed: ${data.message}`;
        break;
      default: // Other AG-UI events have nothing to show here.
    }
    this.run.scrollTop = this.run.scrollHeight;
  }

  /** The last event of our runs tells how long their text is. */
  proof(result) {
    if (typeof result?.characters !== "number") return "";
    return this.characters === result.characters
      ? `, all ${result.characters} characters are here`
      : `, but ${this.characters} characters are here, not ${result.characters}`;
  }
}

/** A stream of the conversation; its name in the query is for the gateway, which knows by it whom to kill. */
const conversation = (view, more = "") => `/api/ai/events?conversationId=c1&view=${view}${more}`;
const VIEW = crypto.randomUUID();

const firstView = new RunView(byId("run"), byId("run-state"), byId("ai-empty"));
const secondView = new RunView(byId("second-run"), byId("second-run-state"), byId("second-empty"));
const notifications = new Surface("notifications", "/api/notifications", showNotification);
const ai = new Surface("ai", conversation(VIEW), (event) => firstView.show(event));
const second = new Surface("second", conversation(crypto.randomUUID(), "&from=run"), (event) => secondView.show(event));
for (const option of byId("publish-type").options) if (option.value) notifications.hear(option.value);

async function connect() {
  try {
    await startSession();
    tellProblem("");
    notifications.open();
    ai.open();
  } catch (problem) {
    tellProblem(`No session: ${problem.message}`);
  }
}

byId("user").addEventListener("change", () => {
  byId("notifications-list").replaceChildren();
  byId("notifications-empty").hidden = false;
  notifications.forget();
  ai.forget();
  firstView.clear();
  byId("publish-to").value = `user:${byId("user").value}`;
  if (byId("pause").getAttribute("aria-pressed") === "false") connect();
  if (!byId("second-device").hidden) join(second, secondView);
});

byId("pause").addEventListener("click", () => {
  const paused = byId("pause").getAttribute("aria-pressed") === "false";
  byId("pause").setAttribute("aria-pressed", String(paused));
  byId("pause").textContent = paused ? "Connect" : "Disconnect";
  if (paused) {
    notifications.close();
    ai.close();
  } else {
    connect();
  }
});

/** As a page does that was just loaded: it knows nothing, and is given the run in progress from its beginning. */
function join(surface, view) {
  surface.forget();
  view.clear();
  surface.open();
}

byId("reload").addEventListener("click", () => join(ai, firstView));

byId("second").addEventListener("click", () => {
  const device = byId("second-device");
  device.hidden = !device.hidden;
  byId("second").setAttribute("aria-pressed", String(!device.hidden));
  if (device.hidden) second.close();
  else join(second, secondView);
});

byId("kill").addEventListener("click", async () => {
  const result = byId("kill-result");
  try {
    const { replica } = await post("/demo/kill", { view: VIEW });
    result.textContent = `${replica} was killed, and is started again. Another one goes on.`;
  } catch (problem) {
    result.textContent = `Nothing was killed: ${problem.message}`;
  }
});

byId("publish-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const to = byId("publish-to").value;
  const result = byId("publish-result");
  byId("publish").disabled = true;
  try {
    const where = await post("/demo/publish", {
      topic: "notifications",
      key: to,
      type: byId("publish-type").value,
      data: { title: byId("publish-title").value, to },
    });
    result.textContent = `In Kafka: partition ${where.partition}, offset ${where.offset}`;
  } catch (problem) {
    result.textContent = `Not published: ${problem.message}`;
  } finally {
    byId("publish").disabled = false;
  }
});

// A run as an agent would publish it, one record per event.
const TOKEN_MS = 35;
const FIRST_ANSWER = "Let me look up order 4711 for you.";
const SECOND_ANSWER =
  "Good news: it left the warehouse this morning and should reach you tomorrow before noon. " +
  "While I am at it, here is what you are looking at. " +
  "Every word you just read was one record in Kafka and one event in this stream. " +
  "Nobody keeps a queue for you: the conversation lies in the log, and this page has a place in it, which is the last event id above. " +
  "Press Reload, and the page forgets everything; the server knows where this run began, and writes it down again from there, " +
  "many words at once until it has caught up with me. " +
  "Press Second device, and another screen joins in the middle without missing the beginning. " +
  "Press Kill the replica, and the very process that feeds this stream is gone, without a chance to say goodbye. " +
  "The browser comes back by itself after a moment, tells the last event id to whoever answers, " +
  "and any replica can go on from it, for all of them read the same log. " +
  "When I am done, my last event tells how long my text was, so that each screen can tell whether it has all of it. " +
  "Disconnect while it is written and connect again: the text goes on where you left it.";

function* agentRun() {
  const id = crypto.randomUUID().slice(0, 8);
  const message = function* (messageId, text) {
    yield { type: "TEXT_MESSAGE_START", messageId, role: "assistant" };
    for (const delta of text.match(/\S+\s*/g)) yield { type: "TEXT_MESSAGE_CONTENT", messageId, delta };
    yield { type: "TEXT_MESSAGE_END", messageId };
  };
  yield { type: "RUN_STARTED", threadId: "c1", runId: id };
  yield* message(`${id}-1`, FIRST_ANSWER);
  yield { type: "TOOL_CALL_START", toolCallId: `${id}-t`, toolCallName: "find_order", parentMessageId: `${id}-1` };
  yield { type: "TOOL_CALL_ARGS", toolCallId: `${id}-t`, delta: '{"order":4711}' };
  yield { type: "TOOL_CALL_END", toolCallId: `${id}-t` };
  yield { type: "TOOL_CALL_RESULT", messageId: `${id}-r`, toolCallId: `${id}-t`, content: "shipped today" };
  yield* message(`${id}-2`, SECOND_ANSWER);
  yield { type: "RUN_FINISHED", threadId: "c1", runId: id, result: { characters: FIRST_ANSWER.length + SECOND_ANSWER.length } };
}

byId("play").addEventListener("click", async () => {
  byId("play").disabled = true;
  try {
    for (const data of agentRun()) {
      await post("/demo/publish", { topic: "ai-events", key: "c1", data });
      await new Promise((resume) => setTimeout(resume, TOKEN_MS));
    }
  } catch (problem) {
    byId("run-state").textContent = `The run stopped: ${problem.message}`;
  } finally {
    byId("play").disabled = false;
  }
});

connect();
