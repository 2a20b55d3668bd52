// Scenes that people play by themselves: start, pace, pause, stop.

import { read, send } from "./api.js";
import { h, icon } from "./dom.js";

export class ScenePanel {
  /** `on.watch({person, chat})` brings a window to where the scene plays. */
  constructor(on) {
    this.on = on;
    this.complaint = h("p", { class: "complaint", role: "alert" });
    this.list = h("ul", { class: "scene-list", role: "list" });
    this.element = h("div", { class: "panel-body scenes", "data-testid": "scenes", hidden: true },
      h("p", { class: "panel-note" }, "People play; the bot answers by itself. Watch, or join in."), this.complaint, this.list);
    this.speed = 1;
  }

  async refresh() {
    this.isWanted = true;
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      while (this.isWanted) {
        this.isWanted = false;
        this.draw(await read("scenes"));
      }
    } catch (refusal) {
      this.complaint.textContent = refusal.message;
    } finally {
      this.isBusy = false;
    }
  }

  async ask(fields) {
    this.complaint.textContent = "";
    try {
      this.draw(await send("scenes", fields));
    } catch (refusal) {
      this.complaint.textContent = refusal.message;
    }
  }

  play(name) {
    this.isFollowing = true;
    this.watched = null;
    this.ask({ do: "play", name, speed: this.speed });
  }

  draw({ scenes, speeds, on }) {
    if (!scenes.length) this.complaint.textContent = "No scenes are on offer here.";
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.testid + document.activeElement.textContent : null;
    this.list.replaceChildren(...scenes.map((scene) => this.item(scene, speeds, on)));
    if (focused) [...this.list.querySelectorAll("button")].find((button) => button.dataset.testid + button.textContent === focused)?.focus();
    this.follow(on);
  }

  /** Bring a window there, once for each place, for whoever started the scene. */
  follow(on) {
    if (!this.isFollowing || !on?.watch) return;
    const where = `${on.watch.person} ${on.watch.chat} ${on.watch.message}`;
    if (where !== this.watched) this.on.watch(on.watch);
    this.watched = where;
    if (!on.is_running) this.isFollowing = false;
  }

  item(scene, speeds, on) {
    const isThis = on?.name === scene.name;
    const isOn = isThis && on.is_running;
    return h("li", { class: `scene ${isOn ? "is-on" : ""}`, "data-testid": "scene", "data-scene": scene.name },
      h("h3", {}, scene.title), h("p", {}, scene.promise),
      isThis && this.progress(on),
      isOn ? this.controls(on, speeds) : h("button", {
        type: "button", class: "button is-main is-small", "data-testid": "play", disabled: Boolean(on?.is_running), onclick: () => this.play(scene.name),
      }, icon("play"), isThis ? "Play again" : "Play"));
  }

  progress(on) {
    const bar = h("span", { class: "scene-bar" });
    bar.style.width = `${on.of ? (100 * on.done) / on.of : 0}%`;
    return h("div", { class: on.is_cut_short ? "scene-says is-cut" : "scene-says", role: "status", "data-testid": "scene-says" },
      on.is_running && h("span", { class: "scene-track", role: "progressbar", "aria-valuenow": on.done, "aria-valuemax": on.of, "aria-label": "How far the scene is" }, bar),
      h("p", {}, on.outcome ?? on.says, on.is_running && on.of > 0 && h("small", {}, ` ${on.done} of ${on.of}`)));
  }

  controls(on, speeds) {
    const speed = (value) => h("button", {
      type: "button", class: "speed", "data-testid": "speed", "aria-pressed": String(on.speed === value), "aria-label": `${value} times as fast`,
      onclick: () => { this.speed = value; this.ask({ do: "speed", speed: value }); },
    }, `${value < 1 ? "½" : value}×`);
    return h("div", { class: "scene-controls" },
      h("button", { type: "button", class: "button is-small", "data-testid": "pause", onclick: () => this.ask({ do: on.is_paused ? "resume" : "pause" }) }, icon(on.is_paused ? "play" : "pause"), on.is_paused ? "Go on" : "Pause"),
      h("button", { type: "button", class: "button is-small", "data-testid": "stop", onclick: () => this.ask({ do: "stop" }) }, icon("stop"), "Stop"),
      h("span", { class: "speeds", role: "group", "aria-label": "Speed" }, speeds.map(speed)));
  }
}
