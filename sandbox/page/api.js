// Talks to the sandbox: reads snapshots, acts as people, steers the world, listens for changes.

export class Refusal extends Error {}

async function answered(response) {
  let body;
  try {
    body = await response.json();
  } catch {
    throw new Refusal(`The sandbox answered ${response.status}.`);
  }
  if (!response.ok) throw new Refusal(body.error ?? body.description ?? `The sandbox answered ${response.status}.`);
  return body;
}

async function asked(path, options) {
  try {
    return await answered(await fetch(path, options));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal("The sandbox does not answer.");
  }
}

/** Read `/_sim/<what>` with query parameters; throws Refusal with the reason. */
export function read(what, parameters = {}) {
  return asked(`/_sim/${what}?${new URLSearchParams(parameters)}`);
}

/** Send JSON to `/_sim/<what>`; throws Refusal with the reason. */
export function send(what, fields, method = "POST") {
  return asked(`/_sim/${what}`, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(fields) });
}

/** Do something as a person; throws Refusal with the reason. */
export function act(person, what, fields = {}) {
  return send("act", { as: person, do: what, ...fields });
}

export function fileUrl(id) {
  return `/_sim/file/${encodeURIComponent(id)}`;
}

/** Let a function run once for many calls, at the next frame; in a hidden page, where no frames come, soon. */
export function onceAFrame(run) {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    const go = () => {
      isDue = false;
      run();
    };
    if (document.hidden) setTimeout(go, 200);
    else requestAnimationFrame(go);
  };
}

/** Call `hear` with the notices of each frame, `meet` with the world's name at each connection, `lose` when it breaks. */
export function listen({ hear, meet, lose }) {
  const socket = new WebSocket(`ws://${location.host}/_sim/events`);
  let waiting = [];
  const deliver = onceAFrame(() => {
    const notices = waiting;
    waiting = [];
    hear(merged(notices));
  });
  socket.addEventListener("message", (event) => {
    const notice = JSON.parse(event.data);
    if (notice.world) return meet(notice.world);
    waiting.push(notice);
    return deliver();
  });
  socket.addEventListener("close", () => {
    lose();
    setTimeout(() => listen({ hear, meet, lose }), 1000);
  });
}

/** Put notices together: lists one after the other, flags as they are; of one message only the last state counts. */
function merged(notices) {
  const whole = {};
  for (const notice of notices) {
    for (const [name, value] of Object.entries(notice)) {
      whole[name] = Array.isArray(value) ? [...(whole[name] ?? []), ...value] : value;
    }
  }
  if (whole.messages) {
    const last = new Map();
    for (const message of whole.messages) {
      const key = `${message.chat} ${message.id}`;
      last.delete(key);
      last.set(key, message);
    }
    // What is gone must not come back: a message that was deleted after it was shown.
    for (const { chat, id } of whole.deleted ?? []) last.delete(`${chat} ${id}`);
    whole.messages = [...last.values()];
  }
  return whole;
}
