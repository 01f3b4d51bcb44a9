// SPDX-License-Identifier: GPL-3.0-or-later
// The customer's side of a web chat: the form, the conversation, its end. The page lives alone in a tab or in the frame
// that guichet-chat.js puts on a site; to that it says how many messages are unread, and when to close.

import { fit } from './chat-bot.js';
import { Shelf, Tray } from './chat-files.js';
import { Form } from './chat-form.js';
import { Log } from './chat-log.js';
import { Outbox, openStore, secret } from './chat-store.js';
import { pause, Stream } from './chat-stream.js';
import { language, pick, say, sayEnd } from './chat-texts.js';

const entry = decodeURIComponent(location.pathname.split('/').pop());
const base = new URL('v1/', location.href);
const embedded = new URLSearchParams(location.search).has('embedded') && window.parent !== window;
const store = openStore(entry);
const outbox = new Outbox(store);
const at = (id) => document.getElementById(id);
const shelf = new Shelf();
const log = new Log(at('log'), at('newer'), shelf);
const tray = new Tray(at('files'), at('filed'), store, { changed: () => {}, left: () => at('text').focus() });
const TYPING_AGAIN = 4000, TYPING_ENDS = 10000, CALM = 1500, LATER = 5000, SILENT_END = 30000, TOGETHER = 200;

let facts = { title: {}, greeting: {}, fields: [], limits: { text: 4000, name: 128, value: 256, bot: 100 } };
let form = null;
let stream = null;
let state = null;
let sending = null;
let open = !embedded;
let timers = {};
let typed = { on: false, at: 0 };
let lent = null;
let talk = null; // what the site's bot said, for the conversation that begins next
let back = false; // the conversation is over, and goes on with the next message

function later(name, run, after) {
  clearTimeout(timers[name]);
  timers[name] = run && setTimeout(run, after);
}

function tell(message) {
  if (embedded) window.parent.postMessage({ guichet: entry, ...message }, '*');
}

/* ---- What is shown ---- */

function notice(text) {
  if (at('notice').textContent !== text) at('notice').textContent = text;
}

function show(what) {
  at('form').hidden = what !== 'form';
  at('chat').hidden = what !== 'chat';
  at('finish').hidden = what !== 'chat' || state?.state === 'ended';
}

function luminance(color) {
  const [r, g, b] = [1, 3, 5].map((from) => {
    const c = parseInt(color.slice(from, from + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/* The centre's colour, darkened until white or black is readable on it (7:1). */
function paint(color) {
  let c = color;
  while (luminance(c) > 0.1 && luminance(c) < 0.3) {
    c = `#${[1, 3, 5].map((from) => Math.floor(parseInt(c.slice(from, from + 2), 16) * 0.95).toString(16).padStart(2, '0')).join('')}`;
  }
  document.documentElement.style.setProperty('--accent', c);
  document.documentElement.style.setProperty('--on-accent', luminance(c) <= 0.1 ? '#fff' : '#000');
}

function dress() {
  const title = pick(facts.title) || pick(facts.names) || say('chat');
  at('title').textContent = document.title = title;
  at('greeting').textContent = pick(facts.greeting);
  at('greeting').hidden = !at('greeting').textContent;
  if (/^#[0-9a-f]{6}$/i.test(facts.color ?? '')) paint(facts.color);
}

/* Who came to the agents there were, or left the others. */
function movement(before, now) {
  if (!(before?.length && now?.length)) return '';
  const came = now.filter((name) => !before.includes(name));
  const gone = before.filter((name) => !now.includes(name));
  if (came.length && gone.length) return '';
  return came.length ? say('joined', { name: list(came) }) : gone.length ? say('left', { name: list(gone) }) : '';
}

const list = (names) => new Intl.ListFormat(document.documentElement.lang || 'en').format(names);

function showState(news = '') {
  if (state.state === 'waiting') notice(state.place ? say('place', { n: state.place }) : say('waiting'));
  else if (state.closes_at) notice(say('closing'));
  else if (state.away) notice(say('away', { name: state.agent || say('agent') }));
  else if (state.agents?.length > 1 || news) notice([news, say('talking', { name: list(state.agents) })].filter(Boolean).join(' '));
  else if (state.state === 'talking') notice(state.agent ? say('talking', { name: state.agent }) : say('talkingUnnamed'));
  else notice(back ? say('goOn') : sayEnd(state.reason));
}

function showTyping(on) {
  at('typing').textContent = on ? say('typing', { name: state?.agent || say('agent') }) : '';
  later('typing', on ? () => showTyping(false) : null, TYPING_ENDS);
}

function showRoom() {
  const n = [...at('text').value].length, { text: limit } = facts.limits;
  const over = n > limit;
  at('room').textContent = over ? say('tooLong', { n, limit }) : n > limit - 200 ? say('room', { n, limit }) : '';
  at('text').setAttribute('aria-invalid', String(over));
  return over;
}

/* ---- Reading ---- */

function unread() {
  const read = store.get('read') ?? 0;
  let count = 0;
  for (const [number, row] of log.shown) count += number > read && !row.matches('.customer, .before');
  return count;
}

function look() {
  const top = log.top;
  if (open && document.visibilityState === 'visible' && !at('chat').hidden && log.atEnd() && top > (store.get('read') ?? 0)) {
    store.set('read', top);
    later('read', () => stream?.send({ type: 'read', number: store.get('read') }), TOGETHER);
  }
  const count = unread();
  document.title = (count ? `(${count}) ` : '') + at('title').textContent;
  tell({ unread: count });
}

/* ---- Writing ---- */

function push() {
  if (sending || !stream || state === null || (state.state === 'ended' && !back)) return;
  const [item] = outbox.items();
  if (item && stream.send({ type: 'message', key: item.key, text: item.text, attachments: item.attachments?.map((file) => file.id) })) sending = item.key;
}

/* Said again every few seconds while keys are hit, and at most once a second: then a little later. */
function typing(on) {
  const now = Date.now();
  const wait = typed.at + (typed.on ? TYPING_AGAIN : 1000) - now;
  later('mine', on ? () => typing(false) : null, TYPING_AGAIN + 1000);
  later('soon', on && !typed.on && wait > 0 ? () => typing(true) : null, wait);
  if (on ? wait > 0 : !typed.on) return;
  typed = { on, at: now };
  stream?.send({ type: 'typing', on });
}

function write() {
  const area = at('text');
  const text = area.value.replace(/\p{Surrogate}/gu, '\ufffd').replace(/[\0-\x08\x0b-\x1f\x7f]/g, '').trim();
  area.focus();
  if (showRoom()) return;
  if (tray.busy()) {
    tray.say(say('filesWait'));
    return;
  }
  if (!text && !tray.ready().length) return;
  log.wait(outbox.add(text, tray.take()));
  area.value = '';
  store.remove('draft');
  showRoom();
  typing(false);
  push();
}

/* ---- The conversation ---- */

function arrived(key) {
  if (sending === key) sending = null;
  return outbox.take(key);
}

function refused({ key, code, limit }) {
  if (code === 'too_many') {
    later('again', () => { sending = null; push(); }, LATER * (1 + Math.random()));
    return;
  }
  // What comes after the end stays here for the next conversation, and nothing more is sent in this one.
  if (code !== 'ended') arrived(key);
  const words = { too_large: () => say('tooLong', { n: '', limit }).replace(/\s+/g, ' '), file_gone: () => say('fileGone') }[code];
  log.refuse(key, words?.() ?? '');
  if (code === 'ended' && back) {
    back = false;
    changed({ ...state, reopens: false });
    return;
  }
  push();
}

function changed(message) {
  const news = movement(state?.agents, message.agents);
  state = message;
  const inside = at('sure').open || [at('finish'), ...at('composer').elements].includes(document.activeElement);
  if (state.state !== 'ended') back = false;
  showState(news);
  showTyping(false);
  const ended = state.state === 'ended' && !back;
  tell({ live: !ended });
  at('resume').hidden = !state.reopens;
  at('finish').hidden = state.state === 'ended';
  at('composer').hidden = ended;
  at('over').hidden = !ended;
  if (!ended) {
    stream.over = false;
    later('over', null);
    return;
  }
  at('sure').close();
  tray.close();
  stream.over = true;
  wantTalk();
  for (const { key } of outbox.items()) log.refuse(key, '');
  if (inside) at('over').focus();
  later('over', () => stream?.stop(), SILENT_END);
}

const heard = {
  state: changed,
  message({ message, key = message.key }) {
    if (key) arrived(key);
    if (message.author === 'agent') showTyping(false);
    log.add({ ...message, key });
  },
  acknowledged({ key, number, text, masked }) {
    const item = arrived(key);
    // Another window may have heard of it first and taken it from what both keep; its row here knows the rest.
    if (item || log.waiting.has(key)) log.add({ ...item, key, number, author: 'customer', ...(masked && { text, masked }) });
  },
  refused,
  typing: ({ on }) => showTyping(on),
  read: ({ number }) => log.seen(number),
};

function hear(message) {
  heard[message.type]?.(message);
  // What comes with the first link is no news: it is not read out.
  if (at('log').ariaBusy === 'true') later('busy', () => { at('log').ariaBusy = 'false'; }, 500);
  if (message.type !== 'typing') {
    push();
    look();
  }
}

function up() {
  later('calm', null);
  sending = null;
  stream.send({ type: 'read', number: store.get('read') ?? 0 });
}

function down() {
  sending = null;
  showTyping(false);
  if (state?.state !== 'ended') later('calm', () => notice(say('lost')), CALM);
}

function converse() {
  const url = new URL('stream', base);
  url.protocol = url.protocol.replace('http', 'ws');
  show('chat');
  log.clear();
  at('log').ariaBusy = 'true';
  at('composer').hidden = false;
  at('over').hidden = true;
  at('text').value = store.get('draft') ?? '';
  shelf.open(new URL('attachments', base).href, store.get('token'));
  tray.open(new URL('attachments', base).href, store.get('token'));
  notice(say(store.lasting() ? 'connecting' : 'forgetful'));
  for (const item of outbox.items()) log.wait(item);
  state = null;
  sending = null;
  stream = new Stream(url.href, store.get('token'), () => log.last, { heard: hear, up, down, voided, stale });
}

function stale() {
  log.clear();
  store.remove('read');
  for (const item of outbox.items()) log.wait(item);
}

/* What was not sent in a conversation that is over is the draft of the next one. */
function forget() {
  const texts = outbox.items().map((item) => {
    store.remove(item.place);
    return item.text;
  });
  if (texts.length) store.set('draft', [...texts, store.get('draft') ?? ''].join('\n').trim());
  tray.close();
  for (const key of ['token', 'start', 'read', 'files']) store.remove(key);
  stream?.stop();
  for (const timer of Object.values(timers)) clearTimeout(timer);
  timers = {};
  stream = state = null;
  back = false;
  tell({ live: false, unread: 0 });
}

function voided() {
  if (state?.state === 'ended') return;
  forget();
  ask();
  notice(say('gone'));
}

/* ---- The beginning ---- */

async function request(path, options) {
  const answer = await fetch(new URL(path, base), { cache: 'no-store', ...options });
  const told = await answer.json().catch(() => ({}));
  return { status: answer.status, told };
}

/* The answer of the centre, asked until there is one. */
async function persist(path, options) {
  for (let n = 0; ; n += 1) {
    try {
      const answer = await request(path, options);
      if (answer.status < 500) return answer;
    } catch { /* no link */ }
    if (n > 0) notice(say('lost'));
    await new Promise((done) => {
      const timer = setTimeout(done, pause(n));
      window.addEventListener('online', () => { clearTimeout(timer); done(); }, { once: true });
    });
  }
}

/* The site may have something that its bot said, for the conversation that can begin now. */
function wantTalk() {
  if (form && (!store.get('token') || (state?.state === 'ended' && !back))) tell({ bot: true });
}

/* A conversation that goes on is with people already. */
function takeTalk(told) {
  if (!form || store.get('start') || (store.get('token') && (state?.state !== 'ended' || back))) return;
  talk = fit(told, facts.limits);
  if (talk && store.get('token')) restart();
  else showTalk();
}

function showTalk() {
  at('talk').hidden = !talk;
  at('talk').textContent = talk?.name ? say('passedOnNamed', talk) : say('passedOn');
}

function ask() {
  show('form');
  showTalk();
  notice('');
  at('fault').textContent = '';
  at('start').disabled = false;
}

async function begin(start) {
  store.set('start', start);
  at('start').disabled = true;
  at('fault').textContent = '';
  const { status, told } = await persist(`${encodeURIComponent(entry)}/conversations`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(start),
  });
  if (status < 300) {
    talk = null;
    const inside = at('form').contains(document.activeElement) || document.activeElement === document.body;
    store.set('token', told.token);
    store.remove('start');
    converse();
    if (inside && open) at('text').focus();
    return;
  }
  store.remove('start');
  if (start.bot && (status === 413 || told.field?.startsWith('/bot'))) {
    console.warn('What the bot said was refused', told);
    talk = null;
    const { bot, ...rest } = start;
    begin(rest);
    return;
  }
  ask();
  if (!form?.refuse(told.field, told.reason)) at('fault').textContent = say(status === 429 ? 'busy' : 'failed');
}

function submit(event) {
  event.preventDefault();
  const answers = form.read();
  if (answers) begin({ ...answers, language, key: secret(), ...(talk && { bot: talk }) });
}

/* Not a new conversation: the next message brings this one back. */
function resume() {
  stream?.stop();
  back = true;
  converse();
  at('text').focus();
}

async function restart() {
  forget();
  ask();
  form.focus();
}

/* ---- The end ---- */

async function save() {
  at('saved').textContent = '';
  try {
    const headers = { Authorization: `Bearer ${store.get('token')}` };
    const answer = await fetch(new URL('transcript', base), { headers, cache: 'no-store' });
    if (!answer.ok) throw new Error(String(answer.status));
    const href = URL.createObjectURL(await answer.blob());
    Object.assign(document.createElement('a'), { href, download: `${entry}-${new Date().toISOString().slice(0, 10)}.txt` }).click();
    setTimeout(() => URL.revokeObjectURL(href), LATER);
  } catch {
    at('saved').textContent = say('unsaved');
  }
}

function finish() {
  at('sure').close();
  stream?.send({ type: 'end' });
  at('text').focus();
}

/* ---- The page ---- */

function focusFirst() {
  if (!at('form').hidden) form.focus();
  else if (!at('composer').hidden && !at('chat').hidden) at('text').focus();
  else if (!at('chat').hidden) at('over').focus();
  else at('title').focus();
}

function keys(event) {
  if (event.key === 'Escape' && embedded && !at('sure').open && !event.isComposing) tell({ close: true });
}

function enter(event) {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  write();
}

/* Chosen, dropped or pasted. */
function connectFiles() {
  const takes = () => tray.limits && !at('composer').hidden;
  const dropped = (event) => takes() && event.dataTransfer?.types.includes('Files');
  at('attach').addEventListener('click', () => at('choose').click());
  at('choose').addEventListener('change', () => {
    tray.add([...at('choose').files]);
    at('choose').value = '';
    at('text').focus();
  });
  at('text').addEventListener('paste', (event) => {
    if (!takes() || !event.clipboardData.files.length) return;
    event.preventDefault();
    tray.add([...event.clipboardData.files]);
  });
  document.addEventListener('dragover', (event) => {
    if (dropped(event)) event.preventDefault();
    at('composer').classList.toggle('over', Boolean(dropped(event)));
  });
  for (const type of ['dragleave', 'drop']) document.addEventListener(type, () => at('composer').classList.remove('over'));
  document.addEventListener('drop', (event) => {
    if (!dropped(event)) return;
    event.preventDefault();
    tray.add([...event.dataTransfer.files]);
  });
}

function connectControls() {
  at('form').addEventListener('submit', submit);
  at('composer').addEventListener('submit', (event) => { event.preventDefault(); write(); });
  at('text').addEventListener('keydown', enter);
  at('text').addEventListener('input', () => {
    store.set('draft', at('text').value);
    showRoom();
    typing(at('text').value.trim() !== '');
  });
  connectFiles();
  at('finish').addEventListener('click', () => at('sure').showModal());
  at('stay').addEventListener('click', () => at('sure').close());
  at('leave').addEventListener('click', finish);
  at('transcript').addEventListener('click', save);
  at('resume').addEventListener('click', resume);
  at('again').addEventListener('click', restart);
  at('close').addEventListener('click', () => tell({ close: true }));
  document.addEventListener('keydown', keys);
  document.addEventListener('visibilitychange', look);
  log.onseen = look;
  window.addEventListener('message', ({ source, data }) => {
    if (!embedded || source !== window.parent || data?.guichet !== entry) return;
    if (data.kept) {
      store.lend(data.kept, (key, text) => tell({ keep: [key, text] }));
      lent?.();
      return;
    }
    if (data.bot) {
      takeTalk(data.bot);
      return;
    }
    open = data.open === true;
    if (open && !at('chat').hidden) log.toEnd();
    look();
    if (open && data.focus) focusFirst();
  });
}

/* A browser that keeps nothing for a frame of another origin keeps it for the site around it. */
function borrow() {
  return new Promise((done) => {
    lent = done;
    tell({ want: true });
    setTimeout(done, CALM);
  });
}

function word() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = say(element.dataset.text);
  for (const element of document.querySelectorAll('[data-label]')) element.setAttribute('aria-label', say(element.dataset.label));
  at('attach').title = say('attach');
  at('log').setAttribute('aria-label', say('log'));
  at('close').setAttribute('aria-label', say('close'));
  at('close').hidden = !embedded;
}

async function main() {
  word();
  dress();
  connectControls();
  if (embedded && !store.lasting()) await borrow();
  const begun = store.get('token');
  const start = store.get('start');
  if (begun) converse();
  else notice(say('connecting'));
  const { status, told } = await persist(encodeURIComponent(entry));
  if (status >= 400 && !begun) notice(say('unknown'));
  if (status >= 400) return;
  facts = told;
  tray.limits = facts.limits.attachments ?? null;
  at('attach').hidden = !tray.limits;
  dress();
  form = new Form(at('fields'), facts);
  document.querySelector('[data-text=required]').hidden = !form.fields.some((field) => field.required);
  wantTalk();
  if (begun) return;
  if (start) begin(start);
  else ask();
  tell({ ready: true });
}

main();
