// Toasts, alerts, and the dialogs for newcomers, invite links and pictures.

import { act, fileUrl, read } from "./api.js";
import { add, avatar, h, icon, iconButton, plural, rove } from "./dom.js";

const LANGUAGES = [
  ["en", "English"], ["zh-hans", "中文"], ["ru", "Русский"], ["es", "Español"],
  ["de", "Deutsch"], ["fr", "Français"], ["pt-br", "Português"], ["ar", "العربية"], ["he", "עברית"], ["", "not told"],
];

/** Show a passing line in somebody's window. */
export function toast(where, words, { isError = false } = {}) {
  const note = h("div", { class: isError ? "toast is-error" : "toast", "data-testid": "toast", dir: "auto" }, words);
  where.append(note);
  const seconds = Math.min(9, 3.5 + words.length / 25);
  setTimeout(() => note.classList.add("is-leaving"), seconds * 1000);
  setTimeout(() => note.remove(), seconds * 1000 + 300);
}

/** Open a modal dialog; resolves with what `close(value)` was given, undefined if it was dismissed. */
export function modal(label, build, { testid = "dialog" } = {}) {
  return new Promise((resolve) => {
    let result;
    const close = (value) => {
      result = value;
      dialog.close();
    };
    const dialog = h("dialog", { class: "dialog", "aria-label": label, "data-testid": testid });
    add(dialog, [build(close)]);
    dialog.addEventListener("click", (event) => event.target === dialog && close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Show what a bot answered a tap with, until it is read. */
export function alertDialog(who, words) {
  return modal(`${who} says`, (close) => [
    h("p", { class: "dialog-words", dir: "auto" }, words),
    h("div", { class: "dialog-row" }, h("button", { type: "button", class: "button is-main", autofocus: true, onclick: () => close() }, "OK")),
  ], { testid: "alert" });
}

/** Ask before something that can't be undone; resolves with true or undefined. */
export function confirmDialog(words, verb) {
  return modal(words, (close) => [
    h("p", { class: "dialog-words" }, words),
    h("div", { class: "dialog-row" },
      h("button", { type: "button", class: "button", onclick: () => close() }, "Cancel"),
      h("button", { type: "button", class: "button is-main", autofocus: true, onclick: () => close(true) }, verb)),
  ]);
}

/** Make up somebody new; resolves with her id, or undefined. */
export function newcomerDialog(me) {
  return modal("A new person", (close) => {
    const name = h("input", { name: "name", required: true, maxlength: "64", autocomplete: "off", placeholder: "Noor", dir: "auto", autofocus: true });
    const language = h("select", { name: "language" }, LANGUAGES.map(([code, words]) => h("option", { value: code }, words)));
    const complaint = h("p", { class: "complaint", role: "alert" });
    const create = async (event) => {
      event.preventDefault();
      try {
        close((await act(me, "newcomer", { name: name.value, language: language.value })).id);
      } catch (refusal) {
        complaint.textContent = refusal.message;
      }
    };
    return h("form", { onsubmit: create },
      h("h2", {}, "A new person"),
      h("p", { class: "dialog-note" }, "Somebody with a fresh Telegram account, in no group yet."),
      h("label", {}, "Name", name),
      h("label", {}, "Language of the app", language),
      complaint,
      h("div", { class: "dialog-row" },
        h("button", { type: "button", class: "button", onclick: () => close() }, "Cancel"),
        h("button", { type: "submit", class: "button is-main" }, "Create")));
  }, { testid: "newcomer" });
}

/** Everybody, with a search; resolves with a person's id, or undefined. */
export function peopleDialog(people) {
  return modal("Everybody", (close) => {
    const list = h("ul", { class: "people-list", role: "list" });
    const show = (words) => {
      const found = people.filter((person) => person.name.toLowerCase().includes(words.toLowerCase()));
      list.replaceChildren(...found.slice(0, 100).map((person) => h("li", {}, personButton(person, person.name, close))));
    };
    show("");
    const pressed = (event) => {
      const first = list.querySelector("button");
      if (event.key === "Enter") first?.click();
      else if (event.key === "ArrowDown") first?.focus();
      else return;
      event.preventDefault();
    };
    const search = h("input", { type: "search", placeholder: "Search", "aria-label": "Search people", autofocus: true, oninput: () => show(search.value), onkeydown: pressed });
    rove(list, "button", { previous: "ArrowUp", next: "ArrowDown" });
    return [h("h2", {}, "Who do you want to be?"), search, list];
  }, { testid: "people" });
}

/** Her chats; resolves with the key of the one that she picks, or undefined. */
export function chatDialog(chats) {
  return modal("Send it where?", (close) => [
    h("h2", {}, "Send it where?"),
    h("ul", { class: "people-list", role: "list" }, chats.map((chat) => h("li", {}, h("button", { type: "button", class: "person-line", onclick: () => close(chat.key) },
      avatar({ id: chat.id, name: chat.title, shape: chat.kind === "group" ? "is-group" : "is-bot" }), h("span", { dir: "auto" }, chat.title))))),
  ], { testid: "pick-chat" });
}

/** What an invite link leads to, and who could come in; resolves with {person}, {chat}, {isNew: true} or undefined. */
export async function inviteDialog(me, url) {
  const link = await read("link", { as: me, url });
  const outside = [...link.outside].sort((a, b) => (b.id === me) - (a.id === me)).slice(0, 50);
  return modal(`Join ${link.title}`, (close) => {
    const verb = link.asks ? "Ask to join as" : "Join as";
    return [
      h("div", { class: "dialog-head" }, avatar({ id: link.id, name: link.title, shape: "is-group" }),
        h("h2", { dir: "auto" }, link.title), h("p", { class: "dialog-note" }, plural(link.members, "member"))),
      !link.is_open && h("p", { class: "complaint" }, "This link has expired, is used up or was taken back."),
      link.is_inside && h("button", { type: "button", class: "button is-main is-wide", autofocus: true, onclick: () => close({ chat: link.chat }) }, "Open the group"),
      link.is_open && h("ul", { class: "people-list", role: "list" },
        outside.map((person) => h("li", {}, personButton(person, `${verb} ${person.name}`, (id) => close({ person: id })))),
        h("li", {}, h("button", { type: "button", class: "person-line", onclick: () => close({ isNew: true }) }, h("span", { class: "avatar is-empty" }, icon("plus")), `${verb} somebody new…`))),
    ];
  }, { testid: "join" });
}

/** A picture in full size. */
export function pictureDialog(photo, caption) {
  return modal(caption || "Photo", (close) => [
    h("img", { src: fileUrl(photo.id), alt: caption || "Photo", class: "picture" }),
    iconButton("close", "Close", { class: "icon-button picture-close", onclick: () => close() }),
  ], { testid: "picture" });
}

function personButton(person, words, choose) {
  return h("button", { type: "button", class: "person-line", onclick: () => choose(person.id) },
    avatar(person), h("span", { dir: "auto" }, words), h("small", {}, person.standing));
}
