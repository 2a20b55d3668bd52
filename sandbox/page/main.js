// The page: one to three people's windows side by side, and a panel.
//
// For tests, every window is [data-testid=client] (aria-busy until it shows who it should); within it (roles and aria-labels are stable too):
//   picker, person (role radio, named "Ann, member"; data-person=<user id>), new-person, everybody
//   theme, side-by-side, toggle-panel, close-client
//   chat-list, found, chat-item (data-chat=<key>; aria-current), unread, open-list (narrow windows), chat-title, about, topic, new-topic, pinned, block, let-in
//   log (role log), message (data-id, data-author), service, quotation, edited, earlier, to-end, unread-line
//   keyboard, key (aria-busy while the bot has not answered), pay, chip (data-emoji; aria-pressed if one's own)
//   album, document, poll, option, vote, retract, poll-total, invoice
//   toolbar (appears in the message that is hovered or focused): react, then face (data-emoji); reply; edit; delete
//   composer, send, attach, photo-input, commands, suggestions, suggestion, inline-result, banner (reply or edit), cancel, start
//   toasts, toast
// On the page: hints, hint, fill, scenes, scene (data-scene), play, pause, stop, speed, scene-says, traffic, entry (data-kind), traffic-filter,
// faults, fault-kind, fault-name, fault-chat, fault-times, arm, armed-fault, clear-faults, clock, advance, tab-…, close-panel;
// dialogs: alert, dialog (a question), people, pick-chat, join, newcomer, picture, founding, info (member, add-people, make-link, migrate, leave), pay-dialog.
// A chat's key is a group's id, or "<bot id>:<user id>" for a private chat.
// The address keeps who is shown: /#1001,1002

import { listen, read } from "./api.js";
import { Client } from "./client.js";
import { newcomerDialog } from "./dialogs.js";
import { Panel } from "./panel.js";

const NARROWEST = 340;
const MOST = 3;

class Desk {
  constructor() {
    this.clients = [];
    this.frame = document.getElementById("clients");
    this.lost = document.getElementById("lost");
    this.panel = new Panel(document.getElementById("panel"), {
      fill: (fill) => this.fill(fill),
      watch: (where) => this.watch(where),
      chats: () => this.clients.flatMap((client) => client.chats).filter((chat, place, all) => chat.kind === "group" && all.findIndex((one) => one.id === chat.id) === place),
    });
    this.lostWords = this.lost.textContent;
    addEventListener("resize", () => this.clients.forEach((client) => client.drawTools()));
    addEventListener("keydown", (event) => this.pressed(event));
    addEventListener("error", (event) => this.fail(event.error ?? event));
    addEventListener("unhandledrejection", (event) => this.fail(event.reason));
    document.addEventListener("visibilitychange", () => this.clients.forEach((client) => client.markRead()));
  }

  /** Whether one more window can be read beside the others. */
  get hasRoom() {
    return this.clients.length < MOST && innerWidth / (this.clients.length + 1) >= NARROWEST;
  }

  async open() {
    let { people } = await read("state");
    if (!people.length) {
      await newcomerDialog();
      ({ people } = await read("state"));
      if (!people.length) return this.fail(new Error("Nobody lives in this Telegram yet. Reload the page to create somebody."));
    }
    const known = new Set(people.map((person) => person.id));
    const wanted = location.hash.slice(1).split(",").map(Number).filter((id) => known.has(id));
    for (const id of (wanted.length ? wanted : [people[0].id]).slice(0, MOST)) await this.add(id);
    return undefined;
  }

  async add(person) {
    const client = new Client(this, person);
    this.clients.push(client);
    this.frame.append(client.element);
    this.frame.dataset.count = this.clients.length;
    await client.be(person);
    this.clients.forEach((other) => other.drawTools());
    return client;
  }

  /** Open one more window, for somebody in the same chat who has none yet. */
  async split() {
    const { current, people } = this.clients.at(-1);
    const shown = new Set(this.clients.map((client) => client.me));
    const others = people.filter((person) => !shown.has(person.id));
    const next = others.find((person) => person.standing !== "newcomer") ?? others[0] ?? people[0];
    const client = await this.add(next.id);
    if (current?.kind === "group" && client.chats.some((chat) => chat.key === current.key)) await client.open(current.key);
  }

  drop(client) {
    client.element.remove();
    this.clients = this.clients.filter((other) => other !== client);
    this.frame.dataset.count = this.clients.length;
    this.clients.forEach((other) => other.drawTools());
    this.remember();
  }

  /** Return a window of a person: hers, a new one beside if there is room, or else `instead`. */
  async show(person, instead) {
    const hers = this.clients.find((client) => client.me === person);
    if (hers) return hers;
    if (this.hasRoom) return this.add(person);
    await instead.be(person);
    return instead;
  }

  remember() {
    history.replaceState(null, "", `#${this.clients.map((client) => client.me).join(",")}`);
  }

  meet({ hints, world }) {
    this.panel.offer(hints, world);
    this.clients.forEach((client) => client.drawTools());
  }

  /** Ctrl+K asks who one wants to be, in the window that was used last. */
  pressed(event) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k" || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    const client = this.clients.includes(this.active) ? this.active : this.clients[0];
    client?.choosePerson();
  }

  /** Bring somebody's chat into a window: hers, or else the first. */
  async watch({ person, chat, message }) {
    const client = this.clients.find((one) => one.me === person) ?? this.clients[0];
    if (innerWidth < 900) this.panel.element.hidden = true;
    if (client.me !== person) await client.be(person, chat);
    else await client.refresh();
    if (client.current?.key !== chat && client.chats.some((one) => one.key === chat)) await client.open(chat);
    if (message) await client.log.jump(message);
  }

  /** Bring the person of a hint into a window and put the words into her composer. */
  async fill({ person, chat, text, reply_to: replyTo }) {
    const client = this.clients.find((one) => one.me === person) ?? this.clients[0];
    if (client.me !== person) await client.be(person, chat);
    if (client.current?.key !== chat && client.chats.some((one) => one.key === chat)) await client.open(chat);
    if (innerWidth < 900) this.panel.element.hidden = true;
    if (!text) return client.composer.focus();
    const isMeant = (message) => (replyTo === "card" ? message.buttons : message.id === replyTo);
    const reply = replyTo ? client.log.newest(isMeant) : null;
    if (replyTo === "card" && !reply) return client.say("There is no card with buttons yet: do the first thing first.", true);
    client.composer.lock(null);
    return client.composer.put(text, reply);
  }

  hear(notice) {
    this.clients.forEach((client) => client.hear(notice));
    this.panel.stir(notice);
  }

  /** The line to the sandbox stands: catch up, or begin anew if it is another world. */
  async meetWorld(world) {
    this.lost.hidden = true;
    this.lost.textContent = this.lostWords;
    if (this.world === world && this.clients.length) {
      await Promise.all(this.clients.map((client) => client.be(client.me, client.current?.key)));
    } else {
      this.clients.forEach((client) => client.element.remove());
      this.clients = [];
      this.panel.traffic.reset();
      await this.open();
    }
    this.world = world;
  }

  listen() {
    listen({
      hear: (notice) => this.hear(notice),
      meet: (world) => this.meetWorld(world).catch((error) => this.fail(error)),
      lose: () => { this.lost.hidden = false; },
    });
  }

  /** Say in a sentence that the page itself has a fault, or that nothing can be shown. */
  fail(error) {
    const words = error?.message ?? String(error);
    if (words.startsWith("ResizeObserver")) return;
    this.lost.textContent = error instanceof TypeError || error instanceof ReferenceError ? `This page has a fault (${words}). Reload it to go on.` : words;
    this.lost.hidden = false;
  }
}

new Desk().listen();
