// The list of chats.

import { avatar, h, rove, shortTime } from "./dom.js";
import { oneLine } from "./messages.js";

export function chatList(open) {
  const list = h("ul", { class: "chat-list", role: "list", "aria-label": "Chats", "data-testid": "chat-list" });
  rove(list, ".chat-item", { previous: "ArrowUp", next: "ArrowDown" });
  return { list, draw: (chats, current, me) => draw(list, chats, current, me, open) };
}

function draw(list, chats, current, me, open) {
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.chat : null;
  list.replaceChildren(...chats.map((chat) => h("li", {}, chatItem(chat, chat.key === current, me, open))));
  if (focused) list.querySelector(`[data-chat="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function chatItem(chat, isCurrent, me, open) {
  const isGroup = chat.kind === "group";
  return h("button", {
    type: "button", class: "chat-item", "data-testid": "chat-item", "data-chat": chat.key, "aria-current": isCurrent ? "true" : false,
    onclick: () => open(chat.key),
  },
  avatar({ id: chat.id, name: chat.title, shape: isGroup ? "is-group" : "is-bot" }),
  h("span", { class: "chat-line" }, h("b", { dir: "auto" }, chat.is_forum && h("span", { class: "kind" }, "# "), chat.type === "channel" && h("span", { class: "kind" }, "📣 "), chat.title), chat.last && h("time", {}, shortTime(chat.last.date))),
  h("span", { class: "chat-line" }, h("span", { class: "chat-last", dir: "auto" }, lastWords(chat, me)),
    chat.unread > 0 && h("span", { class: "badge", "aria-label": `${chat.unread} unread`, "data-testid": "unread" }, String(chat.unread))));
}

function lastWords(chat, me) {
  const { last } = chat;
  if (!last) return chat.kind === "private" ? "Press Start to begin" : "No messages yet";
  const words = oneLine(last);
  if (last.kind === "service" || chat.kind === "private" || chat.type === "channel") return last.from.id === me && last.kind !== "service" ? `You: ${words}` : words;
  return `${last.from.id === me ? "You" : last.from.name}: ${words}`;
}

/** Return the brief that stands for a whole message in the list. */
export function briefOf(message) {
  const kind = message.service ? "service" : ["poll", "invoice", "document", "photo"].find((name) => message[name]) ?? "text";
  const words = message.text || message.document?.name || message.poll?.question || message.invoice?.title || "";
  return { id: message.id, date: message.date, from: message.from, text: (message.service ?? words).slice(0, 120), kind };
}
