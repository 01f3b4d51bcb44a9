// SPDX-License-Identifier: GPL-3.0-or-later
// Plays the customer: Chromium, told what to do by lines of JSON on standard input (tests/rig/browser.py writes them).
//
//   node driver.mjs FOLDER CHROMIUM [ARGUMENT...]     FOLDER has the node_modules with playwright-core and axe-core
//
// {"id", "code", "page", "arg"} runs code with page, context, browser and arg; {"id", "open": PAGE, "options"} opens a
// page in a browser's profile of its own; the answer is {"id", "value"} or {"id", "error"}.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const [folder, executablePath, ...args] = process.argv.slice(2);
const require = createRequire(`${folder}/`);
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid() !== 0, headless: true, args });
const pages = new Map();
const AsyncFunction = (async () => {}).constructor;

async function open(name, { faults: counted = true, ...options }) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 }, ...options });
  context.setDefaultTimeout(100000); // what asks waits a little longer: tests/rig/patience.py
  const page = await context.newPage();
  const faults = [];
  if (counted) page.on('pageerror', (error) => faults.push(String(error.stack)));
  if (counted) page.on('console', (line) => {
    if (line.type() === 'error' && /Content Security Policy/.test(line.text())) faults.push(line.text());
  });
  pages.set(name, { page, context, faults });
}

async function run({ id, code, page: name, open: opened, options, arg }) {
  if (opened) return open(opened, options);
  const { page, context, faults } = pages.get(name) ?? {};
  return new AsyncFunction('page', 'context', 'browser', 'faults', 'axe', 'arg', code)(page, context, browser, faults, axe, arg);
}

function answer(told) {
  process.stdout.write(`${JSON.stringify(told)}\n`);
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  run(request).then((value) => answer({ id: request.id, value: value ?? null }),
    (error) => answer({ id: request.id, error: String(error.stack ?? error) }));
}
await browser.close();
