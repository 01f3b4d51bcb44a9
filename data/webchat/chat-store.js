// SPDX-License-Identifier: GPL-3.0-or-later
// What the browser keeps of a conversation: its token, the draft, and each message until the centre has it. Where the
// browser keeps nothing for the page, the site around it may; else it is held as long as the page lives.

export function openStore(name) {
  const prefix = `guichet.${name}.`;
  const here = new Map();
  let lasting = null;
  let site = null;
  try {
    localStorage.setItem(`${prefix}probe`, '1');
    localStorage.removeItem(`${prefix}probe`);
    lasting = localStorage;
  } catch { /* forbidden or full */ }
  return {
    lasting: () => lasting !== null || site !== null,
    /* The site keeps it: what it has, and how it is told. */
    lend(items, tell) {
      for (const [key, text] of Object.entries(items)) here.set(key, text);
      site = tell;
    },
    get(key) {
      try {
        return JSON.parse(here.get(key) ?? lasting?.getItem(prefix + key) ?? 'null');
      } catch {
        return null;
      }
    },
    set(key, value) {
      const text = JSON.stringify(value);
      try {
        if (!lasting) throw new Error();
        lasting.setItem(prefix + key, text);
        here.delete(key);
      } catch {
        here.set(key, text);
        site?.(key, text);
      }
    },
    remove(key) {
      here.delete(key);
      site?.(key, null);
      lasting?.removeItem(prefix + key);
    },
    keys(beginning) {
      const kept = lasting ? Object.keys(lasting).filter((key) => key.startsWith(prefix)) : [];
      const all = new Set([...kept.map((key) => key.slice(prefix.length)), ...here.keys()]);
      return [...all].filter((key) => key.startsWith(beginning)).sort();
    },
  };
}

export function secret() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/* The messages that the centre does not have yet, oldest first. Each goes under a key of its own, so that two windows
 * of one browser do not overwrite each other; one is on its way at a time, so that none overtakes another. */
export class Outbox {
  constructor(store) {
    this.store = store;
    this.at = 0;
  }

  items() {
    return this.store.keys('out.').map((place) => ({ place, ...this.store.get(place) })).filter((item) => item.key);
  }

  add(text, attachments) {
    this.at = Math.max(this.at + 1, Date.now());
    const item = { key: secret(), text, at: this.at, ...(attachments.length ? { attachments } : {}) };
    this.store.set(`out.${String(this.at).padStart(15, '0')}.${item.key.slice(0, 4)}`, item);
    return item;
  }

  /* The message with the key has arrived or was refused: TRUE if it was here. */
  take(key) {
    const item = this.items().find((one) => one.key === key);
    if (item) this.store.remove(item.place);
    return item;
  }
}
