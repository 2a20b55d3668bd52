// The raw traffic between the sandbox and the bots, newest first.

import { Refusal, read } from "./api.js";
import { h, iconButton } from "./dom.js";

const KEPT = 300;
const RESTS = 120;
const TOKENS = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?)/g;
const MARKS = { update: "↓", call: "↑", delivery: "↻" };

export class TrafficPanel {
  constructor() {
    this.last = 0;
    this.list = h("ol", { class: "traffic-list", role: "list", "aria-label": "Traffic, newest first", "data-testid": "traffic" });
    this.filter = h("input", { type: "search", placeholder: "Filter: Ann, 429…", "aria-label": "Filter the traffic", "data-testid": "traffic-filter", oninput: () => this.sift() });
    this.trouble = h("button", { type: "button", class: "trouble", "data-testid": "only-trouble", "aria-pressed": "false", title: "Only failures and retries", onclick: () => this.toggleTrouble() }, "Trouble");
    this.element = h("div", { class: "panel-body traffic" },
      h("div", { class: "panel-tools" }, this.filter, this.trouble, iconButton("delete", "Clear the list", { onclick: () => this.list.replaceChildren() })),
      h("p", { class: "legend" }, mark("update"), "update out", mark("call"), "call in", mark("delivery"), "delivery"),
      this.list);
  }

  /** Begin anew, as after a restart of the sandbox. */
  reset() {
    this.last = 0;
    this.list.replaceChildren();
  }

  /** Fetch what is new, a few times a second at most; calls while one is under way are served by one more at its end. */
  async refresh() {
    this.isWanted = true;
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      while (this.isWanted) {
        this.isWanted = false;
        const { entries, last } = await read("traffic", { after: this.last });
        this.last = last;
        this.list.prepend(...entries.reverse().map((entry) => this.sifted(entryNode(entry))));
        while (this.list.childElementCount > KEPT) this.list.lastElementChild.remove();
        await new Promise((resolve) => setTimeout(resolve, RESTS));
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    } finally {
      this.isBusy = false;
    }
  }

  toggleTrouble() {
    this.isOnlyTrouble = !this.isOnlyTrouble;
    this.trouble.setAttribute("aria-pressed", String(this.isOnlyTrouble));
    this.sift();
  }

  sift() {
    for (const node of this.list.children) this.sifted(node);
  }

  sifted(node) {
    const words = this.filter.value.toLowerCase();
    const isMeant = (!words || node.dataset.name.includes(words)) && (!this.isOnlyTrouble || node.matches(".is-failed, .is-retry"));
    node.hidden = !isMeant;
    return node;
  }
}

function mark(kind) {
  return h("span", { class: `mark is-${kind}`, "aria-label": kind }, MARKS[kind]);
}

function entryNode(entry) {
  const about = { update: updateWords, call: callWords, delivery: deliveryWords }[entry.kind](entry);
  const isRetry = entry.attempt > 1;
  const details = h("details", {},
    h("summary", {}, mark(entry.kind),
      h("b", {}, entry.name),
      h("span", { class: "flags" }, !entry.ok && h("span", { class: "failed", "data-testid": "failed" }, failure(entry)),
        isRetry && h("span", { class: "retry", "data-testid": "retry" }, entry.kind === "update" ? `×${entry.attempt}` : `try ${entry.attempt}`)),
      h("time", {}, new Date(entry.at * 1000).toLocaleTimeString("en-GB")),
      h("span", { class: "traffic-about", dir: "auto" }, about)));
  // What is folded away is not drawn before somebody looks.
  details.addEventListener("toggle", () => {
    if (details.childElementCount === 1) details.append(...detailsOf(entry));
  });
  const name = `${entry.name} ${about} ${entry.bot} ${failure(entry)} ${isRetry ? "retry" : ""}`.toLowerCase();
  return h("li", { class: `entry ${entry.ok ? "" : "is-failed"} ${isRetry ? "is-retry" : ""}`, "data-testid": "entry", "data-kind": entry.kind, "data-name": name }, details);
}

function detailsOf(entry) {
  if (entry.kind === "call") return [h("h4", {}, "Parameters"), json(entry.parameters), h("h4", {}, "Answer"), json(entry.answer)];
  return [json(entry.update)];
}

function failure(entry) {
  if (entry.ok) return "";
  return entry.kind === "delivery" ? "not taken" : String(entry.answer.error_code ?? "cut");
}

function deliveryWords({ words, update }) {
  return `${words} · update ${update.update_id}`;
}

function updateWords({ name, update }) {
  const about = update[name];
  const who = about.from?.first_name ?? about.user?.first_name ?? "";
  const what = about.data ?? about.text ?? about.caption ?? about.query ?? about.new_chat_member?.status ?? about.new_reaction?.map((one) => one.emoji).join("") ?? about.invoice_payload ?? "";
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
