// The picker of who one is.

import { avatar, h, iconButton, rove } from "./dom.js";

const MOST_SHOWN = 9;

/** Draw the picker into `strip`; `on` holds be(id), newcomer(), everybody(). */
export function drawPicker(strip, people, me, on) {
  const shown = people.slice(0, MOST_SHOWN);
  const self = people.find((person) => person.id === me);
  if (self && !shown.includes(self)) shown[shown.length - 1] = self;
  const group = h("div", { class: "faces", role: "radiogroup", "aria-label": "Who you are", "data-testid": "picker" },
    shown.map((person) => personFace(person, person.id === me, on.be)));
  rove(group, "[role=radio]", { previous: "ArrowLeft", next: "ArrowRight" });
  const more = people.length > shown.length
    && h("button", { type: "button", class: "more-people", "data-testid": "everybody", onclick: on.everybody, title: "Everybody (Ctrl+K)" }, `+${people.length - shown.length}`);
  const hadFocus = strip.contains(document.activeElement);
  strip.replaceChildren(group, ...[more, iconButton("plus", "A new person…", { class: "icon-button new-person", "data-testid": "new-person", onclick: on.newcomer })].filter(Boolean));
  const mine = group.querySelector("[aria-checked=true]");
  if (mine && hadFocus) mine.focus({ preventScroll: true });
  if (mine) strip.scrollLeft = Math.max(0, mine.offsetLeft + mine.offsetWidth - strip.offsetLeft - strip.clientWidth + 24);
}

function personFace(person, isMe, be) {
  return h("button", {
    type: "button", class: "person-face", role: "radio", "aria-checked": String(isMe), tabindex: isMe ? "0" : "-1",
    "aria-label": `${person.name}, ${person.standing}`, title: `${person.name} · ${person.standing}`,
    "data-testid": "person", "data-person": person.id, onclick: () => be(person.id),
  }, avatar(person), isMe && h("span", { class: "person-name" }, h("b", { dir: "auto" }, person.name), h("small", {}, person.standing)));
}
