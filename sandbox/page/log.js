// A chat's messages on the screen: the newest ones, earlier ones on demand, live changes in place.

import { dayOf, dayWords, h, iconButton, plural } from "./dom.js";
import { messageNode, toolbar } from "./messages.js";

const NEAR_END = 120;
const MOST_SHOWN = 400;
const KEPT = 200;
const TOGETHER = 300;

export class Log {
  /** `view` is what messages are drawn with; `loadEarlier(beforeId)` resolves with {messages, has_earlier}. */
  constructor(view, { loadEarlier, canDelete }) {
    this.view = view;
    this.loadEarlier = loadEarlier;
    this.canDelete = canDelete;
    this.messages = new Map();
    this.nodes = new Map();
    this.missed = 0;
    this.isStuck = true;
    this.earlier = h("button", { type: "button", class: "earlier", "data-testid": "earlier", hidden: true, onclick: () => this.prepend() }, "Show earlier messages");
    this.list = h("div", { class: "log-list" });
    this.box = h("div", { class: "log", role: "log", tabindex: "0", "aria-label": "Messages", "data-testid": "log" }, this.earlier, this.list);
    this.badge = h("span", { class: "badge", hidden: true });
    this.toEnd = iconButton("down", "Go to the newest message", { class: "icon-button to-end", "data-testid": "to-end", hidden: true, onclick: () => this.scrollToEnd(true) });
    this.toEnd.append(this.badge);
    this.element = h("div", { class: "log-frame" }, this.box, this.toEnd);
    this.watch();
  }

  /** Show a chat from its newest message. */
  show({ messages, has_earlier: hasEarlier, unreadAfter }) {
    this.messages = new Map(messages.map((message) => [message.id, message]));
    this.nodes.clear();
    this.list.replaceChildren();
    this.list.append(this.built(messages, unreadAfter));
    this.earlier.hidden = !hasEarlier;
    this.missed = 0;
    this.scrollToEnd();
  }

  /** Add messages or redraw them, all in one go. */
  take(messages) {
    const last = this.lastId;
    const fresh = [];
    for (const message of messages) {
      if (this.messages.has(message.id)) this.redraw(message);
      else if (message.id > last) fresh.push(message);
    }
    if (fresh.length === 0) return;
    fresh.sort((a, b) => a.id - b.id);
    const before = this.lastShown(this.list.lastElementChild);
    for (const message of fresh) this.messages.set(message.id, message);
    this.list.append(this.built(fresh, undefined, before));
    const isOwn = fresh.some((message) => message.from.id === this.view.me);
    if (this.isStuck || isOwn) this.scrollToEnd(fresh.length === 1);
    else this.countMissed(fresh.length);
    if (this.isStuck && this.messages.size > MOST_SHOWN) this.forgetOldest();
  }

  remove(id) {
    const message = this.messages.get(id);
    const node = this.nodes.get(id);
    this.messages.delete(id);
    this.nodes.delete(id);
    const rest = message?.album ? this.albumOf(message) : [];
    if (rest.length === 0) node?.remove();
    else if (node) this.replace(node, rest[0]);
  }

  /** Return the messages that are shown together with one, in order. */
  albumOf(message) {
    if (!message.album) return [message];
    return [...this.messages.values()].filter((one) => one.album === message.album && one.from.id === message.from.id).sort((a, b) => a.id - b.id);
  }

  /** Draw a message again, with the focus where it was. */
  redraw(message = null, id = message?.id) {
    const old = this.nodes.get(id);
    if (message) this.messages.set(id, message);
    if (!old) return;
    const node = this.replace(old, this.albumOf(this.messages.get(id))[0]);
    if (message) node.classList.add("is-fresh");
  }

  replace(old, message) {
    const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("data-place") : null;
    const node = this.node(message);
    for (const name of ["is-first", "is-last"]) node.classList.toggle(name, old.classList.contains(name));
    const bar = old.querySelector(".toolbar");
    if (bar) node.querySelector(".message-column")?.append(bar);
    this.keepingEnd(() => old.replaceWith(node));
    if (focused) node.querySelector(`[data-place="${focused}"]`)?.focus({ preventScroll: true });
    return node;
  }

  get lastId() {
    let last = 0;
    for (const id of this.messages.keys()) last = Math.max(last, id);
    return last;
  }

  /** Return the newest message that passes a test. */
  newest(test) {
    return [...this.messages.values()].reverse().find(test);
  }

  async jump(id) {
    for (let tries = 0; !this.nodes.has(id) && !this.earlier.hidden && tries < 20; tries += 1) await this.prepend();
    const node = this.nodes.get(id);
    if (!node) return;
    this.isStuck = false;
    node.scrollIntoView({ block: "center", behavior: smooth() });
    node.focus({ preventScroll: true });
    node.classList.remove("is-found");
    requestAnimationFrame(() => node.classList.add("is-found"));
  }

  scrollToEnd(isSmooth = false) {
    this.isStuck = true;
    this.missed = 0;
    this.showToEnd();
    this.box.scrollTo({ top: this.box.scrollHeight, behavior: isSmooth && this.distance() < 1500 ? smooth() : "instant" });
  }

  async prepend() {
    if (this.isLoading) return;
    this.isLoading = true;
    this.earlier.disabled = true;
    try {
      const first = Math.min(...this.messages.keys());
      const { messages, has_earlier: hasEarlier } = await this.loadEarlier(first);
      const height = this.box.scrollHeight - this.box.scrollTop;
      this.messages = new Map([...messages.map((message) => [message.id, message]), ...this.messages]);
      this.list.prepend(this.built(messages));
      this.earlier.hidden = !hasEarlier;
      this.box.scrollTop = this.box.scrollHeight - height;
    } finally {
      this.isLoading = false;
      this.earlier.disabled = false;
    }
  }

  node(message) {
    const album = this.albumOf(message);
    const node = messageNode(message, this.view, album);
    for (const one of album) this.nodes.set(one.id, node);
    return node;
  }

  built(messages, unreadAfter, previous = null) {
    const fragment = document.createDocumentFragment();
    let before = previous;
    let isMarked = unreadAfter === undefined;
    for (const message of messages) {
      const head = this.albumOf(message)[0];
      if (head.id !== message.id && this.nodes.has(head.id)) {
        // A further photo of an album that is on the screen already.
        if (this.nodes.get(message.id) !== this.nodes.get(head.id)) this.replace(this.nodes.get(head.id), head);
        before = message;
        continue;
      }
      if (!before || dayOf(before.date) !== dayOf(message.date)) {
        fragment.append(h("div", { class: "day" }, h("span", {}, dayWords(message.date))));
      }
      if (!isMarked && message.id > unreadAfter && message.from.id !== this.view.me && !message.service) {
        fragment.append(h("div", { class: "unread-line", "data-testid": "unread-line" }, h("span", {}, "New messages")));
        isMarked = true;
      }
      const node = this.node(message);
      const goesOn = follows(before, message);
      node.classList.toggle("is-first", !goesOn);
      node.classList.add("is-last");
      if (goesOn) this.nodes.get(before.id)?.classList.remove("is-last");
      fragment.append(node);
      before = message;
    }
    return fragment;
  }

  lastShown(node) {
    return this.messages.get(Number(node?.getAttribute("data-id"))) ?? null;
  }

  forgetOldest() {
    const old = [...this.messages.keys()].slice(0, this.messages.size - KEPT);
    for (const id of old) this.remove(id);
    this.earlier.hidden = false;
    this.scrollToEnd();
  }

  distance() {
    return this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight;
  }

  keepingEnd(change) {
    const wasAtEnd = this.isStuck;
    change();
    if (wasAtEnd) this.box.scrollTop = this.box.scrollHeight;
  }

  countMissed(count) {
    this.missed += count;
    this.showToEnd();
  }

  showToEnd() {
    this.toEnd.hidden = this.isStuck;
    this.badge.hidden = this.missed === 0;
    this.badge.textContent = String(this.missed);
    this.toEnd.setAttribute("aria-label", this.missed ? `Go to ${plural(this.missed, "new message")}` : "Go to the newest message");
  }

  watch() {
    let top = 0;
    this.box.addEventListener("scroll", () => {
      // Only going up leaves the end: a picture that loads makes the way to it longer, too.
      if (this.distance() < NEAR_END) this.isStuck = true;
      else if (this.box.scrollTop < top - 1) this.isStuck = false;
      top = this.box.scrollTop;
      if (this.isStuck) this.missed = 0;
      this.showToEnd();
      this.placeBar();
    }, { passive: true });
    new ResizeObserver(() => this.keepingEnd(() => {})).observe(this.list);
    new ResizeObserver(() => this.keepingEnd(() => {})).observe(this.box);
    const equip = (event) => {
      // Somebody who is choosing a face may cross other messages on the way to it.
      const isChoosing = event.type === "pointerover" && this.bar?.contains(document.activeElement);
      if (!isChoosing) this.equip(event.target.closest?.(".message"));
    };
    this.list.addEventListener("pointerover", equip);
    this.list.addEventListener("focusin", equip);
    this.element.addEventListener("pointerleave", (event) => {
      // A finger that is lifted "leaves", too.
      if (event.pointerType === "mouse" && !this.bar?.contains(document.activeElement)) this.equip(null);
    });
    this.box.addEventListener("keydown", (event) => this.walk(event));
  }

  /** Give the message under the pointer or the focus its row of actions. */
  equip(node) {
    const column = node?.querySelector(".message-column");
    if (column && this.bar?.parentNode === column) return;
    this.bar?.remove();
    this.bar = null;
    const message = this.messages.get(Number(node?.getAttribute("data-id")));
    if (!column || !message) return;
    this.bar = toolbar(message, this.view, { canDelete: this.canDelete(message) });
    column.append(this.bar);
    this.placeBar();
  }

  /** Keep the row of actions in sight where the top of a tall message is not. */
  placeBar() {
    const column = this.bar?.parentNode;
    if (!column) return;
    const outOfSight = this.box.getBoundingClientRect().top - column.getBoundingClientRect().top;
    this.bar.style.top = `${Math.max(-24, outOfSight + 8)}px`;
  }

  /** Arrow keys walk from message to message; Escape leaves the row of actions. */
  walk(event) {
    const node = event.target.closest(".message");
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Escape" && node) {
      node.focus();
      this.bar?.remove();
      this.bar = null;
    }
    if (!step) return;
    const all = [...this.list.querySelectorAll(".message")];
    const target = node ? all[all.indexOf(node) + step] : all.at(-1);
    if (!target) return;
    event.preventDefault();
    target.focus();
  }
}

function follows(before, message) {
  return Boolean(before) && !before.service && !message.service && before.from.id === message.from.id
    && message.date - before.date < TOGETHER && dayOf(before.date) === dayOf(message.date);
}

function smooth() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}
