// The raw traffic between the sandbox and the bots, newest first.

import { Refusal, read } from "./api.js";
import { h, iconButton } from "./dom.js";

const KEPT = 300;
const TOKENS = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?)/g;

export class TrafficPanel {
  constructor() {
    this.last = 0;
    this.list = h("ol", { class: "traffic-list", role: "list", "aria-label": "Traffic, newest first", "data-testid": "traffic" });
    this.filter = h("input", { type: "search", placeholder: "Filter: sendMessage, callback…", "aria-label": "Filter the traffic", oninput: () => this.sift() });
    this.element = h("div", { class: "panel-body traffic" },
      h("div", { class: "panel-tools" }, this.filter, iconButton("delete", "Clear the list", { onclick: () => this.list.replaceChildren() })),
      h("p", { class: "legend" }, h("span", { class: "mark is-update" }, "↓"), "update to the bot ", h("span", { class: "mark is-call" }, "↑"), "call by the bot"),
      this.list);
  }

  /** Begin anew, as after a restart of the sandbox. */
  reset() {
    this.last = 0;
    this.list.replaceChildren();
  }

  /** Fetch what is new; calls while one is under way are served by one more at its end. */
  async refresh() {
    this.isWanted = true;
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      while (this.isWanted) {
        this.isWanted = false;
        const { entries, last } = await read("traffic", { after: this.last });
        this.last = last;
        this.list.prepend(...entries.reverse().map(entryNode));
        while (this.list.childElementCount > KEPT) this.list.lastElementChild.remove();
        this.sift();
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    } finally {
      this.isBusy = false;
    }
  }

  sift() {
    const words = this.filter.value.toLowerCase();
    for (const node of this.list.children) node.hidden = Boolean(words) && !node.dataset.name.includes(words);
  }
}

function entryNode(entry) {
  const isUpdate = entry.kind === "update";
  const about = isUpdate ? updateWords(entry) : callWords(entry);
  const details = h("details", {},
    h("summary", {},
      h("span", { class: `mark is-${entry.kind}`, "aria-label": isUpdate ? "update" : "call" }, isUpdate ? "↓" : "↑"),
      h("b", {}, entry.name), !entry.ok && h("span", { class: "failed" }, String(entry.answer.error_code)),
      h("time", {}, new Date(entry.at * 1000).toLocaleTimeString("en-GB")),
      h("span", { class: "traffic-about", dir: "auto" }, about)));
  // What is folded away is not drawn before somebody looks.
  details.addEventListener("toggle", () => {
    if (details.childElementCount === 1) details.append(...(isUpdate ? [json(entry.update)] : [h("h4", {}, "Parameters"), json(entry.parameters), h("h4", {}, "Answer"), json(entry.answer)]));
  });
  return h("li", { class: "entry", "data-testid": "entry", "data-name": `${entry.name} ${about}`.toLowerCase() }, details);
}

function updateWords({ name, update }) {
  const about = update[name];
  const who = about.from?.first_name ?? about.user?.first_name ?? "";
  const what = about.data ?? about.text ?? about.caption ?? about.new_chat_member?.status ?? about.new_reaction?.map((one) => one.emoji).join("") ?? "";
  return [who, what].filter(Boolean).join(" · ").slice(0, 90);
}

function callWords({ parameters, answer }) {
  if (!answer.ok) return String(answer.description ?? "no answer");
  return String(parameters.text ?? parameters.caption ?? parameters.chat_id ?? "").replace(/<[^>]*>/g, "").slice(0, 90);
}

/** Parameters that are JSON inside a string are shown as what they hold. */
function unfolded(value) {
  if (typeof value === "string" && /^[[{]/.test(value)) {
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  }
  return value;
}

function json(value) {
  const whole = value && typeof value === "object" && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unfolded(inner)])) : value;
  const text = JSON.stringify(whole, null, 2);
  const pre = h("pre", { class: "json", tabindex: "0" });
  let at = 0;
  for (const match of text.matchAll(TOKENS)) {
    const [all, string, colon, word] = match;
    if (match.index > at) pre.append(text.slice(at, match.index));
    const kind = string ? (colon ? "json-key" : "json-string") : word ? "json-word" : "json-number";
    pre.append(h("span", { class: kind }, string ?? all), colon ?? "");
    at = match.index + all.length;
  }
  pre.append(text.slice(at));
  return pre;
}
