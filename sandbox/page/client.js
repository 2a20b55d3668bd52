// One person's window: who she is, her chats, and the chat she has open.

import { Refusal, act, read } from "./api.js";
import { briefOf, chatList } from "./chats.js";
import { Composer } from "./composer.js";
import { alertDialog, confirmDialog, inviteDialog, newcomerDialog, peopleDialog, pictureDialog, toast } from "./dialogs.js";
import { h } from "./dom.js";
import { drawAsking, drawHead, drawPinned, drawTools, drawUnread } from "./head.js";
import { Log } from "./log.js";
import { drawPicker } from "./people.js";

const PAGE = 100;
const PATIENCE = 15000;
const TYPING = 5000;

export class Client {
  /** `desk` is the page around: split(), drop(client), show(person) → client, panel, hasRoom. */
  constructor(desk, person) {
    this.desk = desk;
    this.me = person;
    this.chats = [];
    this.people = [];
    this.current = null;
    this.remembered = new Map();
    this.pending = new Set();
    this.build();
  }

  build() {
    this.strip = h("div", { class: "strip" });
    this.tools = h("div", { class: "tools" });
    this.chatList = chatList((key) => this.open(key));
    this.head = h("header", { class: "chat-head" });
    this.pinned = h("button", { type: "button", class: "pinned", "data-testid": "pinned", hidden: true });
    this.asking = h("div", { class: "asking", hidden: true });
    this.view = { me: this.me, isPrivate: false, pending: this.pending, on: this.verbs() };
    this.log = new Log(this.view, {
      loadEarlier: (before) => read("chat", { as: this.me, chat: this.current.key, before, limit: PAGE }),
      canDelete: (message) => message.from.id === this.me || ["creator", "administrator"].includes(this.current?.status),
    });
    this.composer = new Composer({
      send: (draft) => this.send(draft),
      edit: (message, text) => act(this.me, "edit", { chat: this.current.key, message: message.id, text }),
      editLast: () => this.log.newest((message) => message.from.id === this.me && !message.service && !message.document),
      refuse: (words) => this.say(words, true),
    });
    this.toasts = h("div", { class: "toasts", role: "status", "aria-live": "polite", "data-testid": "toasts" });
    this.empty = h("div", { class: "empty", hidden: true });
    this.chat = h("section", { class: "chat", "aria-label": "Chat" }, this.head, this.pinned, this.asking, this.log.element, this.composer.element, this.toasts);
    const shade = h("div", { class: "shade", onclick: () => this.closeList() });
    this.nav = h("nav", { class: "chats", "aria-label": "Chats" }, this.chatList.list);
    this.element = h("section", { class: "client", "data-testid": "client" },
      h("header", { class: "client-head" }, this.strip, this.tools),
      h("div", { class: "client-body" }, this.nav, shade, this.chat, this.empty));
    this.nav.addEventListener("keydown", (event) => event.key === "Escape" && this.closeList());
    this.element.addEventListener("pointerdown", () => this.markRead());
  }

  verbs() {
    return {
      reply: (message) => this.composer.startReply(message),
      edit: (message) => this.composer.startEdit(message),
      delete: (message) => this.delete(message),
      react: (message, emoji) => this.do("react", { chat: message.chat, message: message.id, emoji }),
      tap: (message, row, column) => this.tap(message, row, column),
      jump: (id) => this.log.jump(id),
      link: (url) => this.follow(url),
      command: (text) => this.do("say", { chat: this.current.key, text }),
      picture: (message) => pictureDialog(message.photo, message.text),
    };
  }

  // Who and where

  /** Become somebody, and open the chat she had open. */
  async be(person, chat = null) {
    this.element.setAttribute("aria-busy", "true");
    if (this.current) this.remembered.set(this.me, this.current.key);
    this.composer.keep();
    this.composer.key = null;
    this.me = this.view.me = person;
    this.current = null;
    this.desk.remember();
    await this.refresh();
    const usual = this.chats.find((one) => one.kind === "group") ?? this.chats[0];
    const known = [chat, this.remembered.get(person)].find((key) => this.chats.some((one) => one.key === key));
    await this.open(known ?? usual?.key ?? null);
    this.element.removeAttribute("aria-busy");
  }

  /** Fetch her chats again; calls while one is under way are served by one more at its end. */
  async refresh() {
    this.isStale = true;
    this.refreshing ??= this.refreshAll().finally(() => { this.refreshing = null; });
    return this.refreshing;
  }

  async refreshAll() {
    while (this.isStale) {
      this.isStale = false;
      try {
        const state = await read("state", { as: this.me });
        if (state.me.id !== this.me) continue;
        this.chats = state.chats;
        this.people = state.people;
        this.person = state.me;
        this.desk.meet(state);
      } catch (error) {
        return this.complain(error);
      }
    }
    this.draw();
    const chat = this.chats.find((one) => one.key === this.current?.key);
    if (chat) this.update(chat);
    else if (this.current) await this.open(this.chats[0]?.key ?? null);
    return undefined;
  }

  async open(key) {
    this.closeList();
    if (this.current?.key === key) return this.log.scrollToEnd();
    const viewer = this.me;
    const opening = { key, missed: [] };
    this.opening = opening;
    let chat = null;
    try {
      chat = key && (await read("chat", { as: viewer, chat: key, limit: PAGE }));
    } catch (error) {
      this.complain(error);
    }
    if (viewer !== this.me || this.opening !== opening) return undefined;
    this.opening = null;
    this.current = chat;
    this.view.isPrivate = chat?.kind === "private";
    this.chat.hidden = !chat;
    this.empty.hidden = Boolean(chat);
    if (chat) this.present(chat);
    else this.empty.replaceChildren(h("p", {}, `${this.person?.name ?? "Nobody"} is in no chat yet.`), h("p", {}, "Open an invite link in somebody else's window, and join as her."));
    for (const heard of opening.missed) heard();
    this.draw();
    return undefined;
  }

  present(chat) {
    this.pending.clear();
    this.log.show({ ...chat, unreadAfter: chat.unread > 0 && chat.read_up_to > 0 ? chat.read_up_to : undefined });
    this.update(chat);
    this.composer.open(chat, `${this.me} ${chat.key}`);
    this.drawPinned(chat.pinned);
    this.offerKeys();
    this.markRead();
  }

  /** Take over what the list knows newly of the open chat. */
  update(chat) {
    const { topics, messages, commands, pinned } = this.current;
    this.current = { topics, messages, commands, pinned, ...chat };
    this.drawHead();
    this.drawAsking();
    this.drawLock();
  }

  // What one does

  async do(what, fields) {
    try {
      return await act(this.me, what, fields);
    } catch (error) {
      return this.complain(error);
    }
  }

  async send({ text, reply, photo, topic }) {
    const fields = { chat: this.current.key, reply_to: reply?.id ?? null, topic };
    if (photo) await act(this.me, "photo", { ...fields, image: photo.url.split(",")[1], caption: text });
    else await act(this.me, "say", { ...fields, text });
    this.log.isStuck = true;
  }

  async delete(message) {
    if (await confirmDialog("Delete this message for everybody?", "Delete")) await this.do("delete", { chat: message.chat, message: message.id });
  }

  async tap(message, row, column) {
    const button = message.buttons[row][column];
    if ("url" in button) return this.follow(button.url);
    if ("copy_text" in button) {
      await navigator.clipboard?.writeText(button.copy_text.text).catch(() => {});
      return this.say(`Copied: ${button.copy_text.text}`);
    }
    const waiting = `${message.id}:${button.callback_data}`;
    this.pending.add(waiting);
    this.log.redraw(null, message.id);
    const done = await this.do("tap", { chat: message.chat, message: message.id, row, column });
    setTimeout(() => this.settle(message.id, waiting), done ? PATIENCE : 0);
    return undefined;
  }

  settle(messageId, waiting) {
    if (this.pending.delete(waiting)) this.log.redraw(null, messageId);
  }

  /** Follow a link: into a group, to a bot, or out of this Telegram. */
  async follow(url) {
    const [, path] = /^(?:https?:\/\/)?(?:t|telegram)\.me\/(.+)$/i.exec(url) ?? [];
    if (!path) return url.startsWith("tg:") ? this.say("The sandbox does not follow tg: links.") : window.open(url, "_blank", "noopener,noreferrer");
    if (path.startsWith("+") || path.startsWith("joinchat/")) return this.joinBy(url);
    return this.enter(await this.do("open", { url }));
  }

  async joinBy(url) {
    let choice;
    try {
      choice = await inviteDialog(this.me, url);
    } catch (error) {
      return this.complain(error);
    }
    if (choice?.chat) return this.open(choice.chat);
    const person = choice?.isNew ? await newcomerDialog(this.me) : choice?.person;
    if (!person) return undefined;
    const window = person === this.me ? this : await this.desk.show(person, this);
    return window.enter(await window.do("open", { url }));
  }

  async enter(result) {
    if (result?.is_asked) return this.say("The request was sent. Somebody has to let you in.");
    if (!result?.chat) return undefined;
    await this.refresh();
    return this.open(result.chat);
  }

  async block(isBlocked) {
    await this.do(isBlocked ? "block" : "unblock", { bot: this.current.id });
    await this.refresh();
  }

  async leave() {
    if (await confirmDialog(`Leave ${this.current.title}?`, "Leave")) await this.do("leave", { chat: this.current.key });
  }

  markRead() {
    const { current } = this;
    if (!current || document.hidden || !this.log.isStuck) return;
    const last = this.log.lastId;
    const entry = this.chats.find((one) => one.key === current.key);
    if (entry) entry.unread = 0;
    if (last && current.marked !== last) {
      current.marked = last;
      this.do("read", { chat: current.key, message: last });
      this.drawList();
    }
  }

  // What happens

  /** Take in a notice of changes. */
  hear(notice) {
    for (const message of notice.messages ?? []) this.hearMessage(message);
    for (const { chat, id } of notice.deleted ?? []) this.hearDeleted(chat, id);
    for (const answer of notice.answers ?? []) if (answer.person === this.me) this.hearAnswer(answer);
    for (const action of notice.actions ?? []) if (action.chat === this.current?.key) this.hearTyping(action.name);
    if (notice.state || notice.hints) this.refresh();
    if (notice.commands) this.refreshCommands();
    if (notice.messages) {
      this.markRead();
      this.drawList();
    }
  }

  hearMessage(message) {
    const chat = this.chats.find((one) => one.key === message.chat);
    if (!chat) return;
    const isNew = message.id > (chat.last?.id ?? 0);
    if (isNew || message.id === chat.last?.id) chat.last = briefOf(message);
    if (isNew && message.from.id !== this.me && !message.service) chat.unread += 1;
    // What changes while a chat is being fetched may be newer than what comes.
    if (chat.key === this.opening?.key) this.opening.missed.push(() => this.hearMessage(message));
    if (chat.key !== this.current?.key) return;
    this.log.upsert(message);
    if (isNew && message.from.is_bot) this.hearTyping(null);
    if (isNew && message.keyboard) this.offerKeys();
    const isPinned = this.current.pinned?.id === message.id;
    if (message.pinned) this.drawPinned(briefOf(message));
    else if (isPinned) this.drawPinned(null);
    if (this.current.kind === "private" && isNew) this.update({ ...chat, is_started: true });
  }

  hearDeleted(key, id) {
    const chat = this.chats.find((one) => one.key === key);
    if (chat?.last?.id === id) this.refresh();
    if (key === this.opening?.key) this.opening.missed.push(() => this.hearDeleted(key, id));
    if (key !== this.current?.key) return;
    this.log.remove(id);
    if (this.current.pinned?.id === id) this.drawPinned(null);
  }

  hearAnswer(answer) {
    this.settle(answer.message, `${answer.message}:${answer.data}`);
    if (answer.url) this.follow(answer.url);
    else if (answer.is_alert) alertDialog(this.botName(answer), answer.text);
    else if (answer.text) this.say(answer.text);
  }

  hearTyping(name) {
    clearTimeout(this.typing);
    this.typingName = name;
    this.drawHead();
    if (name) this.typing = setTimeout(() => this.hearTyping(null), TYPING);
  }

  async refreshCommands() {
    const key = this.current?.key;
    if (!key) return;
    const { commands } = await read("chat", { as: this.me, chat: key, limit: 1 }).catch(() => ({}));
    if (commands && key === this.current?.key) {
      this.composer.commands = commands;
      this.composer.slash.hidden = commands.length === 0;
    }
  }

  // Drawing

  draw() {
    drawPicker(this.strip, this.people, this.me, {
      be: (id) => this.be(id),
      newcomer: async () => { const id = await newcomerDialog(this.me); if (id) await this.be(id); },
      everybody: async () => { const id = await peopleDialog(this.people); if (id) await this.be(id); },
    });
    this.element.setAttribute("aria-label", `Telegram as ${this.person?.name ?? "nobody"}`);
    this.drawTools();
    this.drawList();
  }

  drawTools() {
    drawTools(this.tools, this.desk, this);
  }

  drawList() {
    this.chats.sort((a, b) => (b.last?.date ?? 0) - (a.last?.date ?? 0));
    this.chatList.draw(this.chats, this.current?.key, this.me);
    const unread = this.chats.reduce((sum, chat) => sum + (chat.key === this.current?.key ? 0 : chat.unread), 0);
    drawUnread(this.head, unread);
  }

  drawHead() {
    if (!this.current) return;
    drawHead(this.head, this.current, this.typingName, {
      openList: () => this.openList(),
      leave: () => this.leave(),
      block: (isBlocked) => this.block(isBlocked),
    });
  }

  drawPinned(brief) {
    this.current.pinned = brief;
    drawPinned(this.pinned, brief, (id) => this.log.jump(id));
  }

  drawAsking() {
    drawAsking(this.asking, this.current.requests ?? [], (person) => this.do("approve", { chat: this.current.key, person }));
  }

  drawLock() {
    const chat = this.current;
    const start = (words, isBlocked) => h("button", {
      type: "button", class: "button is-main is-wide", "data-testid": "start",
      onclick: () => (isBlocked ? this.block(false) : this.do("start", { bot: chat.id })),
    }, words);
    if (chat.is_blocked) this.composer.lock("", start("Unblock", true));
    else if (chat.kind === "private" && !chat.is_started) this.composer.lock("", start("Start", false));
    else if (!chat.can_write) this.composer.lock("You can't write in this group.");
    else this.composer.lock(null);
  }

  offerKeys() {
    const latest = this.log.newest((message) => message.keyboard);
    this.composer.offerKeys(latest?.keyboard, (words) => this.do("say", { chat: this.current.key, text: words, reply_to: null }));
  }

  openList() {
    this.element.classList.add("is-list-open");
    this.nav.querySelector("[aria-current], .chat-item")?.focus();
  }

  closeList() {
    this.element.classList.remove("is-list-open");
  }

  say(words, isError = false) {
    toast(this.toasts, words, { isError });
  }

  complain(error) {
    if (!(error instanceof Refusal)) throw error;
    this.say(error.message, true);
    return null;
  }

  botName(answer) {
    const message = answer.chat === this.current?.key ? this.log.messages.get(answer.message) : null;
    return message?.from.name ?? "The bot";
  }
}
