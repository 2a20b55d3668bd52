// Paying an invoice: the form, the ways to pay, and what came of it.

import { act } from "./api.js";
import { modal } from "./dialogs.js";
import { h, icon } from "./dom.js";

const DONE = ["paid", "refused", "failed"];
const LOOKS = 300;

/** Open the form of an invoice (`what` names a message or a link); resolves with true if it was paid. */
export function payDialog(me, what) {
  return modal("Pay", (close) => {
    const body = h("div", { class: "pay-sheet", "data-testid": "pay-sheet" }, h("p", { class: "dialog-note" }, "One moment…"));
    new Till({ me, what, body, close }).open();
    return body;
  }, { testid: "pay-dialog" });
}

class Till {
  constructor(parts) {
    Object.assign(this, parts);
    this.tip = 0;
    this.isStars = false;
  }

  async open() {
    try {
      this.form = await act(this.me, "invoice", this.what);
      this.isStars = this.form.currency === "XTR";
      this.draw();
    } catch (refusal) {
      this.tell("block", "That can't be paid", refusal.message);
    }
  }

  draw(complaint = "") {
    const { form } = this;
    const price = (words, amount) => h("li", {}, h("span", { dir: "auto" }, words), h("span", {}, this.words(amount)));
    this.body.replaceChildren(
      h("h2", { dir: "auto" }, form.title),
      h("p", { class: "dialog-note", dir: "auto" }, form.description),
      h("ul", { class: "prices", role: "list" }, form.prices.map(([label, amount]) => price(label, amount)), this.tip > 0 && price("Tip", this.tip),
        h("li", { class: "is-total" }, h("b", {}, "In all"), h("b", { "data-testid": "total" }, this.words(form.total + this.tip)))),
      ...[form.max_tip > 0 && this.tips(), form.needs.length > 0 && h("p", { class: "dialog-note" }, `Filled in for you: ${form.needs.join(", ").replaceAll("_", " ")}.`),
        complaint && h("p", { class: "complaint", role: "alert" }, complaint),
        h("div", { class: "pay-ways" }, this.isStars ? this.starWays() : this.cardWays())].filter(Boolean));
    this.body.querySelector(".pay-ways button")?.focus();
  }

  words(amount) {
    const { digits, currency } = this.form;
    const number = (amount / 10 ** digits).toLocaleString("en", { minimumFractionDigits: digits });
    return this.isStars ? `⭐ ${number}` : `${number} ${currency}`;
  }

  tips() {
    const amounts = [0, ...this.form.suggested_tips];
    return h("div", { class: "tips", role: "group", "aria-label": "Tip" }, amounts.map((amount) => h("button", {
      type: "button", class: "button is-small", "data-testid": "tip", "aria-pressed": String(amount === this.tip), onclick: () => { this.tip = amount; this.draw(); },
    }, amount ? `+ ${this.words(amount)}` : "No tip")));
  }

  way(testid, sign, words, note, run) {
    return h("button", { type: "button", class: "pay-way", "data-testid": testid, onclick: run }, h("span", { class: "pay-sign" }, sign), h("span", {}, h("b", {}, words), h("small", {}, note)));
  }

  cardWays() {
    return [
      this.way("pay-card", icon("card"), "Card •••• 4242", "a test card that works", () => this.pay({})),
      this.way("pay-bad-card", icon("card"), "Card •••• 0002", "a test card that the bank refuses", () => this.pay({ card_fails: true })),
    ];
  }

  starWays() {
    const { stars, total } = this.form;
    const missing = total + this.tip - stars;
    return [
      h("p", { class: "balance" }, "Your balance: ", h("b", { "data-testid": "stars" }, `⭐ ${stars.toLocaleString("en")}`)),
      this.way("pay-stars", "⭐", `Pay ${this.words(total + this.tip)}`, missing > 0 ? `${missing.toLocaleString("en")} Stars are missing` : "from your balance", () => this.pay({})),
      this.way("buy-stars", icon("plus"), "Buy 100 Stars", "they cost nothing here", () => this.buy(100)),
    ];
  }

  async buy(amount) {
    try {
      this.form.stars = (await act(this.me, "buy_stars", { amount })).stars;
      this.draw();
    } catch (refusal) {
      this.draw(refusal.message);
    }
  }

  /** Pay, choose a way of delivery if there are several, and wait for the bot's yes. */
  async pay(fields) {
    try {
      const { payment } = await act(this.me, "pay", { ...this.what, ...fields, tip: this.tip });
      await this.follow(payment);
    } catch (refusal) {
      this.draw(refusal.message);
    }
  }

  async follow(payment) {
    this.waiting(`@${this.form.bot} is asked whether all is well…`);
    let now = await act(this.me, "payment", { payment });
    while (this.body.isConnected && !DONE.includes(now.state) && now.state !== "options") {
      await new Promise((resolve) => setTimeout(resolve, LOOKS));
      now = await act(this.me, "payment", { payment });
    }
    if (now.state === "options") this.chooseDelivery(payment, now.options);
    else if (now.state === "paid") this.tell("check", "Paid", `${this.form.title}: ${this.words(now.total)}`, true);
    else if (now.state === "refused") this.tell("block", `@${this.form.bot} says no`, now.reason);
    else if (DONE.includes(now.state)) this.tell("block", "The payment failed", WHY[now.reason] ?? now.reason);
  }

  chooseDelivery(payment, options) {
    this.body.replaceChildren(h("h2", {}, "How shall it come to you?"), h("div", { class: "pay-ways" }, options.map((option) => this.way(
      "delivery", icon("send"), option.title, option.prices.map((price) => `${price.label} ${this.words(price.amount)}`).join(", "),
      async () => {
        try {
          await act(this.me, "deliver", { payment, option: option.id });
          await this.follow(payment);
        } catch (refusal) {
          this.draw(refusal.message);
        }
      }))));
  }

  waiting(words) {
    this.body.replaceChildren(h("div", { class: "dialog-head" }, h("span", { class: "spinner", role: "progressbar", "aria-label": "Waiting" }), h("p", { class: "dialog-note" }, words)));
  }

  tell(sign, heading, words, isGood = false) {
    this.body.replaceChildren(
      h("div", { class: "dialog-head" }, h("span", { class: `big-sign ${isGood ? "is-good" : "is-bad"}` }, icon(sign)), h("h2", {}, heading), h("p", { class: "dialog-words", dir: "auto", "data-testid": "pay-outcome" }, words)),
      h("div", { class: "dialog-row" }, !isGood && this.form ? h("button", { type: "button", class: "button", onclick: () => this.draw() }, "Try again") : "",
        h("button", { type: "button", class: "button is-main", autofocus: true, onclick: () => this.close(isGood) }, "Close")));
    this.body.querySelector(".is-main").focus();
  }
}

const WHY = {
  BOT_PRECHECKOUT_TIMEOUT: "The bot did not answer in ten seconds, so nothing was charged.",
  BOT_SHIPPING_TIMEOUT: "The bot named no way of delivery in ten seconds, so nothing was charged.",
  PAYMENT_FAILED: "The bank refuses this card. Nothing was charged.",
  BALANCE_TOO_LOW: "There are not enough Stars. Nothing was charged.",
};
