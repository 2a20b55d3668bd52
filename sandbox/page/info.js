// What one learns and changes about a chat: its people and their rights, its links, its kind.

import { Refusal, act } from "./api.js";
import { confirmDialog, modal } from "./dialogs.js";
import { avatar, h, icon, plural } from "./dom.js";
import { addDialog } from "./founding.js";

const KINDS = { group: "basic group", supergroup: "supergroup", channel: "channel" };
const STANDINGS = { creator: "owner", administrator: "admin", member: "member", restricted: "restricted", kicked: "removed", left: "left" };
const MOST = 100;

/** Show a chat's people to one of them; `load()` resolves with {members, outside, bots}. */
export function infoDialog(client, load) {
  const chat = client.current;
  return modal(`About ${chat.title}`, (close) => {
    const list = h("ul", { class: "people-list", role: "list", "data-testid": "members" });
    const complaint = h("p", { class: "complaint", role: "alert" });
    const done = h("p", { class: "dialog-note is-good", role: "status" });
    const sheet = new Sheet({ client, chat, close, list, complaint, done, load });
    sheet.refresh();
    const head = h("div", { class: "dialog-head" }, avatar({ id: chat.id, name: chat.title, shape: "is-group" }), h("h2", { dir: "auto" }, chat.title),
      h("p", { class: "dialog-note" }, `${chat.is_forum ? "forum" : KINDS[chat.type]} · ${plural(chat.members, "member")} · `, h("code", {}, String(chat.id))));
    return [head, h("div", { class: "sheet-actions" }, sheet.actions()), complaint, done, list,
      h("div", { class: "dialog-row" }, h("button", { type: "button", class: "button is-main", autofocus: true, onclick: () => close() }, "Close"))];
  }, { testid: "info" });
}

class Sheet {
  constructor(parts) {
    Object.assign(this, parts);
    this.isAdmin = ["creator", "administrator"].includes(this.chat.status);
  }

  actions() {
    const button = (sign, words, testid, run) => h("button", { type: "button", class: "button", "data-testid": testid, onclick: run }, icon(sign), words);
    return [
      button("add", "Add people…", "add-people", () => this.add()),
      this.isAdmin && button("link", "Invite link", "make-link", () => this.link()),
      this.isAdmin && this.chat.type === "group" && button("bolt", "Make it a supergroup", "migrate", () => this.run("migrate", {}, { closes: true })),
      button("leave", "Leave", "leave", () => this.leave()),
    ];
  }

  async refresh() {
    try {
      this.about = await this.load();
      const shown = this.about.members.slice(0, MOST);
      const rest = this.about.members.length - shown.length;
      this.list.replaceChildren(...shown.map((member) => this.line(member)), ...(rest > 0 ? [h("li", { class: "dialog-note" }, `and ${rest.toLocaleString("en")} more`)] : []));
    } catch (refusal) {
      this.complain(refusal);
    }
  }

  line(member) {
    const standing = [STANDINGS[member.status], member.is_anonymous && "anonymous", member.title && `“${member.title}”`].filter(Boolean).join(", ");
    const who = [avatar({ ...member, shape: member.is_bot ? "is-bot" : "" }), h("span", { dir: "auto" }, member.name), h("small", {}, member.is_bot ? `bot, ${standing}` : standing)];
    const choices = this.choices(member);
    if (choices.length === 0) return h("li", {}, h("div", { class: "person-line" }, who));
    return h("li", {}, h("details", { class: "member", "data-testid": "member", "data-person": member.id },
      h("summary", { class: "person-line" }, who),
      h("div", { class: "member-actions" }, choices.map(([what, words, more]) => h("button", {
        type: "button", class: "button is-small", "data-testid": `${what}-member`, onclick: () => this.run(what, { person: member.id, ...more }),
      }, words)))));
  }

  /** What the viewer may do with a member. */
  choices(member) {
    if (!this.isAdmin || member.id === this.client.me || member.status === "creator") return [];
    const isHere = ["member", "administrator", "restricted"].includes(member.status);
    const inGroup = this.chat.type !== "channel";
    return [
      isHere && member.status !== "administrator" && ["promote", "Make admin"],
      isHere && member.status !== "administrator" && !member.is_bot && ["promote", "Anonymous admin", { anonymous: true }],
      member.status === "administrator" && ["demote", "Take the office back"],
      inGroup && member.status === "member" && !member.is_bot && ["restrict", "Mute"],
      member.status === "restricted" && ["unrestrict", "Let speak again"],
      isHere && ["remove", "Remove"],
      member.status === "kicked" && ["unban", "Lift the ban"],
    ].filter(Boolean);
  }

  async run(what, fields, { closes = false } = {}) {
    this.complaint.textContent = "";
    try {
      const result = await act(this.client.me, what, { chat: this.chat.key, ...fields });
      await this.client.refresh();
      if (closes) this.close(result);
      else await this.refresh();
      return result;
    } catch (refusal) {
      return this.complain(refusal);
    }
  }

  async add() {
    if (await addDialog(this.client.me, this.chat.key, this.about?.outside ?? [], this.about?.bots ?? [])) await this.refresh();
  }

  async link() {
    const made = await this.run("make_link", {});
    if (!made) return;
    await navigator.clipboard?.writeText(made.url).catch(() => {});
    this.done.replaceChildren("A new link, copied: ", h("code", { "data-testid": "new-link" }, made.url));
  }

  async leave() {
    if (await confirmDialog(`Leave ${this.chat.title}?`, "Leave")) await this.run("leave", {}, { closes: true });
  }

  complain(refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    this.complaint.textContent = refusal.message;
    return null;
  }
}
