// One person's window: who she is, her chats, and the chat she has open.

import { Refusal, act, read } from "./api.js";
import { chatList } from "./chats.js";
import { Composer } from "./composer.js";
import { newcomerDialog, peopleDialog, toast } from "./dialogs.js";
import { Doing } from "./doing.js";
import { h, iconButton } from "./dom.js";
import { drawAsking, drawHead, drawPinned, drawTools, drawTopics, drawUnread } from "./head.js";
import { Hearing } from "./hearing.js";
import { Log } from "./log.js";
import { drawPicker } from "./people.js";

const PAGE = 100;

export class Client {
  /** `desk` is the page around: split(), drop(client), show(person) → client, panel, hasRoom. */
  constructor(desk, person) {
    this.desk = desk;
    this.me = person;
    this.chats = [];
    this.people = [];
    this.bots = [];
    this.current = null;
    this.remembered = new Map();
    this.pending = new Set();
    this.doing = new Doing(this);
    this.hearing = new Hearing(this);
    this.build();
  }

  build() {
    this.strip = h("div", { class: "strip" });
    this.tools = h("div", { class: "tools" });
    this.chatList = chatList((key) => this.open(key));
    this.head = h("header", { class: "chat-head" });
    this.topics = h("div", { class: "topics", role: "tablist", "aria-label": "Topics", hidden: true });
    this.pinned = h("button", { type: "button", class: "pinned", "data-testid": "pinned", hidden: true });
    this.asking = h("div", { class: "asking", hidden: true });
    this.view = { me: this.me, isPrivate: false, topic: null, pending: this.pending, on: this.doing.verbs() };
    this.log = new Log(this.view, {
      loadEarlier: (before) => read("chat", this.question({ before })),
      canDelete: (message) => message.from.id === this.me || ["creator", "administrator"].includes(this.current?.status),
    });
    this.composer = new Composer({
      send: (draft) => this.doing.send(draft),
      edit: (message, text) => act(this.me, "edit", { chat: this.current.key, message: message.id, text }),
      editLast: () => this.log.newest((message) => message.from.id === this.me && !message.service && !message.document && !message.poll),
      inlineBot: (username) => this.bots.find((bot) => bot.is_inline && bot.username.toLowerCase() === username.toLowerCase()),
      ask: (bot, query) => act(this.me, "ask", { chat: this.current.key, bot: bot.id, query }),
      choose: (query, result) => act(this.me, "choose", { chat: this.current.key, query, result, topic: this.writesIn }),
      start: (bot, payload) => this.doing.do("start", { bot, payload }).then((result) => this.doing.enter(result)),
      refuse: (words) => this.say(words, true),
    });
    this.toasts = h("div", { class: "toasts", role: "status", "aria-live": "polite", "data-testid": "toasts" });
    this.empty = h("div", { class: "empty", hidden: true });
    this.chat = h("section", { class: "chat", "aria-label": "Chat" }, this.head, this.topics, this.pinned, this.asking, this.log.element, this.composer.element, this.toasts);
    this.nav = h("nav", { class: "chats", "aria-label": "Chats" },
      h("div", { class: "chats-head" }, h("h2", {}, "Chats"), iconButton("plus", "New group, forum or channel…", { "data-testid": "found", onclick: () => this.doing.found() })),
      this.chatList.list);
    this.element = h("section", { class: "client", "data-testid": "client" },
      h("header", { class: "client-head" }, this.strip, this.tools),
      h("div", { class: "client-body" }, this.nav, this.chat, this.empty));
    this.nav.addEventListener("keydown", (event) => event.key === "Escape" && this.current && this.closeList());
    this.element.addEventListener("pointerdown", () => this.markRead());
    this.element.addEventListener("focusin", () => { this.desk.active = this; });
  }

  // Who and where

  /** Become somebody, and open the chat she had open. */
  async be(person, chat = null) {
    this.element.setAttribute("aria-busy", "true");
    if (this.current) this.remembered.set(this.me, this.current.key);
    this.composer.keep();
    this.composer.place = null;
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
        this.bots = state.bots;
        this.person = state.me;
        this.desk.meet(state);
      } catch (error) {
        return this.complain(error);
      }
    }
    this.draw();
    const chat = this.chats.find((one) => one.key === this.current?.key);
    if (chat) this.update(chat);
    else if (this.current) await this.moveOn();
    return undefined;
  }

  /** Leave a chat that is no more: for the one it became, or for any. */
  moveOn() {
    const heir = this.chats.find((one) => one.was?.includes(this.current.key));
    return heir ? this.open(heir.key, null, { isHeir: true }) : this.open(this.chats[0]?.key ?? null);
  }

  /** What to ask the sandbox for: a part of the open chat, or of another. */
  question({ key = this.current?.key, topic = this.view.topic, before } = {}) {
    const about = { as: this.me, chat: key, limit: PAGE };
    if (topic !== null) about.topic = topic;
    if (before !== undefined) about.before = before;
    return about;
  }

  async open(key, topic = null, { isHeir = false } = {}) {
    this.closeList();
    if (this.current?.key === key && this.view.topic === topic) return this.log.scrollToEnd();
    const viewer = this.me;
    const opening = { key, missed: [] };
    this.opening = opening;
    let chat = null;
    try {
      chat = key && (await read("chat", this.question({ key, topic })));
    } catch (error) {
      this.complain(error);
    }
    if (viewer !== this.me || this.opening !== opening) return undefined;
    this.opening = null;
    this.current = chat;
    this.view.isPrivate = chat?.kind === "private";
    this.view.topic = topic;
    this.chat.hidden = !chat;
    this.empty.hidden = Boolean(chat);
    if (chat) this.present(chat, isHeir);
    else this.presentNothing();
    for (const heard of opening.missed) heard();
    this.draw();
    return undefined;
  }

  present(chat, isHeir) {
    this.pending.clear();
    this.hearing.hearTyping(null);
    this.log.show({ ...chat, unreadAfter: chat.unread > 0 && chat.read_up_to > 0 ? chat.read_up_to : undefined });
    this.update(chat);
    this.composer.open(chat, `${this.me} ${chat.key} ${this.view.topic ?? ""}`, isHeir);
    this.drawPinned(chat.pinned);
    this.offerKeys();
    this.markRead();
  }

  presentNothing() {
    this.empty.replaceChildren(
      h("p", {}, `${this.person?.name ?? "Nobody"} is in no chat yet.`),
      h("p", {}, "Found a group, or open an invite link in somebody else's window and join by it."),
      h("button", { type: "button", class: "button is-main", onclick: () => this.doing.found() }, "Found a group…"));
  }

  /** Take over what the list knows newly of the open chat. */
  update(chat) {
    const { messages, commands, pinned } = this.current;
    this.current = { messages, commands, pinned, ...chat };
    this.drawHead();
    drawTopics(this.topics, this.current, this.view.topic, { show: (topic) => this.showTopic(topic), add: () => this.doing.openTopic() });
    drawAsking(this.asking, this.current.requests ?? [], (person) => this.doing.do("approve", { chat: this.current.key, person }));
    this.drawLock();
  }

  // Topics: null shows everything, 0 what stands in General

  showTopic(topic) {
    return this.open(this.current.key, topic);
  }

  isShown(message) {
    return this.view.topic === null || (message.topic?.id ?? 0) === this.view.topic;
  }

  /** The topic that she writes into, if any. */
  get writesIn() {
    return this.view.topic || null;
  }

  markRead() {
    const { current } = this;
    if (!current || document.hidden || !this.log.isStuck) return;
    const last = this.log.lastId;
    const entry = this.chats.find((one) => one.key === current.key);
    if (entry) entry.unread = 0;
    if (last && current.marked !== last) {
      current.marked = last;
      this.doing.do("read", { chat: current.key, message: last });
      this.drawList();
    }
  }

  hear(notice) {
    this.hearing.hear(notice);
  }

  // Drawing

  draw() {
    drawPicker(this.strip, this.people, this.me, {
      be: (id) => this.be(id),
      newcomer: async () => { const id = await newcomerDialog(this.me); if (id) await this.be(id); },
      everybody: () => this.choosePerson(),
    });
    this.element.setAttribute("aria-label", `Telegram as ${this.person?.name ?? "nobody"}`);
    this.drawTools();
    this.drawList();
  }

  async choosePerson() {
    const id = await peopleDialog(this.people);
    if (id) await this.be(id);
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
      inform: () => this.doing.inform(),
      block: (isBlocked) => this.doing.block(isBlocked),
    });
  }

  drawPinned(brief) {
    this.current.pinned = brief;
    drawPinned(this.pinned, brief, (id) => this.log.jump(id));
  }

  drawLock() {
    const chat = this.current;
    const start = (words, isBlocked) => h("button", {
      type: "button", class: "button is-main is-wide", "data-testid": "start",
      onclick: () => (isBlocked ? this.doing.block(false) : this.doing.do("start", { bot: chat.id })),
    }, words);
    if (chat.is_blocked) this.composer.lock("", start("Unblock", true));
    else if (chat.kind === "private" && !chat.is_started) this.composer.lock("", start("Start", false));
    else if (!chat.can_write) this.composer.lock(chat.cannot_write ?? "You can't write here.");
    else this.composer.lock(null);
  }

  offerKeys() {
    const latest = this.log.newest((message) => message.keyboard);
    this.composer.offerKeys(latest?.keyboard, (words) => this.doing.do("say", { chat: this.current.key, text: words, reply_to: null, topic: this.writesIn }));
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
}
