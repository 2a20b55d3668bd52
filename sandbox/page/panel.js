// The panel at the side: things to try, scenes, the raw traffic, faults and the clock.

import { FaultPanel } from "./faults.js";
import { h, icon, iconButton, rove } from "./dom.js";
import { ScenePanel } from "./scenes.js";
import { TrafficPanel } from "./traffic.js";

const WIDE = 1180;

export class Panel {
  /** `on.fill(fill)` puts a hint's words into the right composer, `on.watch({person, chat})` brings a window there. */
  constructor(element, on) {
    this.element = element;
    this.on = on;
    this.traffic = new TrafficPanel();
    this.scenes = new ScenePanel(on);
    this.faults = new FaultPanel(on);
    this.hints = h("div", { class: "panel-body hints", "data-testid": "hints" });
    this.tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "Side panel" });
    rove(this.tabs, "[role=tab]", { previous: "ArrowLeft", next: "ArrowRight" });
    element.append(
      h("div", { class: "panel-head" }, this.tabs, iconButton("close", "Close the panel", { "data-testid": "close-panel", onclick: () => this.close() })),
      this.hints, this.scenes.element, this.traffic.element, this.faults.element);
    element.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.tab = localStorage.getItem("panel-tab") ?? "scenes";
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
    this.tab = tab === "hints" && !this.offered ? "scenes" : tab;
    localStorage.setItem("panel-tab", this.tab);
    this.element.hidden = false;
    this.refresh();
    this.drawTabs();
  }

  toggle() {
    if (this.isOpen) this.close();
    else this.show(this.tab);
  }

  close() {
    if (this.tab === "hints") localStorage.setItem("hints", "dismissed");
    this.element.hidden = true;
  }

  /** Something happened that the open tab shows. */
  stir(notice) {
    if (!this.isOpen) return;
    if (notice.traffic && this.tab === "traffic") this.traffic.refresh();
    if (notice.traffic && this.tab === "faults") this.faults.refresh();
    if (notice.scenes && this.tab === "scenes") this.scenes.refresh();
  }

  refresh() {
    if (this.tab === "traffic") this.traffic.refresh();
    if (this.tab === "scenes") this.scenes.refresh();
    if (this.tab === "faults") this.faults.refresh();
  }

  drawTabs() {
    const tabs = [this.offered && ["hints", "Try"], ["scenes", "Scenes"], ["traffic", "Traffic"], ["faults", "Faults"]].filter(Boolean);
    const hadFocus = this.tabs.contains(document.activeElement);
    this.tabs.replaceChildren(...tabs.map(([name, words]) => h("button", {
      type: "button", role: "tab", class: "tab", "data-testid": `tab-${name}`, "aria-selected": String(this.tab === name), tabindex: this.tab === name ? "0" : "-1",
      onclick: () => this.show(name),
    }, words)));
    if (hadFocus) this.tabs.querySelector("[aria-selected=true]")?.focus();
    this.hints.hidden = this.tab !== "hints";
    this.scenes.element.hidden = this.tab !== "scenes";
    this.traffic.element.hidden = this.tab !== "traffic";
    this.faults.element.hidden = this.tab !== "faults";
  }

  drawHints() {
    const hints = this.offered?.hints ?? [];
    this.hints.replaceChildren(h("h2", { class: "panel-title" }, this.offered?.title ?? ""), h("ol", { class: "hint-list", role: "list" }, hints.map((hint, index) => this.hint(hint, index))));
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
