// SPDX-License-Identifier: GPL-3.0-or-later
// The form before the conversation: the customer's name, and what the centre asks of its customers at this entry point.

import { pick, say } from './chat-texts.js';

const KINDS = { number: 'text', date: 'date', datetime: 'datetime-local', text: 'text' };

function make(tag, facts, ...children) {
  const element = Object.assign(document.createElement(tag), facts);
  element.append(...children);
  return element;
}

function control(id, field, limit) {
  if (field.type === 'choice') {
    const options = ['', ...field.choices].map((value) => make('option', { value, textContent: value || say('choose') }));
    return make('select', { id }, ...options);
  }
  const input = make('input', { id, type: KINDS[field.type] ?? 'text' });
  if (input.type === 'text') input.maxLength = limit;
  if (field.type === 'number') input.inputMode = 'decimal';
  return input;
}

/* What the centre wants written: times with their zone, numbers with a point. */
function value(field, input) {
  const text = input.value.trim();
  if (!text) return '';
  if (field.type === 'datetime') return new Date(text).toISOString();
  return field.type === 'number' ? text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.') : text;
}

export class Form {
  constructor(box, facts) {
    const name = { variable: '', type: 'text', required: facts.nameRequired, label: say('name') };
    this.fields = [name, ...facts.fields.map((field) => ({ ...field, label: pick(field.names) || field.variable }))];
    box.replaceChildren(...this.fields.map((field, n) => this.row(field, n, facts.limits)));
    this.fields[0].input.autocomplete = 'name';
  }

  row(field, n, limits) {
    const id = `field-${n}`;
    const input = control(id, field, n ? limits.value : limits.name);
    const fault = make('p', { id: `${id}-fault`, className: 'fault' });
    input.required = Boolean(field.required);
    input.setAttribute('aria-describedby', fault.id);
    input.addEventListener('input', () => this.blame(field, ''));
    Object.assign(field, { input, fault });
    const label = make('label', { htmlFor: id, textContent: field.label + (field.required ? ' *' : '') });
    return make('div', { className: 'field' }, label, input, fault);
  }

  blame(field, reason) {
    field.fault.textContent = reason && say(reason);
    field.input.setAttribute('aria-invalid', String(reason !== ''));
  }

  focus() {
    this.fields[0].input.focus();
  }

  /* What is written, or null if something is missing, which is then said and shown. */
  read() {
    for (const field of this.fields) this.blame(field, field.input.validity.badInput ? field.type
      : field.required && !value(field, field.input) ? 'missing' : '');
    const wrong = this.fields.find((field) => field.fault.textContent);
    wrong?.input.focus();
    if (wrong) return null;
    const [name, ...rest] = this.fields;
    const values = rest.map((field) => [field.variable, value(field, field.input)]).filter(([, text]) => text);
    return { name: value(name, name.input), values: Object.fromEntries(values) };
  }

  /* What the centre found wrong: TRUE if it is one of the fields. */
  refuse(pointer, reason) {
    const field = this.fields.find((one) => pointer === (one.variable ? `/values/${one.variable}` : '/name'));
    if (!field) return false;
    this.blame(field, ['missing', 'length', 'number', 'date', 'datetime', 'choice'].includes(reason) ? reason : 'failed');
    field.input.focus();
    return true;
  }
}
