// Where one writes: text, replies, edits, photos, and the commands that bots suggest.

import { add, h, icon, iconButton } from "./dom.js";
import { oneLine } from "./messages.js";

const LARGEST_PHOTO = 10 * 1024 * 1024;
let composers = 0;

export class Composer {
  /** `on` holds send(draft), edit(message, text), editLast() → message or null, refuse(words). */
  constructor(on) {
    this.on = on;
    this.id = `suggestions-${composers += 1}`;
    this.drafts = new Map();
    this.commands = [];
    this.input = h("textarea", {
      class: "composer-input", rows: "1", dir: "auto", placeholder: "Message", "aria-label": "Message", "data-testid": "composer",
      autocomplete: "off", maxlength: "4096", role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": this.id,
      oninput: () => this.typed(), onkeydown: (event) => this.pressed(event), onpaste: (event) => this.pasted(event),
    });
    this.file = h("input", { type: "file", accept: "image/png,image/jpeg,image/gif,image/webp", hidden: true, "data-testid": "photo-input", onchange: () => this.attach(this.file.files[0]) });
    this.above = h("div", { class: "composer-above" });
    this.suggestions = h("ul", { class: "suggestions", id: this.id, role: "listbox", "aria-label": "Commands", "data-testid": "suggestions", hidden: true });
    this.topic = h("select", { class: "topic-select", "aria-label": "Topic", hidden: true });
    this.keys = h("div", { class: "reply-keys", hidden: true });
    this.slash = iconButton("slash", "Commands", { class: "icon-button slash", "data-testid": "commands", onclick: () => this.put("/") });
    this.sendButton = h("button", { type: "submit", class: "send", "aria-label": "Send", title: "Send", "data-testid": "send" }, icon("send"));
    this.form = h("form", { class: "composer-row", onsubmit: (event) => this.submitted(event) },
      iconButton("attach", "Attach a photo", { "data-testid": "attach", onclick: () => this.file.click() }),
      this.topic, this.input, this.slash, this.sendButton, this.file);
    this.notice = h("div", { class: "composer-notice", hidden: true });
    this.element = h("div", { class: "composer" }, this.suggestions, this.above, this.form, this.keys, this.notice);
    this.reset();
  }

  /** Begin to write in a chat, with what was left unsent there. */
  open(chat, key) {
    this.keep();
    this.key = key;
    this.commands = chat.commands ?? [];
    this.hasManyBots = new Set(this.commands.map((command) => command.bot)).size > 1;
    this.slash.hidden = this.commands.length === 0;
    this.topic.replaceChildren(...[["", "General"], ...(chat.topics ?? []).map((topic) => [topic.id, topic.name])].map(([id, name]) => h("option", { value: id }, name)));
    this.topic.hidden = !(chat.topics?.length > 0);
    this.reset();
    Object.assign(this, this.drafts.get(key) ?? {});
    this.input.value = this.drafts.get(key)?.text ?? "";
    this.drawAbove();
    this.typed();
  }

  keep() {
    if (this.key) this.drafts.set(this.key, { text: this.editing ? "" : this.input.value, reply: this.reply, photo: this.photo });
  }

  reset() {
    this.reply = null;
    this.editing = null;
    this.photo = null;
    this.chosen = 0;
    this.drawAbove?.();
  }

  /** Say under which condition one can write, instead of the input (null: one can). */
  lock(words, button = null) {
    this.form.hidden = words !== null;
    this.notice.hidden = words === null;
    this.notice.replaceChildren();
    if (words !== null) add(this.notice, [button ?? words]);
    else this.typed();
  }

  /** Show the keys that a bot put in place of the keyboard. */
  offerKeys(markup, choose) {
    const rows = markup?.keyboard ?? [];
    this.keys.hidden = rows.length === 0;
    this.keys.replaceChildren(...rows.map((row) => h("div", { class: "keyboard-row" }, row.map((item) => {
      const words = typeof item === "string" ? item : item.text;
      return h("button", { type: "button", class: "key", onclick: () => choose(words) }, words);
    }))));
  }

  startReply(message) {
    this.editing = null;
    this.reply = message;
    this.drawAbove();
    this.focus();
  }

  startEdit(message) {
    this.reply = null;
    this.photo = null;
    this.editing = message;
    this.input.value = message.text;
    this.drawAbove();
    this.typed();
    this.focus();
  }

  /** Fill in a text, and perhaps what it answers, ready to be sent. */
  put(text, reply = null) {
    this.editing = null;
    this.reply = reply;
    this.input.value = text;
    // What is whole already needs no suggestion, which would cover the newest message.
    this.isDismissed = text.length > 1;
    this.drawAbove();
    this.typed();
    this.focus();
  }

  focus() {
    this.input.focus();
    this.input.setSelectionRange(this.input.value.length, this.input.value.length);
  }

  typed() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 160)}px`;
    this.sendButton.disabled = !this.input.value.trim() && !this.photo && !(this.editing && this.editing.photo);
    this.suggest();
  }

  suggest() {
    const match = /^\/([\w]*)$/.exec(this.input.value);
    const found = match ? this.commands.filter((command) => command.command.startsWith(match[1].toLowerCase())) : [];
    this.found = this.isDismissed && match ? [] : found;
    if (!match) this.isDismissed = false;
    this.chosen = Math.min(this.chosen, Math.max(0, this.found.length - 1));
    this.suggestions.hidden = this.found.length === 0;
    this.input.setAttribute("aria-expanded", String(this.found.length > 0));
    this.suggestions.replaceChildren(...this.found.map((command, index) => h("li", {
      role: "option", id: `${this.id}-${index}`, class: "suggestion", "aria-selected": String(index === this.chosen), "data-testid": "suggestion",
      onpointerdown: (event) => { event.preventDefault(); this.complete(command); },
    }, h("b", {}, `/${command.command}`), h("span", { dir: "auto" }, command.description))));
    if (this.found.length) this.input.setAttribute("aria-activedescendant", `${this.id}-${this.chosen}`);
    else this.input.removeAttribute("aria-activedescendant");
    this.suggestions.children[this.chosen]?.scrollIntoView({ block: "nearest" });
  }

  complete(command) {
    this.put(`/${command.command}${this.hasManyBots ? `@${command.bot}` : ""} `, this.reply);
  }

  pressed(event) {
    if (event.isComposing) return;
    if (this.found?.length && this.pressedInSuggestions(event)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.form.requestSubmit();
    } else if (event.key === "Escape" && (this.reply || this.editing || this.photo)) {
      this.cancel();
    } else if (event.key === "ArrowUp" && !this.input.value && !this.editing) {
      const last = this.on.editLast();
      if (!last) return undefined;
      event.preventDefault();
      this.startEdit(last);
    }
    return undefined;
  }

  pressedInSuggestions(event) {
    const command = this.found[this.chosen];
    const isWhole = this.input.value.slice(1).toLowerCase() === command.command;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.chosen = (this.chosen + step + this.found.length) % this.found.length;
      this.suggest();
    } else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !isWhole)) {
      this.complete(command);
    } else if (event.key === "Escape") {
      this.isDismissed = true;
      this.suggest();
    } else {
      return false;
    }
    return true;
  }

  cancel() {
    if (this.editing) this.input.value = "";
    this.reset();
    this.typed();
    this.focus();
  }

  pasted(event) {
    const image = [...(event.clipboardData?.files ?? [])].find((file) => file.type.startsWith("image/"));
    if (!image) return;
    event.preventDefault();
    this.attach(image);
  }

  attach(file) {
    this.file.value = "";
    if (!file) return;
    if (file.size > LARGEST_PHOTO) return this.on.refuse("A photo has at most 10 MB.");
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      if (this.editing) this.cancel();
      this.photo = { url: reader.result, name: file.name };
      this.drawAbove();
      this.typed();
      this.focus();
    });
    reader.readAsDataURL(file);
  }

  async submitted(event) {
    event.preventDefault();
    const text = this.input.value;
    if (this.sendButton.disabled) return;
    const { reply, editing, photo } = this;
    const topic = this.topic.hidden || !this.topic.value ? null : Number(this.topic.value);
    const key = this.key;
    this.input.value = "";
    this.reset();
    this.typed();
    this.focus();
    try {
      if (editing) await this.on.edit(editing, text);
      else await this.on.send({ text, reply, photo, topic });
    } catch (refusal) {
      // Nothing that was typed is lost.
      if (this.key === key && !this.input.value) {
        Object.assign(this, { reply, editing, photo });
        this.input.value = text;
        this.drawAbove();
        this.typed();
      }
      this.on.refuse(refusal.message);
    }
  }

  drawAbove() {
    const parts = [];
    const cancel = iconButton("close", "Cancel", { "data-testid": "cancel", onclick: () => this.cancel() });
    const shown = this.editing ?? this.reply;
    if (shown) {
      const kind = shown.photo ? "photo" : "text";
      parts.push(h("div", { class: "banner", "data-testid": "banner" }, icon(this.editing ? "edit" : "reply"),
        h("span", { class: "banner-words" },
          h("b", { dir: "auto" }, this.editing ? "Edit message" : `Reply to ${shown.from.name}`),
          h("span", { dir: "auto" }, oneLine({ text: shown.text, kind }))), cancel));
    }
    if (this.photo) {
      parts.push(h("div", { class: "banner" }, h("img", { src: this.photo.url, alt: "The photo to send", class: "banner-photo" }),
        h("span", { class: "banner-words" }, h("b", {}, "Photo"), h("span", {}, "Add a caption, then send")), shown ? null : cancel));
    }
    this.above.replaceChildren(...parts);
    this.input.placeholder = this.photo ? "Caption" : "Message";
  }
}
