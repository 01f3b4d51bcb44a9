// SPDX-License-Identifier: GPL-3.0-or-later
// Files of the customer on their way to the centre, shown under the text until they go with a message; and those of a
// message, for looking at and for saving. Each is sent by a key of its own, so that it may be sent again after any break.

import { pause } from './chat-stream.js';
import { secret } from './chat-store.js';
import { amount, say } from './chat-texts.js';

const SHOWN = /^image\/(png|jpeg|gif|webp|avif|bmp)$/, SHOWN_MAX = 12 * 1024 * 1024, AGAIN = 5000;

function make(tag, facts, ...children) {
  const element = Object.assign(document.createElement(tag), facts);
  element.append(...children);
  return element;
}

/* Why the centre does not take it. */
function reason(status, told, item) {
  if (status === 413) return say('fileLarge', { name: item.name, limit: amount(told.limit) });
  const words = { file_empty: 'fileEmpty', file_type: 'fileType', file_executable: 'fileProgram' }[told.reason];
  return say(words ?? 'fileFailed', { name: item.name });
}

/* The files of the message that is being written. on: { changed () } */
export class Tray {
  constructor(list, status, store, on) {
    Object.assign(this, { list, status, store, on, items: [], limits: null, token: null, url: null });
  }

  /* In a conversation: what was there before a reload. Bytes are not kept: what was not sent by then is to be chosen again. */
  open(url, token) {
    this.close();
    Object.assign(this, { url, token });
    for (const item of this.store.get('files') ?? []) {
      this.show(item.id ? item : { ...item, fault: say('fileLost', { name: item.name }) });
    }
    this.keep();
  }

  close() {
    for (const item of this.items) this.stop(item);
    this.items = [];
    this.list.replaceChildren();
    this.list.hidden = true;
    this.status.textContent = '';
  }

  keep() {
    const kept = this.items.filter((item) => item.id || !item.fault || item.file === undefined)
      .map(({ key, id, name, type, size }) => ({ key, id, name, type, size }));
    if (kept.length) this.store.set('files', kept);
    else this.store.remove('files');
    this.list.hidden = !this.items.length;
    this.on.changed();
  }

  say(text) {
    this.status.textContent = text;
  }

  /* Why this one cannot be added. */
  refusal(file) {
    const { number, each, total } = this.limits;
    const good = this.items.filter((item) => !item.fault);
    if (good.length >= number) return say('filesMany', { n: number });
    if (file.size > each) return say('fileLarge', { name: file.name, limit: amount(each) });
    if (file.size === 0) return say('fileEmpty', { name: file.name });
    if (good.reduce((sum, item) => sum + item.size, file.size) > total) return say('filesLarge', { limit: amount(total) });
    return '';
  }

  add(files) {
    this.say('');
    for (const file of files) {
      const fault = this.refusal(file);
      if (fault) {
        this.say(fault);
      } else {
        const item = { key: secret(), name: file.name, type: file.type, size: file.size, file, tries: 0 };
        this.show(item);
        this.send(item);
      }
    }
    this.keep();
  }

  show(item) {
    const name = make('span', { className: 'name', textContent: item.name });
    const size = make('span', { className: 'hint', textContent: amount(item.size) });
    const remove = make('button', { type: 'button', className: 'quiet', textContent: '✕' });
    remove.setAttribute('aria-label', say('fileRemove', { name: item.name }));
    remove.addEventListener('click', () => this.remove(item));
    item.bar = make('progress', { max: 1, value: item.id ? 1 : 0, hidden: Boolean(item.id || item.fault) });
    item.bar.setAttribute('aria-label', say('fileSending', { name: item.name }));
    item.wrong = make('span', { className: 'fault', textContent: item.fault ?? '' });
    item.row = make('li', {}, name, ' ', size, ' ', item.bar, remove, item.wrong);
    this.items.push(item);
    this.list.append(item.row);
  }

  stop(item) {
    clearTimeout(item.timer);
    item.request?.abort();
    item.gone = true;
  }

  remove(item) {
    const next = item.row.nextElementSibling ?? item.row.previousElementSibling;
    this.stop(item);
    this.items = this.items.filter((one) => one !== item);
    item.row.remove();
    this.say('');
    this.keep();
    if (next) next.querySelector('button').focus();
    else this.on.left?.();
  }

  send(item) {
    const request = new XMLHttpRequest();
    item.request = request;
    request.open('POST', this.url);
    request.setRequestHeader('Authorization', `Bearer ${this.token}`);
    request.setRequestHeader('Idempotency-Key', item.key);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(item.name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`);
    request.responseType = 'json';
    request.upload.onprogress = (event) => { item.bar.value = event.total ? event.loaded / event.total : 0; };
    request.onload = () => this.answered(item, request);
    request.onerror = () => this.again(item);
    request.send(item.file);
  }

  again(item, after = pause(item.tries)) {
    if (item.gone) return;
    item.tries += 1;
    item.bar.value = 0;
    item.timer = setTimeout(() => this.send(item), after);
  }

  answered(item, { status, response }) {
    if (item.gone) return;
    const told = response ?? {};
    if (status >= 500 || status === 429) {
      this.again(item, Math.max((told.retry_after ?? 0) * 1000, AGAIN) * (0.75 + Math.random() / 2));
      return;
    }
    item.bar.hidden = true;
    if (status < 300) {
      const { id, name, type, size } = told;
      Object.assign(item, { id, name, type, size });
      item.row.querySelector('.name').textContent = name;
    } else {
      item.fault = item.wrong.textContent = reason(status, told, item);
      this.say(item.fault);
    }
    this.keep();
  }

  busy() {
    return this.items.some((item) => !item.id && !item.fault);
  }

  ready() {
    return this.items.filter((item) => item.id).map(({ id, name, type, size }) => ({ id, name, type, size }));
  }

  /* They go with a message; those that were refused go away. */
  take() {
    const taken = this.ready();
    this.close();
    this.keep();
    return taken;
  }
}

/* The files of messages. */
export class Shelf {
  constructor() {
    Object.assign(this, { url: null, token: null, urls: [] });
  }

  open(url, token) {
    for (const one of this.urls) URL.revokeObjectURL(one);
    Object.assign(this, { url, token, urls: [] });
  }

  async fetch(id) {
    const answer = await fetch(`${this.url}/${id}`, { headers: { Authorization: `Bearer ${this.token}` }, cache: 'no-store' });
    if (!answer.ok) throw new Error(String(answer.status));
    const href = URL.createObjectURL(await answer.blob());
    this.urls.push(href);
    return href;
  }

  async save(file, fault) {
    fault.textContent = '';
    try {
      Object.assign(document.createElement('a'), { href: await this.fetch(file.id), download: file.name }).click();
    } catch {
      fault.textContent = say('unsaved');
    }
  }

  async picture(file, image) {
    try {
      image.src = await this.fetch(file.id);
      image.hidden = false;
    } catch { /* it can still be saved */ }
  }

  show(file) {
    const fault = make('span', { className: 'fault' });
    const image = make('img', { alt: '', hidden: true });
    const label = make('span', {}, make('span', { className: 'name', textContent: file.name }), ` (${amount(file.size)})`);
    const button = make('button', { type: 'button', className: 'file' }, image, label);
    fault.setAttribute('role', 'status');
    button.setAttribute('aria-label', say('fileSave', { name: file.name, size: amount(file.size) }));
    button.addEventListener('click', () => this.save(file, fault));
    if (SHOWN.test(file.type) && file.size <= SHOWN_MAX) this.picture(file, image);
    return make('div', {}, button, fault);
  }
}
