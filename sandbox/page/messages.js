// One message as elements: author, quotation, picture, words, buttons, reactions.

import { fileUrl } from "./api.js";
import { contentNodes } from "./contents.js";
import { avatar, clock, colour, h, icon, iconButton, plural } from "./dom.js";
import { richText } from "./entities.js";

export const EMOJIS = ["👍", "❤", "🔥", "🎉", "😍", "👏", "🤔", "😢"];

/** `view` is {me, isPrivate, pending, on}; `on` holds what to do at reply, edit, delete, react, tap, vote, pay, link, command, jump, picture.
 * `album` are the messages that are shown as one, itself first. */
export function messageNode(message, view, album = [message]) {
  if (message.service) return serviceNode(message, view);
  const isOwn = message.from.id === view.me;
  const words = album.find((one) => one.text) ?? message;
  const bubble = h("div", { class: bubbleClass(message, words) },
    !isOwn && !view.isPrivate && authorLine(message),
    message.forwarded && h("div", { class: "forwarded", dir: "auto" }, message.forwarded === true ? "Forwarded" : `Forwarded from ${message.forwarded}`),
    message.via && h("div", { class: "forwarded" }, `via @${message.via}`),
    message.topic && view.topic === null && h("div", { class: "topic" }, "# ", message.topic.name),
    message.reply && quotation(message.reply, view),
    contentNodes(message, album, view),
    words.text && h("div", { class: "words", dir: "auto" }, richText(words.text, words.entities, view.on)),
    h("div", { class: "foot" }, reactionChips(message, view), stamp(message)));
  const column = h("div", { class: "message-column" }, bubble, keysOf(message).length > 0 && keyboard(message, view));
  return h("div", {
    class: `message ${isOwn ? "is-own" : ""}`,
    tabindex: "-1",
    "data-testid": "message",
    "data-id": message.id,
    "data-author": message.from.name,
    role: "article",
    "aria-label": `${message.from.name}, ${clock(message.date)}`,
  }, !isOwn && !view.isPrivate && h("span", { class: "message-avatar" }, avatar({ ...message.from, shape: shapeOf(message.from) })), column);
}

/** The floating row of what can be done with a message. */
export function toolbar(message, view, { canDelete }) {
  const isOwn = message.from.id === view.me;
  const bar = h("div", { class: "toolbar", role: "toolbar", "aria-label": "Message actions", "data-testid": "toolbar" });
  const choose = (emoji) => {
    view.on.react(message, emoji);
    bar.remove();
  };
  const faces = () => EMOJIS.map((emoji) => h("button", {
    type: "button", class: "face", "aria-label": `React with ${emoji}`, "data-testid": "face", "data-emoji": emoji, onclick: () => choose(emoji),
  }, shownEmoji(emoji)));
  const showFaces = () => {
    bar.replaceChildren(...faces());
    bar.firstChild.focus();
  };
  bar.append(
    iconButton("react", "React", { "data-testid": "react", onclick: showFaces }),
    iconButton("reply", "Reply", { "data-testid": "reply", onclick: () => view.on.reply(message) }),
  );
  if (isOwn && !message.document && !message.poll && !message.invoice) bar.append(iconButton("edit", "Edit", { "data-testid": "edit", onclick: () => view.on.edit(message) }));
  if (canDelete) bar.append(iconButton("delete", "Delete", { "data-testid": "delete", onclick: () => view.on.delete(message) }));
  return bar;
}

const SIGNS = { photo: ["🖼", "Photo"], album: ["🖼", "Album"], document: ["📄", "File"], poll: ["📊", "Poll"], invoice: ["🧾", "Invoice"] };

export function shapeOf(author) {
  return author.is_group ? "is-group" : author.is_bot ? "is-bot" : "";
}

/** A bare heart is drawn as a black letter unless a picture is asked for. */
export function shownEmoji(emoji) {
  return emoji === "❤" ? "❤\ufe0f" : emoji;
}

/** Return how a text is in one line, for lists and quotations. */
export function oneLine(brief) {
  const words = brief.text.replace(/\s+/g, " ").trim();
  const [sign, otherwise] = SIGNS[brief.kind] ?? [];
  return sign ? `${sign} ${words || otherwise}` : words;
}

function serviceNode(message, view) {
  const isPointing = Boolean(message.reply);
  const words = h("span", { dir: "auto" }, message.service);
  const shown = isPointing ? h("button", { type: "button", class: "service-button", onclick: () => view.on.jump(message.reply.id) }, words) : words;
  return h("div", { class: "service", "data-testid": "service", "data-id": message.id }, shown);
}

function bubbleClass(message, words) {
  const classes = ["bubble"];
  if (message.photo) classes.push("has-photo");
  if (!words.text && message.photo) classes.push("is-bare");
  if (message.poll || message.invoice) classes.push("is-wide");
  if (!message.photo && isOnlyEmoji(message)) classes.push("is-big");
  return classes.join(" ");
}

function isOnlyEmoji(message) {
  return !message.reply && /^(\p{Extended_Pictographic}\uFE0F?){1,3}$/u.test(message.text);
}

function authorLine(message) {
  const tag = message.from.is_bot ? "bot" : message.from.is_group ? "group" : null;
  return h("div", { class: `author ${colour(message.from.id)}` }, h("span", { dir: "auto" }, message.from.name), tag && h("small", {}, tag));
}

function quotation(reply, view) {
  return h("button", {
    type: "button", class: `quotation ${colour(reply.color)}`, "data-testid": "quotation", "aria-label": `In answer to ${reply.name}: ${reply.text}`,
    onclick: () => view.on.jump(reply.id),
  },
  reply.photo && h("img", { src: fileUrl(reply.photo), alt: "", loading: "lazy" }),
  h("span", { class: "quotation-words" }, h("b", { dir: "auto" }, reply.name), h("span", { dir: "auto" }, reply.text || "Photo")));
}

function stamp(message) {
  const time = new Date(message.date * 1000).toISOString();
  return h("span", { class: "stamp" },
    message.pinned && icon("pin"),
    message.edited && h("span", { "data-testid": "edited" }, "edited "),
    h("time", { datetime: time }, clock(message.date)));
}

function reactionChips(message, view) {
  return h("span", { class: "chips" }, (message.reactions ?? []).map(({ emoji, count, by }) => {
    const isOwn = by.includes(view.me);
    return h("button", {
      type: "button", class: "chip", "data-testid": "chip", "data-emoji": emoji, "aria-pressed": String(isOwn),
      "aria-label": `${emoji} ${plural(count, "reaction")}${isOwn ? ", yours too" : ""}`,
      onclick: () => view.on.react(message, emoji),
    }, h("span", { class: "chip-emoji" }, shownEmoji(emoji)), h("span", {}, String(count)));
  }));
}

/** Return the rows of buttons; an invoice without any still has its Pay button. */
export function keysOf(message) {
  if (message.buttons) return message.buttons;
  return message.invoice ? [[{ text: `Pay ${message.invoice.price}`, pay: true }]] : [];
}

function keyboard(message, view) {
  return h("div", { class: "keyboard", role: "group", "aria-label": "Buttons", "data-testid": "keyboard" },
    keysOf(message).map((row, y) => h("div", { class: "keyboard-row" }, row.map((button, x) => key(message, button, y, x, view)))));
}

function key(message, button, row, column, view) {
  const isWaiting = view.pending.has(`${message.id}:${button.callback_data}`);
  const sign = ["url", "copy_text", "pay"].find((name) => name in button);
  const style = button.style ? `is-${button.style}` : button.pay ? "is-primary" : "";
  return h("button", {
    type: "button", class: `key ${style}`, "data-testid": button.pay ? "pay" : "key", "data-place": `${row}:${column}`,
    "aria-busy": isWaiting ? "true" : false, onclick: () => view.on.tap(message, row, column),
  }, h("span", { dir: "auto" }, button.text), sign && icon({ url: "link", copy_text: "copy", pay: "card" }[sign]));
}
