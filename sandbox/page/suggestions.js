// What stands above the composer while one types: the commands of bots, and the results of a bot's inline mode.

import { Refusal, fileUrl } from "./api.js";
import { h } from "./dom.js";

const REST = 250;
let lists = 0;

export class Suggestions {
  /** `on` holds inlineBot(name) → bot, ask(bot, query) → {query, results, button}, choose(query, result), start(bot, payload). */
  constructor(composer, on) {
    this.composer = composer;
    this.on = on;
    this.id = `suggestions-${lists += 1}`;
    this.commands = [];
    this.found = [];
    this.chosen = 0;
    this.isDismissed = false;
    this.list = h("ul", { class: "suggestions", id: this.id, role: "listbox", "aria-label": "Suggestions", "data-testid": "suggestions", hidden: true });
  }

  /** Take over the commands that the bots of a chat offer. */
  offer(commands) {
    this.commands = commands;
    this.hasManyBots = new Set(commands.map((command) => command.bot)).size > 1;
  }

  suggest() {
    const { value } = this.composer.input;
    const command = /^\/([\w]*)$/.exec(value);
    const [, name, query] = /^@(\w+)\s([^]*)$/.exec(value) ?? [];
    const bot = name && this.on.inlineBot(name);
    if (!command && !bot) this.isDismissed = false;
    if (bot) return this.askSoon(bot, query);
    this.asked = null;
    clearTimeout(this.resting);
    const found = command ? this.commands.filter((one) => one.command.startsWith(command[1].toLowerCase())) : [];
    return this.show(this.isDismissed ? [] : found.map((one) => this.commandItem(one)));
  }

  commandItem(command) {
    const whole = `/${command.command}${this.hasManyBots ? `@${command.bot}` : ""}`;
    return {
      isWhole: () => this.composer.input.value.slice(1).toLowerCase() === command.command,
      choose: () => this.composer.put(`${whole} `, this.composer.reply),
      draw: () => [h("b", {}, `/${command.command}`), h("span", { dir: "auto" }, command.description)],
      testid: "suggestion",
    };
  }

  // Inline mode

  askSoon(bot, query) {
    if (this.asked === `${bot.id} ${query}` || this.isDismissed) return;
    this.asked = `${bot.id} ${query}`;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.ask(bot, query, this.asked), REST);
  }

  async ask(bot, query, asked) {
    this.note(`@${bot.username} is asked…`);
    try {
      const answer = await this.on.ask(bot, query);
      if (this.asked !== asked) return;
      const button = answer.button && { choose: () => this.on.start(bot.id, answer.button.payload), draw: () => h("b", {}, answer.button.text), testid: "inline-button" };
      const items = [button, ...answer.results.map((result) => this.resultItem(answer.query, result))].filter(Boolean);
      if (items.length) this.show(items);
      else this.note(`@${bot.username} found nothing for “${query}”.`);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      if (this.asked === asked) this.note(refusal.message);
    }
  }

  resultItem(query, result) {
    const picture = result.photo && h("img", { src: fileUrl(result.photo), alt: "", onerror: (event) => event.target.remove() });
    return {
      choose: async () => {
        this.composer.input.value = "";
        this.composer.typed();
        try {
          await this.on.choose(query, result.id);
        } catch (refusal) {
          this.composer.on.refuse(refusal.message);
        }
      },
      draw: () => [picture, h("span", { class: "result-words" }, h("b", { dir: "auto" }, result.title), h("span", { dir: "auto" }, result.description))],
      testid: "inline-result",
    };
  }

  // The list

  note(words) {
    this.found = [];
    this.list.hidden = false;
    this.list.replaceChildren(h("li", { class: "suggestion is-note", role: "option", "aria-disabled": "true" }, words));
  }

  show(items) {
    this.found = items;
    this.chosen = Math.min(this.chosen, Math.max(0, items.length - 1));
    this.list.hidden = items.length === 0;
    const { input } = this.composer;
    input.setAttribute("aria-expanded", String(items.length > 0));
    this.list.replaceChildren(...items.map((item, index) => h("li", {
      role: "option", id: `${this.id}-${index}`, class: "suggestion", "aria-selected": String(index === this.chosen), "data-testid": item.testid,
      onpointerdown: (event) => { event.preventDefault(); item.choose(); },
    }, item.draw())));
    if (items.length) input.setAttribute("aria-activedescendant", `${this.id}-${this.chosen}`);
    else input.removeAttribute("aria-activedescendant");
    this.list.children[this.chosen]?.scrollIntoView({ block: "nearest" });
  }

  /** Take a key that belongs to the list; false if it does not. */
  pressed(event) {
    if (this.list.hidden) return false;
    if (event.key === "Escape") {
      this.isDismissed = true;
      this.show([]);
      return true;
    }
    const item = this.found[this.chosen];
    if (!item) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.chosen = (this.chosen + step + this.found.length) % this.found.length;
      this.show(this.found);
    } else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !item.isWhole?.())) {
      item.choose();
    } else {
      return false;
    }
    return true;
  }
}
