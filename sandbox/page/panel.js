// The panel at the side: things to try, and the raw traffic.

import { h, icon, iconButton } from "./dom.js";
import { TrafficPanel } from "./traffic.js";

const WIDE = 1180;

export class Panel {
  /** `on.fill(fill)` puts a hint's words into the right composer. */
  constructor(element, on) {
    this.element = element;
    this.on = on;
    this.traffic = new TrafficPanel();
    this.hints = h("div", { class: "panel-body hints", "data-testid": "hints" });
    this.tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "Side panel" });
    element.append(
      h("div", { class: "panel-head" }, this.tabs, iconButton("close", "Close the panel", { "data-testid": "close-panel", onclick: () => this.close() })),
      this.hints, this.traffic.element);
    element.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.done = new Set();
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** Offer a scene's hints; on a wide screen they show by themselves until they are dismissed. */
  offer(hints, world) {
    const drawn = JSON.stringify([world, hints]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    if (this.world !== world) this.done.clear();
    const isNew = this.world !== world && hints;
    this.world = world;
    this.offered = hints;
    this.drawHints();
    const isWide = innerWidth >= WIDE;
    if (isNew && isWide && localStorage.getItem("hints") !== "dismissed") this.show("hints");
    else this.drawTabs();
  }

  show(tab) {
    this.tab = tab === "hints" && !this.offered ? "traffic" : tab;
    this.element.hidden = false;
    if (this.tab === "traffic") this.traffic.refresh();
    this.drawTabs();
  }

  toggle(tab) {
    if (this.isOpen && this.tab === tab) this.close();
    else this.show(tab);
  }

  close() {
    if (this.tab === "hints") localStorage.setItem("hints", "dismissed");
    this.element.hidden = true;
  }

  /** New traffic came. */
  stir() {
    if (this.isOpen && this.tab === "traffic") this.traffic.refresh();
  }

  drawTabs() {
    const tabs = [this.offered && ["hints", this.offered.title], ["traffic", "Traffic"]].filter(Boolean);
    this.tabs.replaceChildren(...tabs.map(([name, words]) => h("button", {
      type: "button", role: "tab", class: "tab", "data-testid": `tab-${name}`, "aria-selected": String(this.tab === name), onclick: () => this.show(name),
    }, words)));
    this.hints.hidden = this.tab !== "hints";
    this.traffic.element.hidden = this.tab !== "traffic";
  }

  drawHints() {
    const hints = this.offered?.hints ?? [];
    this.hints.replaceChildren(h("ol", { class: "hint-list", role: "list" }, hints.map((hint, index) => this.hint(hint, index))));
  }

  hint(hint, index) {
    const use = (fill) => {
      this.done.add(index);
      item.classList.add("is-done");
      this.on.fill(fill);
    };
    const item = h("li", { class: `hint ${this.done.has(index) ? "is-done" : ""}`, "data-testid": "hint" },
      h("span", { class: "hint-number" }, h("span", {}, String(index + 1)), icon("check")),
      h("p", {}, hint.words),
      h("div", { class: "hint-fills" }, hint.fills.map((fill) => h("button", {
        type: "button", class: fill.text ? "fill is-text" : "fill", "data-testid": "fill",
        title: fill.text ? "Copy into the composer" : null, "aria-label": fill.text ? `Copy into the composer: ${fill.label}` : null,
        onclick: () => use(fill),
      }, icon(fill.text ? "copy" : "person"), h("span", {}, fill.label)))));
    return item;
  }
}
