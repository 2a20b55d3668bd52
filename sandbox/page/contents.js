// What a message can hold besides words: pictures, albums, files, polls, invoices.

import { fileUrl } from "./api.js";
import { h, icon, plural } from "./dom.js";

/** Return the nodes of a message's content; `album` are the messages of its album, itself included. */
export function contentNodes(message, album, view) {
  const pictures = album.filter((one) => one.photo);
  const files = album.filter((one) => one.document);
  return [
    pictures.length > 1 ? gallery(pictures, view) : pictures.length === 1 && picture(pictures[0], view),
    files.map((one) => documentLine(one.document)),
    message.poll && pollNode(message, view),
    message.invoice && invoiceNode(message),
  ];
}

function picture(message, view) {
  const { id, width, height } = message.photo;
  const image = h("img", { src: fileUrl(id), alt: described(message), width, height, decoding: "async", draggable: "false" });
  return h("button", { type: "button", class: "photo", "aria-label": "Open the photo", onclick: () => view.on.picture(message) }, image);
}

function described(message) {
  return message.text ? `Photo: ${message.text.slice(0, 80)}` : "Photo";
}

function gallery(messages, view) {
  return h("div", { class: `album is-of-${Math.min(messages.length, 10)}`, "data-testid": "album", role: "group", "aria-label": `Album of ${messages.length} photos` },
    messages.map((message, place) => h("button", {
      type: "button", class: "album-photo", "aria-label": `Open photo ${place + 1} of ${messages.length}`, onclick: () => view.on.picture(message),
    }, h("img", { src: fileUrl(message.photo.id), alt: described(message), decoding: "async", draggable: "false" }))));
}

function documentLine(file) {
  return h("a", { class: "document", href: fileUrl(file.id), download: file.name, "data-testid": "document", title: `Download ${file.name}` },
    h("span", { class: "document-icon" }, icon("download")),
    h("span", { class: "document-words" }, h("b", { dir: "auto" }, file.name), h("small", {}, sizeWords(file.size))));
}

function sizeWords(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1_048_576 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}

// Polls

function pollNode(message, view) {
  const { poll } = message;
  const mine = poll.options.flatMap((option, place) => (option.by.includes(view.me) ? [place] : []));
  const isShown = (mine.length > 0 || poll.is_closed) && !(poll.hides_results && !poll.is_closed);
  const canVote = !poll.is_closed && (mine.length === 0 || poll.allows_revoting);
  const kind = [poll.is_closed ? "Final results" : poll.is_anonymous ? "Anonymous" : "Public", poll.is_quiz ? "quiz" : "poll"].join(" ");
  const rows = poll.options.map((option, place) => pollOption(message, option, place, { mine, isShown, canVote, view }));
  const chosen = () => rows.flatMap((row, place) => (row.querySelector("input")?.checked ? [place] : []));
  const isAsking = poll.allows_multiple && canVote && mine.length === 0;
  return h("div", { class: "poll", "data-testid": "poll" },
    h("b", { class: "poll-question", dir: "auto" }, poll.question), h("small", {}, poll.is_closed ? "Final results" : kind),
    h("div", { class: "poll-options", role: "group", "aria-label": poll.question }, rows),
    isShown && poll.explanation && h("p", { class: "poll-explanation", dir: "auto" }, poll.explanation),
    h("div", { class: "poll-foot" },
      h("span", { "data-testid": "poll-total" }, poll.total ? plural(poll.total, poll.is_quiz ? "answer" : "vote") : "Nobody has voted yet"),
      isAsking && h("button", { type: "button", class: "link-button", "data-testid": "vote", onclick: () => view.on.vote(message, chosen()) }, "Vote"),
      mine.length > 0 && canVote && !poll.is_quiz && h("button", { type: "button", class: "link-button", "data-testid": "retract", onclick: () => view.on.vote(message, []) }, "Take back")));
}

function pollOption(message, option, place, { mine, isShown, canVote, view }) {
  const { poll } = message;
  const isMine = mine.includes(place);
  const isRight = isShown && poll.correct?.includes(place);
  const isWrong = isShown && poll.is_quiz && isMine && poll.correct && !isRight;
  const share = poll.total ? Math.round((100 * option.by.length) / poll.total) : 0;
  const classes = ["poll-option", isMine && "is-mine", isRight && "is-right", isWrong && "is-wrong"].filter(Boolean).join(" ");
  const words = h("span", { class: "poll-words", dir: "auto" }, option.text);
  if (!isShown && canVote && poll.allows_multiple && mine.length === 0) {
    return h("label", { class: classes, "data-testid": "option" }, h("input", { type: "checkbox" }), words);
  }
  const bar = h("span", { class: "poll-bar", "aria-hidden": "true" });
  bar.style.width = `${isShown ? share : 0}%`;
  const mark = isShown ? h("span", { class: "poll-share" }, `${share}%`) : h("span", { class: "poll-ring", "aria-hidden": "true" });
  const who = poll.is_anonymous ? "" : plural(option.by.length, "vote");
  return h("button", {
    type: "button", class: classes, "data-testid": "option", disabled: !canVote || poll.allows_multiple, "aria-pressed": String(isMine),
    "aria-label": isShown ? `${option.text}: ${share}%${isMine ? ", your choice" : ""}` : option.text, title: isShown ? who : null,
    onclick: () => view.on.vote(message, isMine ? [] : [place]),
  }, mark, words, isMine && icon("check"), bar);
}

// Invoices

function invoiceNode(message) {
  const { invoice } = message;
  return h("div", { class: "invoice", "data-testid": "invoice" },
    invoice.photo && h("img", { class: "invoice-photo", src: invoice.photo, alt: "", loading: "lazy", onerror: (event) => event.target.remove() }),
    h("b", { class: "invoice-title", dir: "auto" }, invoice.title),
    h("p", { dir: "auto" }, invoice.description),
    h("span", { class: "invoice-price" }, invoice.price, h("small", {}, invoice.is_test ? "test payment" : "")));
}
