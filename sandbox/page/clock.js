// The virtual clock of this Telegram.

import { read, send } from "./api.js";
import { h, icon } from "./dom.js";

const STEPS = [["+1 min", 60], ["+1 h", 3600], ["+1 day", 86400]];
const SHOWN = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit" });

export class ClockRow {
  constructor() {
    this.offset = 0;
    this.face = h("time", { class: "clock-face", "data-testid": "clock" });
    this.note = h("small", { class: "clock-note" });
    this.complaint = h("p", { class: "complaint", role: "alert" });
    const button = (words, run) => h("button", { type: "button", class: "button is-small", "data-testid": "advance", onclick: run }, words);
    this.element = h("section", { class: "clock-row", "aria-label": "The clock" },
      h("h2", { class: "panel-title" }, icon("clock"), "Telegram's clock"), h("p", {}, this.face, this.note),
      h("div", { class: "clock-steps" }, STEPS.map(([words, seconds]) => button(words, () => this.advance(seconds))), button("Next midnight", () => this.advance(this.untilMidnight()))),
      this.complaint,
      h("p", { class: "panel-note" }, "It moves dates, links that expire, polls, limits and retries. A bot goes by it if it was told to, as Vouch in the demo."));
    setInterval(() => this.draw(), 1000);
  }

  async refresh() {
    this.offset = (await read("clock")).offset;
    this.draw();
  }

  async advance(seconds) {
    this.complaint.textContent = "";
    try {
      this.offset = (await send("clock", { advance: seconds })).offset;
      this.draw();
    } catch (refusal) {
      this.complaint.textContent = refusal.message;
    }
  }

  now() {
    return new Date(Date.now() + this.offset * 1000);
  }

  untilMidnight() {
    const midnight = this.now();
    midnight.setHours(24, 0, 0, 0);
    return Math.max(0, (midnight - this.now()) / 1000);
  }

  draw() {
    if (!this.element.isConnected) return;
    this.face.textContent = SHOWN.format(this.now());
    this.note.textContent = this.offset ? ` ${ahead(this.offset)} ahead` : " as on your wall";
  }
}

function ahead(seconds) {
  const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor((seconds % 86400) / 3600), Math.floor((seconds % 3600) / 60)];
  return [days && `${days} d`, hours && `${hours} h`, minutes && `${minutes} min`].filter(Boolean).join(" ") || `${Math.round(seconds)} s`;
}
