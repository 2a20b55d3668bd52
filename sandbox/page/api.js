// Talks to the sandbox: reads snapshots, acts as people, listens for changes.

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

/** Do something as a person; throws Refusal with the reason. */
export function act(person, what, fields = {}) {
  const body = JSON.stringify({ as: person, do: what, ...fields });
  return asked("/_sim/act", { method: "POST", headers: { "Content-Type": "application/json" }, body });
}

export function fileUrl(id) {
  return `/_sim/file/${encodeURIComponent(id)}`;
}

/** Call `hear` with every notice, `meet` with the world's name at each connection and `lose` when it breaks. */
export function listen({ hear, meet, lose }) {
  const socket = new WebSocket(`ws://${location.host}/_sim/events`);
  socket.addEventListener("message", (event) => {
    const notice = JSON.parse(event.data);
    if (notice.world) meet(notice.world);
    else hear(notice);
  });
  socket.addEventListener("close", () => {
    lose();
    setTimeout(() => listen({ hear, meet, lose }), 1000);
  });
}
