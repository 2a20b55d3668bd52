// What one person's window hears of what happens.

import { read } from "./api.js";
import { briefOf } from "./chats.js";
import { alertDialog } from "./dialogs.js";

const TYPING = 5000;

export class Hearing {
  constructor(client) {
    this.client = client;
  }

  /** Take in a notice of changes. */
  hear(notice) {
    const { client } = this;
    if (notice.messages) this.hearMessages(notice.messages);
    for (const { chat, id } of notice.deleted ?? []) this.hearDeleted(chat, id);
    for (const answer of notice.answers ?? []) if (answer.person === client.me) this.hearAnswer(answer);
    for (const action of notice.actions ?? []) if (action.chat === client.current?.key) this.hearTyping(action.name);
    if (notice.state || notice.hints) client.refresh();
    if (notice.commands) this.refreshCommands();
    if (notice.messages) {
      client.markRead();
      client.drawList();
    }
  }

  hearMessages(messages) {
    const { client } = this;
    const known = new Map(client.chats.map((chat) => [chat.key, chat]));
    const here = [];
    for (const message of messages) {
      const chat = known.get(message.chat);
      if (!chat) continue;
      this.countIn(chat, message);
      // What changes while a chat is being fetched may be newer than what comes.
      if (chat.key === client.opening?.key) client.opening.missed.push(() => this.hearMessages([message]));
      if (chat.key === client.current?.key && client.isShown(message)) here.push(message);
    }
    if (here.length) this.hearHere(here);
  }

  countIn(chat, message) {
    const isNew = message.id > (chat.last?.id ?? 0);
    message.isNew = isNew;
    if (isNew || message.id === chat.last?.id) chat.last = briefOf(message);
    if (isNew && message.from.id !== this.client.me && !message.service) chat.unread += 1;
  }

  hearHere(messages) {
    const { client } = this;
    client.log.take(messages);
    const fresh = messages.filter((message) => message.isNew);
    if (fresh.some((message) => message.from.is_bot)) this.hearTyping(null);
    if (fresh.some((message) => message.keyboard)) client.offerKeys();
    for (const message of messages) {
      const isPinned = client.current.pinned?.id === message.id;
      if (message.pinned) client.drawPinned(briefOf(message));
      else if (isPinned) client.drawPinned(null);
    }
    if (client.current.kind === "private" && fresh.length) client.update({ ...client.current, is_started: true });
  }

  hearDeleted(key, id) {
    const { client } = this;
    const chat = client.chats.find((one) => one.key === key);
    if (chat?.last?.id === id) client.refresh();
    if (key === client.opening?.key) client.opening.missed.push(() => this.hearDeleted(key, id));
    if (key !== client.current?.key) return;
    client.log.remove(id);
    if (client.current.pinned?.id === id) client.drawPinned(null);
  }

  hearAnswer(answer) {
    const { client } = this;
    client.doing.settle(answer.message, `${answer.message}:${answer.data}`);
    if (answer.url) client.doing.follow(answer.url);
    else if (answer.is_alert) alertDialog(this.botName(answer), answer.text);
    else if (answer.text) client.say(answer.text);
  }

  botName(answer) {
    const { client } = this;
    const message = answer.chat === client.current?.key ? client.log.messages.get(answer.message) : null;
    return message?.from.name ?? "The bot";
  }

  hearTyping(name) {
    clearTimeout(this.typing);
    if (this.client.typingName === name) return;
    this.client.typingName = name;
    this.client.drawHead();
    if (name) this.typing = setTimeout(() => this.hearTyping(null), TYPING);
  }

  async refreshCommands() {
    const { client } = this;
    const key = client.current?.key;
    if (!key) return;
    const { commands } = await read("chat", { as: client.me, chat: key, limit: 1 }).catch(() => ({}));
    if (commands && key === client.current?.key) client.composer.offerCommands(commands);
  }
}
