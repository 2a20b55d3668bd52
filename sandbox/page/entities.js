// Formatted text: Bot API entities (offsets in UTF-16 units, as JavaScript counts) to elements.

import { h, safeUrl } from "./dom.js";

const SIMPLE = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

/** Return nodes for a text; `follow.link(url)` and `follow.command(text)` are called on clicks. */
export function richText(text, entities, follow) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodes(text, 0, text.length, sorted, follow);
}

function nodes(text, start, end, entities, follow) {
  const result = [];
  let at = start;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    index += 1;
    if (from >= to) continue;
    if (from > at) result.push(text.slice(at, from));
    const inner = [];
    while (index < entities.length && entities[index].offset < to) inner.push(entities[index++]);
    result.push(wrapped(entity, text.slice(from, to), nodes(text, from, to, inner, follow), follow));
    at = to;
    // A block ends its line by itself: the line break after it would show as an empty line.
    if (isBlock(entity) && text[at] === "\n" && at < end) at += 1;
  }
  if (at < end) result.push(text.slice(at, end));
  return result;
}

function isBlock(entity) {
  return entity.type === "pre" || entity.type.endsWith("blockquote");
}

function wrapped(entity, words, children, follow) {
  if (entity.type in SIMPLE) return h(SIMPLE[entity.type], {}, children);
  switch (entity.type) {
    case "pre":
      return h("pre", {}, children);
    case "blockquote":
      return h("blockquote", { dir: "auto" }, children);
    case "expandable_blockquote":
      return expandable(children);
    case "spoiler":
      return spoiler(children);
    case "text_link":
      return link(entity.url, children, follow);
    case "url":
      return link(words, children, follow);
    case "email":
      return link(`mailto:${words}`, children, follow);
    case "phone_number":
      return link(`tel:${words}`, children, follow);
    case "bot_command":
      // Not a button element: those break the line around them, and a command often stands in brackets.
      return h("a", { href: "#", role: "button", class: "in-text", onclick: (event) => { event.preventDefault(); follow.command(words); } }, children);
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return h("span", { class: "in-text" }, children);
    default:
      return h("span", {}, children);
  }
}

function link(url, children, follow) {
  const href = safeUrl(url);
  if (!href) return h("span", {}, children);
  const open = (event) => {
    event.preventDefault();
    follow.link(href);
  };
  return h("a", { href, rel: "noopener noreferrer", target: "_blank", onclick: open }, children);
}

function spoiler(children) {
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    hidden.classList.add("is-shown");
    hidden.removeAttribute("role");
    hidden.removeAttribute("aria-label");
  };
  const attributes = { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text: press to show" };
  const hidden = h("span", { ...attributes, onclick: reveal, onkeydown: reveal }, children);
  return hidden;
}

function expandable(children) {
  const quote = h("blockquote", { dir: "auto", class: "is-folded" }, children);
  quote.addEventListener("click", () => quote.classList.toggle("is-folded"));
  return quote;
}
