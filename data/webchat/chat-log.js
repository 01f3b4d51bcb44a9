// SPDX-License-Identifier: GPL-3.0-or-later
// The messages on the page, in the order of their numbers; those that the centre does not have yet come last.
// What people wrote is only ever put in as text.

import { clock, say } from './chat-texts.js';

const ADDRESS = /https?:\/\/[^\s<>"\u0000-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/gi;
const TAIL = /[.,;:!?'’»)\]}]+$/;

/* An address without what ends the sentence around it; a closing bracket stays where it was opened inside. */
function trim(address) {
  for (let tail = TAIL.exec(address); tail; tail = TAIL.exec(address)) {
    const last = address.at(-1);
    const open = { ')': '(', ']': '[', '}': '{' }[last];
    if (open && address.split(open).length >= address.split(last).length) break;
    address = address.slice(0, -1);
  }
  return address;
}

function safe(address) {
  try {
    const url = new URL(address);
    return /^https?:$/.test(url.protocol) && url.hostname && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}

/* The text as nodes: plain text, and links where it has addresses. */
export function linked(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const address = trim(found[0]);
    const href = safe(address);
    if (href) {
      const link = document.createElement('a');
      Object.assign(link, { href, rel: 'noopener noreferrer nofollow', target: '_blank', textContent: address });
      nodes.push(document.createTextNode(text.slice(from, found.index)), link);
      from = found.index + address.length;
    }
  }
  nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}

function part(tag, kind, text = '') {
  const element = document.createElement(tag);
  element.className = kind;
  element.textContent = text;
  return element;
}

export class Log {
  constructor(element, newer, shelf) {
    Object.assign(this, { element, newer, shelf, shown: new Map(), waiting: new Map(), read: 0, top: 0, last: 0 });
    element.addEventListener('scroll', () => this.atEnd() && this.rest());
    newer.addEventListener('click', () => {
      this.toEnd();
      element.focus();
    });
  }

  atEnd() {
    return this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight < 40;
  }

  toEnd() {
    this.element.scrollTop = this.element.scrollHeight;
    this.rest();
  }

  rest() {
    this.newer.hidden = true;
    this.onseen?.();
  }

  clear() {
    this.element.replaceChildren();
    this.shown.clear();
    this.waiting.clear();
    this.read = this.top = this.last = 0;
  }

  make(author, name, at, text, files = []) {
    const row = part('div', `message ${author}`);
    const who = part('p', 'who', `${name} `);
    const time = part('time', '', clock(at));
    time.dateTime = at.toISOString();
    who.append(time);
    if (author === 'customer') who.append(' ', part('span', 'mark'));
    const body = part('p', 'text');
    body.dir = 'auto';
    body.append(...linked(text));
    row.append(who);
    if (text) row.append(body);
    if (files.length) row.append(part('div', 'files'));
    for (const file of files) row.lastElementChild.append(this.shelf.show(file));
    return row;
  }

  mark(row, state, more = '') {
    row.dataset.state = state;
    if (!row.classList.contains('before')) row.querySelector('.mark').textContent = `· ${say(state)}${more && `: ${more}`}`;
  }

  /* A message that is still here alone. */
  wait({ key, text, at, attachments }) {
    if (this.waiting.has(key)) return;
    const row = this.make('customer', say('you'), new Date(at), text, attachments);
    this.mark(row, 'pending');
    this.waiting.set(key, row);
    this.element.append(row);
    this.toEnd();
  }

  refuse(key, why) {
    const row = this.waiting.get(key);
    if (row) this.mark(row, 'refused', why);
  }

  /* The centre keeps no numbers of cards: what it kept is shown, and said to whom it was the own. */
  mask(row, text, own) {
    row.querySelector('.text')?.replaceChildren(...linked(text));
    if (own && !row.querySelector('.masked')) row.append(part('p', 'masked', say('masked')));
  }

  /* A message has a number now. TRUE if it is new here. */
  add({ number, author, agent, bot, text, at, key, attachments, masked, before, hand_over: handOver }) {
    if (this.shown.has(number)) return false;
    const stay = this.atEnd();
    const known = this.waiting.get(key);
    this.waiting.delete(key);
    const name = { customer: say('you'), bot: bot ? say('botNamed', { name: bot }) : say('bot') }[author] ?? (agent || say('agent'));
    const row = known ?? this.make(author, name, new Date(at), text, attachments);
    if (masked) this.mask(row, text, author === 'customer');
    this.shown.set(number, row);
    row.classList.toggle('before', before === true);
    row.dataset.number = number;
    if (author === 'customer') this.mark(row, number <= this.read ? 'read' : 'sent');
    this.place(row, number);
    if (handOver) this.divide(row, number);
    this.top = Math.max(this.top, number);
    while (this.shown.has(this.last + 1)) this.last += 1;
    if (stay) this.toEnd();
    else if (author !== 'customer' && !before) this.newer.hidden = false;
    return true;
  }

  /* Up to here a bot spoke. */
  divide(row, number) {
    const line = part('p', 'handover', say('handedOver'));
    line.dataset.number = number + 0.5;
    row.after(line);
  }

  place(row, number) {
    let before = this.element.lastElementChild;
    while (before && (before === row || !(before.dataset.number <= number))) before = before.previousElementSibling;
    const next = before ? before.nextElementSibling : this.element.firstElementChild;
    if (next !== row) this.element.insertBefore(row, next);
  }

  /* The other side has read up to the number. */
  seen(number) {
    for (let at = number; at > this.read; at -= 1) {
      const row = this.shown.get(at);
      if (row?.classList.contains('customer')) this.mark(row, 'read');
    }
    this.read = Math.max(this.read, number);
  }
}
