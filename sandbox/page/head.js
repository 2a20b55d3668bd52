// What stands above an open chat, and the buttons of a window.

import { avatar, h, icon, iconButton, plural } from "./dom.js";
import { oneLine } from "./messages.js";

const ROLES = { creator: "you are the owner", administrator: "you are an admin" };

/** Draw the line with the chat's name; `on` holds openList(), leave(), block(isBlocked). */
export function drawHead(head, chat, typing, on) {
  const isGroup = chat.kind === "group";
  const about = isGroup ? [plural(chat.members, "member"), ROLES[chat.status]].filter(Boolean).join(" · ") : `bot · @${chat.username}`;
  const toList = iconButton("list", "Chats", { class: "icon-button to-list", "data-testid": "open-list", onclick: on.openList });
  toList.append(h("span", { class: "badge list-badge", hidden: true }));
  head.replaceChildren(...[
    toList,
    avatar({ id: chat.id, name: chat.title, shape: isGroup ? "is-group" : "is-bot" }),
    h("div", { class: "chat-title" },
      h("h1", { dir: "auto", "data-testid": "chat-title" }, chat.title),
      h("p", { class: typing ? "is-typing" : "" }, typing ? `${typing} is typing…` : about)),
    isGroup ? iconButton("leave", "Leave the group", { class: "icon-button quiet", "data-testid": "leave", onclick: on.leave })
      : chat.is_started && blockButton(chat, on),
  ].filter(Boolean));
}

function blockButton(chat, on) {
  const words = chat.is_blocked ? "Unblock the bot" : "Block the bot";
  return iconButton("block", words, { class: "icon-button quiet", "data-testid": "block", onclick: () => on.block(!chat.is_blocked) });
}

/** Say how many messages wait in other chats. */
export function drawUnread(head, count) {
  const badge = head.querySelector(".list-badge");
  if (!badge) return;
  badge.hidden = count === 0;
  badge.textContent = String(count);
}

/** Draw the line of the pinned message, or hide it. */
export function drawPinned(line, brief, jump) {
  line.hidden = !brief;
  if (!brief) return;
  line.replaceChildren(icon("pin"), h("span", {}, h("b", {}, "Pinned"), h("span", { dir: "auto" }, oneLine(brief))));
  line.onclick = () => jump(brief.id);
}

/** Draw a line for each of the first people who ask to be let in. */
export function drawAsking(box, asking, letIn) {
  box.hidden = asking.length === 0;
  box.replaceChildren(...asking.slice(0, 3).map((person) => h("div", { class: "asking-line" },
    h("span", { dir: "auto" }, `${person.name} asks to join`),
    h("button", { type: "button", class: "button is-main", "data-testid": "let-in", onclick: () => letIn(person.id) }, "Let in"))));
}

/** Draw the buttons of a window: the last one carries those of the whole page. */
export function drawTools(tools, desk, client) {
  const isLast = desk.clients.at(-1) === client;
  tools.replaceChildren(...[
    isLast && desk.panel.offered && iconButton("bulb", "Things to try", { "data-testid": "toggle-hints", onclick: () => desk.panel.toggle("hints") }),
    isLast && iconButton("traffic", "Traffic", { "data-testid": "toggle-traffic", onclick: () => desk.panel.toggle("traffic") }),
    isLast && desk.hasRoom && iconButton("columns", "Open side by side", { "data-testid": "side-by-side", onclick: () => desk.split() }),
    desk.clients.length > 1 && iconButton("close", "Close this window", { "data-testid": "close-client", onclick: () => desk.drop(client) }),
  ].filter(Boolean));
}
