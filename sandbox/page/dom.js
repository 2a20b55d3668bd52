// Elements, icons, avatars and times. Whatever people wrote becomes text nodes, never markup.

const SVG = "http://www.w3.org/2000/svg";

/** Build an element. `on…` are listeners, `class`, `data-…`, `aria-…` and the rest attributes; false leaves one out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  add(element, children);
  return element;
}

/** Append children: nodes, strings as text, lists of both; nothing for null and false. */
export function add(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    parent.append(child);
  }
}

const PATHS = {
  add: "M10 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM3 20c.6-3.600 3.400-5.500 7-5.500 1.600 0 3 .3 4.200 1M18 14v6M15 17h6",
  back: "M15 5l-7 7 7 7",
  bolt: "M13 3L5 14h6l-1 7 8-11h-6z",
  card: "M3.500 6h17v12h-17zM3.500 10h17M7 14.500h3",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2",
  download: "M12 4v11M7.500 11l4.500 4.500 4.500-4.500M5 20h14",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 7.500v.01",
  panel: "M4 5h16v14H4zM15 5v14",
  pause: "M9 6v12M15 6v12",
  play: "M8 5l11 7-11 7z",
  stop: "M7 7h10v10H7z",
  theme: "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",
  attach: "M20.500 11.500l-8.600 8.600a5.500 5.500 0 0 1-7.800-7.800l8.900-8.900a3.700 3.700 0 0 1 5.200 5.200l-8.900 8.900a1.800 1.800 0 0 1-2.600-2.600l8.200-8.200",
  block: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM5.700 5.700l12.600 12.600",
  bulb: "M9.500 18h5M10.500 21h3M12 3a6 6 0 0 0-3.500 10.900c.7.5 1 1.300 1 2.100h5c0-.8.300-1.600 1-2.100A6 6 0 0 0 12 3z",
  check: "M4 12.500l5 5L20 6.500",
  close: "M6 6l12 12M18 6L6 18",
  columns: "M4 5h16v14H4zM12 5v14",
  copy: "M9 9h10v10H9zM5 15V5h10",
  delete: "M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12",
  down: "M6 9l6 6 6-6",
  edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  leave: "M10 4H5v16h5M15 8l4 4-4 4M19 12H9",
  link: "M8 16L16 8M9.500 8H16v6.500",
  list: "M4 7h16M4 12h16M4 17h16",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20c.600-3.600 3.400-5.500 7-5.500s6.400 1.900 7 5.500",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  plus: "M12 5v14M5 12h14",
  react: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9 10v.01M15 10v.01M8.500 14.500c1.800 2.300 5.200 2.300 7 0",
  reply: "M10 6l-6 6 6 6M4 12h9c4 0 6.500 2 7 6",
  send: "M4 12l16-8-5 16-3.500-6.500zM11.500 13.500L20 4",
  slash: "M15 5L9 19",
  traffic: "M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, attributes = {}) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, ...attributes }, icon(name));
}

/** The same colour for the same person everywhere; groups and bots, whose ids also count up from one, begin elsewhere. */
export function colour(id) {
  const begin = id < 0 ? 3 : id > 1e9 ? 5 : 0;
  return `c${(Math.abs(Number(id)) + begin) % 8}`;
}

export function avatar({ id, name, shape = "" }) {
  const letters = [...new Intl.Segmenter().segment(name.trim() || "?")];
  return h("span", { class: `avatar ${colour(id)} ${shape}`, "aria-hidden": "true" }, letters[0].segment.toUpperCase());
}

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const SHORT_DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

export function clock(seconds) {
  return CLOCK.format(seconds * 1000);
}

export function dayOf(seconds) {
  return new Date(seconds * 1000).toDateString();
}

export function dayWords(seconds) {
  return dayOf(seconds) === new Date().toDateString() ? "Today" : DAY.format(seconds * 1000);
}

export function shortTime(seconds) {
  return dayOf(seconds) === new Date().toDateString() ? clock(seconds) : SHORT_DAY.format(seconds * 1000);
}

export function plural(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** Let only the kinds of addresses through that may be opened. */
export function safeUrl(url) {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
  return /^(https?|tg|mailto|tel):/i.test(full) ? full : null;
}

/** Arrow keys move the focus among the elements that `select` finds. */
export function rove(container, select, { previous, next }) {
  container.addEventListener("keydown", (event) => {
    const step = event.key === next ? 1 : event.key === previous ? -1 : 0;
    if (!step || event.target.matches("input, textarea, select")) return;
    const all = [...container.querySelectorAll(select)];
    const at = all.indexOf(event.target.closest(select));
    const target = all[at + step];
    if (at < 0 || !target) return;
    event.preventDefault();
    target.focus();
  });
}
