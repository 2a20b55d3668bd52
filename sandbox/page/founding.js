// Dialogs that found chats and topics, and choose people.

import { act } from "./api.js";
import { modal } from "./dialogs.js";
import { avatar, h } from "./dom.js";

const KINDS = [
  ["supergroup", "Supergroup", "what most groups are"],
  ["forum", "Forum", "a supergroup with topics"],
  ["group", "Basic group", "small and old; it can migrate"],
  ["channel", "Channel", "only its admins post"],
];

/** Found a chat; resolves with {chat}, or undefined. `chosen` may name a bot that asked for it, with a payload. */
export function foundDialog(me, people, bots, chosen = {}) {
  return modal("A new chat", (close) => {
    const title = h("input", { name: "title", required: true, maxlength: "128", autocomplete: "off", placeholder: "Tea friends", dir: "auto", autofocus: true });
    const kinds = h("div", { class: "kinds", role: "radiogroup", "aria-label": "Kind" }, KINDS.map(([kind, words, note], place) => h("label", { class: "kind-choice" },
      h("input", { type: "radio", name: "kind", value: kind, checked: place === 0 }), h("span", {}, h("b", {}, words), h("small", {}, note)))));
    const members = picker([...bots.map((bot) => ({ ...bot, isBot: true, standing: "bot, as admin" })), ...people.filter((person) => person.id !== me)], chosen.bot);
    return form("A new chat", "You own it.", "Found it", close, [h("label", {}, "Name", title), kinds, h("p", { class: "field-name" }, "With"), members.element], () => act(me, "found", {
      title: title.value, kind: kinds.querySelector(":checked").value, people: members.people(), bots: members.bots(), payload: chosen.payload ?? null,
    }));
  }, { testid: "founding" });
}

/** Add people and bots to a chat; resolves with true, or undefined. */
export function addDialog(me, chat, people, bots) {
  return modal("Add people", (close) => {
    const members = picker([...people, ...bots.map((bot) => ({ ...bot, isBot: true, standing: "bot" }))]);
    return form("Add people", null, "Add", close, [members.element], async () => {
      await act(me, "add", { chat, people: members.people(), bots: members.bots() });
      return true;
    });
  }, { testid: "adding" });
}

/** Open a topic in a forum; resolves with its id, or undefined. */
export function topicDialog(me, chat) {
  return modal("A new topic", (close) => {
    const name = h("input", { name: "name", required: true, maxlength: "128", autocomplete: "off", placeholder: "Deals", dir: "auto", autofocus: true });
    return form("A new topic", null, "Open it", close, [h("label", {}, "Name", name)], async () => (await act(me, "topic", { chat, name: name.value })).topic);
  }, { testid: "topic-dialog" });
}

/** A form with its complaint; `done()` resolves with what the dialog closes with, or throws Refusal. */
function form(heading, note, verb, close, fields, done) {
  const complaint = h("p", { class: "complaint", role: "alert" });
  const submit = async (event) => {
    event.preventDefault();
    try {
      close(await done());
    } catch (refusal) {
      complaint.textContent = refusal.message;
    }
  };
  return h("form", { onsubmit: submit },
    h("h2", {}, heading), note && h("p", { class: "dialog-note" }, note), fields, complaint,
    h("div", { class: "dialog-row" },
      h("button", { type: "button", class: "button", onclick: () => close() }, "Cancel"),
      h("button", { type: "submit", class: "button is-main" }, verb)));
}

/** A list of people and bots to tick, with a search. */
function picker(everybody, ticked = null) {
  const chosen = new Set(ticked === null ? [] : [ticked]);
  const list = h("ul", { class: "people-list is-short", role: "list" });
  const show = (words) => {
    const found = everybody.filter((one) => one.name.toLowerCase().includes(words.toLowerCase()));
    list.replaceChildren(...found.slice(0, 100).map((one) => h("li", {}, h("label", { class: "person-line" },
      h("input", { type: "checkbox", checked: chosen.has(one.id), onchange: (event) => (event.target.checked ? chosen.add(one.id) : chosen.delete(one.id)) }),
      avatar({ ...one, shape: one.isBot ? "is-bot" : "" }), h("span", { dir: "auto" }, one.name), h("small", {}, one.standing)))));
  };
  show("");
  const search = h("input", { type: "search", placeholder: "Search", "aria-label": "Search people", oninput: () => show(search.value) });
  const ids = (isBot) => everybody.filter((one) => chosen.has(one.id) && Boolean(one.isBot) === isBot).map((one) => one.id);
  return { element: [everybody.length > 8 && search, list], people: () => ids(false), bots: () => ids(true) };
}
