// SPDX-License-Identifier: GPL-3.0-or-later
// The chat on any site, by one line:
//
//   <script src="https://CENTRE/chat/guichet-chat.js" data-entry="NAME" data-language="fr" async></script>
//
// A button in the corner opens the chat's page in a frame. Both live in a shadow tree: the site's style and this one do
// not touch. data-language is optional: else it is the site's, else the browser's.
//
// A bot of the site hands over to people, whenever it likes, before this line has run or after:
//
//   (window.guichetChat ??= []).push({ name: 'Alma', messages: [{ author: 'customer', text: '…', at: new Date() }] });
(() => {
  const script = document.currentScript;
  const entry = script.dataset.entry;
  const address = new URL(encodeURIComponent(entry), script.src);
  const memory = `guichet-chat.${entry}`;
  const texts = {
    en: { open: 'Open the chat', close: 'Close the chat', chat: 'Chat', unread: 'Unread messages: {n}' },
    fr: { open: 'Ouvrir la discussion', close: 'Fermer la discussion', chat: 'Discussion', unread: 'Messages non lus : {n}' },
    bg: { open: 'Отваряне на чата', close: 'Затваряне на чата', chat: 'Чат', unread: 'Непрочетени съобщения: {n}' },
  };
  const tags = [script.dataset.language, document.documentElement.lang, ...navigator.languages];
  const language = tags.map((tag) => (tag ?? '').slice(0, 2).toLowerCase()).find((tag) => tag in texts) ?? 'en';
  const words = texts[language];
  address.search = new URLSearchParams({ embedded: '1', language });

  const style = `
    :host { all: initial; color-scheme: light dark; }
    button { position: fixed; right: 16px; bottom: 16px; width: 60px; height: 60px; padding: 0; border: 2px solid #fff;
      border-radius: 50%; background: #123f6d; color: #fff; cursor: pointer; z-index: 2147483646;
      box-shadow: 0 2px 8px #0006; }
    button:hover { background: #0b2c4f; }
    button:focus-visible { outline: 3px solid #123f6d; outline-offset: 2px; box-shadow: 0 0 0 8px #fff; }
    svg { width: 30px; height: 30px; fill: currentColor; vertical-align: middle; }
    .count { position: absolute; right: -6px; top: -6px; min-width: 24px; box-sizing: border-box; padding: 0 6px;
      border-radius: 12px; background: #fff; color: #8a0011; border: 1px solid #8a0011; font: bold 14px/22px sans-serif; }
    .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    .panel { position: fixed; right: 16px; bottom: 88px; width: min(400px, calc(100vw - 32px));
      height: min(640px, calc(100vh - 104px)); border-radius: 12px; overflow: hidden; z-index: 2147483647;
      background: Canvas; box-shadow: 0 4px 24px #0008; animation: rise 0.15s ease-out; }
    .panel[hidden], .count[hidden] { display: none; }
    iframe { width: 100%; height: 100%; border: 0; display: block; }
    @keyframes rise { from { transform: translateY(12px); opacity: 0; } }
    @media (max-width: 480px), (max-height: 480px) {
      .panel { inset: 0; width: auto; height: auto; border-radius: 0; }
    }
    @media (prefers-reduced-motion: reduce) { .panel { animation: none; } }
    @media print { :host { display: none; } }`;

  const make = (tag, facts, ...children) => {
    const element = Object.assign(document.createElement(tag), facts);
    element.append(...children);
    return element;
  };
  const picture = () => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    path.setAttribute('d', 'M4 3h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H9l-5 4v-4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z');
    svg.append(path);
    return svg;
  };
  const recall = () => {
    try { return sessionStorage.getItem(memory); } catch { return null; }
  };
  const remember = (what) => {
    try {
      if (what) sessionStorage.setItem(memory, what);
      else sessionStorage.removeItem(memory);
    } catch { /* forbidden: the next page of the site begins with a closed chat */ }
  };

  // What the site's bot said waits in this tab until a conversation has begun with it.
  const talkKept = `${memory}.bot`;
  let talk = null;
  let heard = false; // the page is there
  try { talk = JSON.parse(sessionStorage.getItem(talkKept)); } catch { /* nothing is kept */ }
  const keepTalk = (what) => {
    talk = what;
    try {
      if (what) sessionStorage.setItem(talkKept, JSON.stringify(what));
      else sessionStorage.removeItem(talkKept);
    } catch { /* forbidden or full: it waits on this page alone */ }
  };

  // What the page wants kept, where the browser keeps nothing for frames of other origins.
  const kept = () => {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(`${memory}.`));
      return Object.fromEntries(keys.map((key) => [key.slice(memory.length + 1), localStorage.getItem(key)]));
    } catch { return null; }
  };
  const keep = ([key, text]) => {
    try {
      if (text === null) localStorage.removeItem(`${memory}.${key}`);
      else localStorage.setItem(`${memory}.${key}`, text);
    } catch { /* full: the page holds it */ }
  };

  const host = make('div', {});
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  const count = make('span', { className: 'count', hidden: true, ariaHidden: 'true' });
  const said = make('span', { className: 'said', role: 'status' });
  const button = make('button', { type: 'button', ariaExpanded: 'false' }, picture(), count);
  const panel = make('div', { className: 'panel', hidden: true, role: 'dialog', ariaLabel: words.chat });
  let frame = null;
  let live = false;
  let unread = 0;

  const label = () => {
    const news = unread ? words.unread.replace('{n}', unread) : '';
    button.ariaLabel = button.title = (panel.hidden ? words.open : words.close) + (news && `. ${news}`);
    button.ariaExpanded = String(!panel.hidden);
    count.hidden = !unread;
    count.textContent = unread;
    if (said.textContent !== news) said.textContent = news;
  };
  const tell = (focus) => {
    frame?.contentWindow?.postMessage({ guichet: entry, open: !panel.hidden, focus }, address.origin);
  };
  const load = () => {
    if (frame) return;
    frame = make('iframe', { title: words.chat, src: address.href });
    panel.append(frame);
  };
  const show = (open, focus) => {
    if (open) load();
    panel.hidden = !open;
    remember(open ? 'open' : live && 'closed');
    label();
    if (focus && open) frame.focus();
    if (focus && !open) button.focus();
    tell(focus && open);
  };

  const tellTalk = (said) => heard && said && frame.contentWindow.postMessage({ guichet: entry, bot: said }, address.origin);

  // The chat opens with it, or waits for who opens it (open: false). A conversation that goes on is with people already.
  const handOver = ({ name, messages, open = true }) => {
    const said = JSON.parse(JSON.stringify({ name, messages }));
    if (!live) keepTalk(said);
    if (open) show(true, true);
    tellTalk(said);
  };

  button.addEventListener('click', () => show(panel.hidden, true));
  host.addEventListener('keydown', (event) => event.key === 'Escape' && !panel.hidden && show(false, true));
  window.addEventListener('message', ({ source, origin, data }) => {
    if (!frame || source !== frame.contentWindow || origin !== address.origin || data?.guichet !== entry) return;
    heard = true;
    if (data.want) frame.contentWindow.postMessage({ guichet: entry, kept: kept() }, address.origin);
    if (data.keep) keep(data.keep);
    if (data.close) show(false, true);
    if (data.ready) tell(!panel.hidden && root.activeElement === frame);
    if (data.bot) tellTalk(talk);
    if ('unread' in data) unread = Math.min(Number(data.unread) || 0, 99);
    if ('live' in data) {
      live = data.live === true;
      if (live) keepTalk(null);
      remember(panel.hidden ? live && 'closed' : 'open');
    }
    label();
  });

  const begin = () => {
    document.body.append(host);
    if (recall()) {
      load();
      show(recall() === 'open', false);
    }
  };
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  root.append(button, said, panel);
  label();
  if (document.body) begin();
  else document.addEventListener('DOMContentLoaded', begin);

  // Calls that were there before, and those that come; with several chats on a page each takes its own.
  const calls = (window.guichetChat ??= []);
  const { push } = calls;
  const take = (call) => (call?.entry ?? entry) === entry && handOver(call ?? {});
  calls.push = (...more) => {
    more.forEach(take);
    return push.apply(calls, more);
  };
  calls.forEach(take);
})();
