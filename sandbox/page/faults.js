// Fault switches: what shall go wrong next, what is armed, and the virtual clock.

import { read, send } from "./api.js";
import { ClockRow } from "./clock.js";
import { h, icon, iconButton } from "./dom.js";

// kind, words, what it does, the fields it sends besides; "calls" fail at the bot's calls, the others at its updates.
const KINDS = [
  ["too_many", "429", "Too Many Requests; the bot has to wait", "calls", { retry_after: 5 }],
  ["forbidden", "403", "as if somebody had blocked the bot", "calls", {}],
  ["server_error", "5xx", "502 Bad Gateway, nothing happened", "calls", {}],
  ["slow", "Slow", "the answer takes five seconds", "calls", { seconds: 5 }],
  ["cut_before", "Cut before", "the line breaks and nothing happened", "calls", {}],
  ["cut_after", "Cut after", "it happened, but the bot can't know. Does it send twice?", "calls", {}],
  ["webhook_timeout", "Webhook time-out", "the bot has the update, its answer is lost", "updates", {}],
  ["duplicate", "Duplicate", "the same update twice", "updates", {}],
  ["out_of_order", "Out of order", "a later update comes first", "updates", {}],
  ["unparsable", "Unparsable", "an update that no library can read", "updates", {}],
];
const METHODS = ["sendMessage", "sendPhoto", "editMessageText", "editMessageCaption", "answerCallbackQuery", "setMessageReaction", "getUpdates"];
const UPDATES = ["message", "edited_message", "callback_query", "message_reaction", "chat_member", "inline_query", "pre_checkout_query"];
const LASTS = 400;

export class FaultPanel {
  /** `on.chats()` returns the chats that can be named. */
  constructor(on) {
    this.on = on;
    this.kind = KINDS[0];
    this.clock = new ClockRow();
    this.complaint = h("p", { class: "complaint", role: "alert" });
    this.kinds = h("div", { class: "fault-kinds", role: "radiogroup", "aria-label": "What shall go wrong" });
    this.about = h("p", { class: "panel-note" });
    this.name = h("select", { "aria-label": "Which method or update", "data-testid": "fault-name" });
    this.chat = h("select", { "aria-label": "Which chat", "data-testid": "fault-chat" });
    this.times = h("input", { type: "number", min: "1", max: "999", value: "1", "aria-label": "How many times", "data-testid": "fault-times" });
    this.armed = h("ul", { class: "armed", role: "list", "aria-label": "Armed faults", "data-testid": "armed" });
    const arm = (event) => {
      event.preventDefault();
      this.arm();
    };
    this.element = h("div", { class: "panel-body faults", "data-testid": "faults", hidden: true },
      h("h2", { class: "panel-title" }, "Let something go wrong"), this.kinds, this.about,
      h("form", { class: "fault-form", onsubmit: arm }, h("label", {}, "At", this.name), h("label", {}, "In", this.chat), h("label", {}, "Times", this.times),
        h("button", { type: "submit", class: "button is-main", "data-testid": "arm" }, icon("bolt"), "Arm it")),
      this.complaint, this.armed, this.clock.element);
    this.choose(KINDS[0]);
  }

  choose(kind) {
    this.kind = kind;
    const [, , about, side] = kind;
    this.kinds.replaceChildren(...KINDS.map((one) => h("button", {
      type: "button", role: "radio", class: "fault-kind", "data-testid": "fault-kind", "aria-checked": String(one === kind), title: one[2], onclick: () => this.choose(one),
    }, one[1])));
    this.about.textContent = `${about[0].toUpperCase()}${about.slice(1)}${about.endsWith("?") ? "" : "."}`;
    const names = side === "calls" ? METHODS : UPDATES;
    this.name.replaceChildren(h("option", { value: "" }, side === "calls" ? "any call" : "any update"), ...names.map((name) => h("option", { value: name }, name)));
    this.drawChats();
  }

  drawChats() {
    const chosen = this.chat.value;
    this.chat.replaceChildren(h("option", { value: "" }, "any chat"), ...this.on.chats().map((chat) => h("option", { value: chat.id }, chat.title)));
    this.chat.value = chosen;
    if (this.chat.selectedIndex < 0) this.chat.value = "";
  }

  async arm() {
    const [kind, , , side, more] = this.kind;
    const fields = { kind, times: Number(this.times.value), ...more };
    if (this.name.value) fields[side === "calls" ? "method" : "update"] = this.name.value;
    if (this.chat.value) fields.chat_id = Number(this.chat.value);
    await this.tell(() => send("faults", fields));
  }

  async tell(ask) {
    this.complaint.textContent = "";
    try {
      await ask();
    } catch (refusal) {
      this.complaint.textContent = refusal.message;
    }
    await this.refresh();
  }

  /** Look again, at most a few times a second however much happens. */
  refresh() {
    this.looking ??= setTimeout(() => { this.looking = null; this.look(); }, this.hasLooked ? LASTS : 0);
    return this.looking;
  }

  async look() {
    this.hasLooked = true;
    try {
      this.drawArmed((await read("faults")).faults);
      await this.clock.refresh();
    } catch (refusal) {
      this.complaint.textContent = refusal.message;
    }
  }

  drawArmed(faults) {
    if (document.activeElement !== this.chat) this.drawChats();
    const clear = faults.length > 0 && h("li", {}, h("button", { type: "button", class: "link-button", "data-testid": "clear-faults", onclick: () => this.tell(() => send("faults", {}, "DELETE")) }, "Call everything off"));
    this.armed.replaceChildren(...faults.map((fault) => this.armedItem(fault)), ...(clear ? [clear] : [h("li", { class: "panel-note" }, "Nothing is armed: all goes well.")]));
  }

  armedItem(fault) {
    const kind = KINDS.find(([name]) => name === fault.kind) ?? KINDS.find(([name]) => name === { 429: "too_many", 403: "forbidden" }[fault.code]) ?? KINDS[2];
    const words = fault.kind === "refuse" ? `${fault.code} ${fault.description}` : kind[1];
    const chat = fault.chat_id && (this.on.chats().find((one) => one.id === fault.chat_id)?.title ?? fault.chat_id);
    const where = [fault.method ?? fault.update, chat && `in ${chat}`].filter(Boolean).join(" ") || "anything";
    return h("li", { class: "armed-item", "data-testid": "armed-fault" },
      h("span", {}, h("b", {}, words), h("small", {}, `${where} · ${fault.times === 1 ? "once" : `${fault.times} times`}`)),
      iconButton("close", "Call this fault off", { onclick: () => this.tell(() => send(`faults?number=${fault.number}`, {}, "DELETE")) }));
  }
}
