// What stands above an open chat, and the buttons of a window.

import { avatar, h, icon, iconButton, plural, rove } from "./dom.js";
import { oneLine } from "./messages.js";

const ROLES = { creator: "you are the owner", administrator: "you are an admin", restricted: "you are restricted" };

/** Draw the line with the chat's name; `on` holds openList(), inform(), block(isBlocked). */
export function drawHead(head, chat, typing, on) {
  const isGroup = chat.kind === "group";
  const who = plural(chat.members ?? 0, chat.type === "channel" ? "subscriber" : "member");
  const about = isGroup ? [who, ROLES[chat.status]].filter(Boolean).join(" · ") : `bot · @${chat.username}`;
  const toList = iconButton("back", "Back to the chats", { class: "icon-button to-list", "data-testid": "open-list", onclick: on.openList });
  toList.append(h("span", { class: "badge list-badge", hidden: true }));
  const badge = head.querySelector(".list-badge");
  head.replaceChildren(...[
    toList,
    avatar({ id: chat.id, name: chat.title, shape: isGroup ? "is-group" : "is-bot" }),
    h("div", { class: "chat-title" },
      h("h1", { dir: "auto", "data-testid": "chat-title" }, chat.title),
      h("p", { class: typing ? "is-typing" : "" }, typing ? `${typing} is typing…` : about)),
    isGroup ? iconButton("info", "About this chat: people, rights, links", { "data-testid": "about", onclick: on.inform })
      : chat.is_started && blockButton(chat, on),
  ].filter(Boolean));
  if (badge) drawUnread(head, Number(badge.textContent));
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

/** Draw a forum's topics as a row of tabs; `on` holds show(topic), add(). */
export function drawTopics(row, chat, shown, on) {
  row.hidden = !chat.is_forum;
  if (!chat.is_forum) return;
  const tabs = [[null, "All"], [0, "General"], ...(chat.topics ?? []).map((topic) => [topic.id, `${topic.is_closed ? "🔒 " : ""}${topic.name}`])];
  const hadFocus = row.contains(document.activeElement);
  row.replaceChildren(...tabs.map(([topic, name]) => h("button", {
    type: "button", role: "tab", class: "tab", dir: "auto", "data-testid": "topic", "aria-selected": String(topic === shown),
    tabindex: topic === shown ? "0" : "-1", onclick: () => on.show(topic),
  }, name)));
  if (["creator", "administrator"].includes(chat.status)) {
    row.append(iconButton("plus", "A new topic…", { class: "icon-button new-topic", "data-testid": "new-topic", onclick: on.add }));
  }
  if (!row.dataset.roves) rove(row, "[role=tab]", { previous: "ArrowLeft", next: "ArrowRight" });
  row.dataset.roves = "yes";
  if (hadFocus) row.querySelector("[aria-selected=true]")?.focus();
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
  const switchTheme = () => dispatchEvent(new Event("switch-theme"));
  tools.replaceChildren(...[
    isLast && iconButton("theme", "Light or dark", { "data-testid": "theme", onclick: switchTheme }),
    isLast && desk.hasRoom && iconButton("columns", "Open somebody beside", { "data-testid": "side-by-side", onclick: () => desk.split() }),
    isLast && iconButton("panel", "Side panel: scenes, traffic, faults", { "data-testid": "toggle-panel", onclick: () => desk.panel.toggle() }),
    desk.clients.length > 1 && iconButton("close", "Close this window", { "data-testid": "close-client", onclick: () => desk.drop(client) }),
  ].filter(Boolean));
}
