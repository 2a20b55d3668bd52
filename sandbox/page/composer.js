// Where one writes: text, replies, edits, photos and files.

import { add, h, icon, iconButton } from "./dom.js";
import { oneLine } from "./messages.js";
import { Suggestions } from "./suggestions.js";

const LARGEST_PHOTO = 10 * 1024 * 1024;
const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp"];
const LARGEST_FILE = 20 * 1024 * 1024;

export class Composer {
  /** `on` holds send(draft), edit(message, text), editLast() → message or null, refuse(words), and what Suggestions asks. */
  constructor(on) {
    this.on = on;
    this.drafts = new Map();
    this.suggestions = new Suggestions(this, on);
    this.input = h("textarea", {
      class: "composer-input", rows: "1", dir: "auto", placeholder: "Message", "aria-label": "Message", "data-testid": "composer",
      autocomplete: "off", maxlength: "4096", role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": this.suggestions.id,
      oninput: () => this.typed(), onkeydown: (event) => this.pressed(event), onpaste: (event) => this.pasted(event),
    });
    this.file = h("input", { type: "file", hidden: true, "data-testid": "photo-input", onchange: () => this.attach(this.file.files[0]) });
    this.above = h("div", { class: "composer-above" });
    this.keys = h("div", { class: "reply-keys", hidden: true });
    this.slash = iconButton("slash", "Commands", { class: "icon-button slash", "data-testid": "commands", onclick: () => this.put("/") });
    this.sendButton = h("button", { type: "submit", class: "send", "aria-label": "Send", title: "Send", "data-testid": "send" }, icon("send"));
    this.form = h("form", { class: "composer-row", onsubmit: (event) => this.submitted(event) },
      iconButton("attach", "Attach a photo or a file", { "data-testid": "attach", onclick: () => this.file.click() }),
      this.input, this.slash, this.sendButton, this.file);
    this.notice = h("div", { class: "composer-notice", hidden: true });
    this.element = h("div", { class: "composer" }, this.suggestions.list, this.above, this.form, this.keys, this.notice);
    this.reset();
  }

  /** Begin to write in a chat, with what was left unsent there; an heir takes over what is being written. */
  open(chat, key, isHeir = false) {
    if (isHeir && this.place) this.place.key = key;
    this.keep();
    if (!isHeir) this.place = { key };
    this.offerCommands(chat.commands ?? []);
    this.reset();
    Object.assign(this, this.drafts.get(key) ?? {});
    this.input.value = this.drafts.get(key)?.text ?? "";
    this.drawAbove();
    this.typed();
  }

  keep() {
    const { reply, photo, document: file } = this;
    if (this.place) this.drafts.set(this.place.key, { text: this.editing ? "" : this.input.value, reply, photo, document: file });
  }

  offerCommands(commands) {
    this.suggestions.offer(commands);
    this.slash.hidden = commands.length === 0;
  }

  reset() {
    this.reply = null;
    this.editing = null;
    this.photo = null;
    this.document = null;
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
    this.suggestions.isDismissed = text.length > 1 && !text.startsWith("@");
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
    this.sendButton.disabled = !this.input.value.trim() && !this.photo && !this.document && !(this.editing && this.editing.photo);
    this.suggestions.suggest();
  }

  pressed(event) {
    if (event.isComposing) return;
    if (this.suggestions.pressed(event)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.form.requestSubmit();
    } else if (event.key === "Escape" && (this.reply || this.editing || this.photo || this.document)) {
      this.cancel();
    } else if (event.key === "ArrowUp" && !this.input.value && !this.editing) {
      const last = this.on.editLast();
      if (!last) return undefined;
      event.preventDefault();
      this.startEdit(last);
    }
    return undefined;
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
    if (!file) return undefined;
    const isPhoto = PICTURES.includes(file.type);
    if (isPhoto && file.size > LARGEST_PHOTO) return this.on.refuse("A photo has at most 10 MB.");
    if (file.size > LARGEST_FILE) return this.on.refuse("A file has at most 20 MB here.");
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      if (this.editing) this.cancel();
      const attached = { url: reader.result, name: file.name };
      this.photo = isPhoto ? attached : null;
      this.document = isPhoto ? null : attached;
      this.drawAbove();
      this.typed();
      this.focus();
    });
    return reader.readAsDataURL(file);
  }

  async submitted(event) {
    event.preventDefault();
    const text = this.input.value;
    if (this.sendButton.disabled) return;
    const { reply, editing, photo, document } = this;
    const { place } = this;
    this.input.value = "";
    this.reset();
    this.typed();
    this.focus();
    try {
      if (editing) await this.on.edit(editing, text);
      else await this.on.send({ text, reply, photo, file: document });
    } catch (refusal) {
      // Nothing that was typed is lost.
      if (this.place === place && !this.input.value) {
        Object.assign(this, { reply, editing, photo, document });
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
        h("span", { class: "banner-words" }, h("b", {}, "Photo"), h("span", {}, "Add a caption, then send")), !shown && cancel));
    }
    if (this.document) {
      parts.push(h("div", { class: "banner" }, icon("file"),
        h("span", { class: "banner-words" }, h("b", { dir: "auto" }, this.document.name), h("span", {}, "Add a caption, then send")), !shown && cancel));
    }
    this.above.replaceChildren(...parts.flat());
    this.input.placeholder = this.photo || this.document ? "Caption" : "Message";
  }
}
