// SPDX-License-Identifier: GPL-3.0-or-later
// What the site's own bot said with the customer before, as the centre takes it.

const ROOM = 48 * 1024; // bytes, of a request that may have 64 kB in all
const AUTHORS = ['bot', 'customer'];

function clean(text, most) {
  const plain = String(text ?? '').replace(/\p{Surrogate}/gu, '\ufffd').replace(/[\0-\x08\x0b-\x1f\x7f]/g, '').trim();
  return [...plain].slice(0, most).join('');
}

function line({ author, text, at } = {}, limits) {
  const time = new Date(at);
  return { author, text: clean(text, limits.text), ...(Number.isNaN(time.getTime()) ? {} : { at: time.toISOString() }) };
}

/* The newest messages that there is room for, oldest first; null if there is nothing to read in any. */
export function fit(talk, limits) {
  const messages = [];
  const all = Array.isArray(talk?.messages) ? talk.messages : [];
  let left = ROOM;
  for (let n = all.length - 1; n >= 0 && messages.length < limits.bot; n -= 1) {
    const one = line(all[n] ?? {}, limits);
    if (!one.text || !AUTHORS.includes(one.author)) continue;
    left -= new TextEncoder().encode(JSON.stringify(one)).length + 1;
    if (left < 0) break;
    messages.unshift(one);
  }
  const name = clean(talk?.name, limits.name).replace(/\s+/g, ' ');
  return messages.length ? { ...(name && { name }), messages } : null;
}
