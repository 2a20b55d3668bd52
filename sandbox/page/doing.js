// What one person does in her window; what can't be done is said in a sentence.

import { act, read } from "./api.js";
import { chatDialog, confirmDialog, inviteDialog, newcomerDialog, pictureDialog } from "./dialogs.js";
import { foundDialog, topicDialog } from "./founding.js";
import { infoDialog } from "./info.js";
import { keysOf } from "./messages.js";
import { payDialog } from "./pay.js";

const PATIENCE = 15000;

export class Doing {
  constructor(client) {
    this.client = client;
  }

  /** What a message can be asked for. */
  verbs() {
    const { client } = this;
    return {
      reply: (message) => client.composer.startReply(message),
      edit: (message) => client.composer.startEdit(message),
      delete: (message) => this.delete(message),
      react: (message, emoji) => this.do("react", { chat: message.chat, message: message.id, emoji }),
      tap: (message, row, column) => this.tap(message, row, column),
      vote: (message, options) => this.do("vote", { chat: message.chat, message: message.id, options }),
      jump: (id) => client.log.jump(id),
      link: (url) => this.follow(url),
      command: (text) => this.do("say", { chat: client.current.key, text, topic: client.writesIn }),
      picture: (message) => pictureDialog(message.photo, message.text),
    };
  }

  /** Do something as this person; resolves with null and says why if it can't be done. */
  async do(what, fields) {
    try {
      return await act(this.client.me, what, fields);
    } catch (error) {
      return this.client.complain(error);
    }
  }

  async send({ text, reply, photo, file }) {
    const { client } = this;
    const fields = { chat: client.current.key, reply_to: reply?.id ?? null, topic: client.writesIn };
    if (photo) await act(client.me, "photo", { ...fields, image: photo.url.split(",")[1], caption: text });
    else if (file) await act(client.me, "document", { ...fields, content: file.url.split(",")[1], name: file.name, caption: text });
    else await act(client.me, "say", { ...fields, text });
    client.log.isStuck = true;
  }

  async delete(message) {
    if (await confirmDialog("Delete this message for everybody?", "Delete")) await this.do("delete", { chat: message.chat, message: message.id });
  }

  async tap(message, row, column) {
    const { client } = this;
    const button = keysOf(message)[row][column];
    if ("url" in button) return this.follow(button.url);
    if (button.pay) return this.pay(message);
    if ("copy_text" in button) {
      await navigator.clipboard?.writeText(button.copy_text.text).catch(() => {});
      return client.say(`Copied: ${button.copy_text.text}`);
    }
    const inline = button.switch_inline_query_current_chat ?? button.switch_inline_query;
    if (inline !== undefined) return this.type(`@${message.via ?? message.from.username ?? ""} ${inline}`, "switch_inline_query" in button);
    const waiting = `${message.id}:${button.callback_data}`;
    client.pending.add(waiting);
    client.log.redraw(null, message.id);
    const done = await this.do("tap", { chat: message.chat, message: message.id, row, column });
    setTimeout(() => this.settle(message.id, waiting), done ? PATIENCE : 0);
    return undefined;
  }

  /** Type for her, here or in a chat that she picks. */
  async type(words, picksChat) {
    const { client } = this;
    const chat = picksChat ? await chatDialog(client.chats) : client.current.key;
    if (!chat) return;
    if (chat !== client.current.key) await client.open(chat);
    client.composer.put(words);
  }

  settle(messageId, waiting) {
    if (this.client.pending.delete(waiting)) this.client.log.redraw(null, messageId);
  }

  /** Open the form of an invoice. */
  async pay(message) {
    const { client } = this;
    const paid = await payDialog(client.me, { chat: message.chat, message: message.id });
    return paid ? client.say("Paid. The bot has been told.") : undefined;
  }

  /** Follow a link: into a group, to a bot, to an invoice, or out of this Telegram. */
  async follow(url) {
    const { client } = this;
    const [, path] = /^(?:https?:\/\/)?(?:t|telegram)\.me\/(.+)$/i.exec(url) ?? [];
    if (!path) return url.startsWith("tg:") ? client.say("The sandbox does not follow tg: links.") : window.open(url, "_blank", "noopener,noreferrer");
    if (path.startsWith("$") || path.startsWith("invoice/")) return payDialog(client.me, { url });
    if (path.startsWith("+") || path.startsWith("joinchat/")) return this.joinBy(url);
    const [, bot, payload] = /^(\w+)\?startgroup(?:=([\w-]*))?/.exec(path) ?? [];
    if (bot) return this.addBot(bot, payload);
    return this.enter(await this.do("open", { url }));
  }

  async joinBy(url) {
    const { client } = this;
    let choice;
    try {
      choice = await inviteDialog(client.me, url);
    } catch (error) {
      return client.complain(error);
    }
    if (choice?.chat) return client.open(choice.chat);
    const person = choice?.isNew ? await newcomerDialog(client.me) : choice?.person;
    if (!person) return undefined;
    const window = person === client.me ? client : await client.desk.show(person, client);
    return window.doing.enter(await window.doing.do("open", { url }));
  }

  async enter(result) {
    const { client } = this;
    if (result?.is_asked) return client.say("The request was sent. Somebody has to let you in.");
    if (!result?.chat) return undefined;
    await client.refresh();
    return client.open(result.chat);
  }

  /** Found a chat, perhaps with a bot that asked for one. */
  async found(chosen = {}) {
    const { client } = this;
    return this.enter(await foundDialog(client.me, client.people, client.bots, chosen));
  }

  addBot(username, payload) {
    const bot = this.client.bots.find((one) => one.username.toLowerCase() === username.toLowerCase());
    return bot ? this.found({ bot: bot.id, payload }) : this.client.say("That link leads nowhere in this Telegram.", true);
  }

  async inform() {
    const { client } = this;
    const { key, kind, id } = client.current;
    if (kind === "private") return client.say(`${client.current.title}: bot, id ${id}, @${client.current.username}`);
    return infoDialog(client, () => read("members", { as: client.me, chat: key }));
  }

  async openTopic() {
    const { client } = this;
    const topic = await topicDialog(client.me, client.current.key);
    if (topic) {
      await client.refresh();
      await client.showTopic(topic);
    }
  }

  async block(isBlocked) {
    await this.do(isBlocked ? "block" : "unblock", { bot: this.client.current.id });
    await this.client.refresh();
  }
}
