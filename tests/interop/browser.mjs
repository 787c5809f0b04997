// A browser on a pipe: one JSON command a line in, one JSON answer a line out, until the input ends.
//
//   {"do":"open","url"?}                       {"url"}        our own blank page without url
//   {"do":"add","options":{…}}                 {"id"}         CDP WebAuthn.VirtualAuthenticatorOptions
//   {"do":"remove","id"}                       {}
//   {"do":"verified","id","value"}             {}             whether the user will be verified
//   {"do":"create"|"get","publicKey":{…}}      {"credential"} or {"error","message"}
//   {"do":"click","selector"}                  {}
//   {"do":"check","selector"}                  {}
//   {"do":"fill","selector","value"}           {}
//   {"do":"wait","selector","timeout"?}        {"text"}       until it is visible
//   {"do":"state","selector","attribute","values":[…],"timeout"?}   {"value","text"}  until the attribute is one of them
//   {"do":"count","selector"}                  {"count"}
//
// and what lib/reader.mjs adds for pages without script.
//
// What goes wrong is answered with {"failed"}. Ends with 0 when the input ends, and when it is told to by SIGTERM.
import { createInterface } from 'node:readline';
import { Browser } from './lib/browser.mjs';
import { reader } from './lib/reader.mjs';

const browser = await Browser.start();
process.on('SIGTERM', async () => { await browser.stop(); process.exit(0); });
const { page } = browser;
const limit = 20_000;
page.setDefaultTimeout(limit);

const act = {
  open: async ({ url }) => { await browser.open(url); return { url: page.url() }; },
  add: async ({ options }) => ({ id: await browser.add(options) }),
  remove: async ({ id }) => { await browser.remove(id); return {}; },
  verified: async ({ id, value }) => { await browser.verified(id, value); return {}; },
  create: ({ publicKey }) => browser.run('create', publicKey),
  get: ({ publicKey }) => browser.run('get', publicKey),
  click: async ({ selector }) => { await page.click(selector); return {}; },
  check: async ({ selector }) => { await page.check(selector); return {}; },
  fill: async ({ selector, value }) => { await page.fill(selector, value); return {}; },
  wait: async ({ selector, timeout }) => ({ text: await (await page.waitForSelector(selector, { timeout: timeout ?? limit })).textContent() }),
  state: async ({ selector, attribute, values, timeout }) => {
    await page.waitForFunction(([s, a, v]) => v.includes(document.querySelector(s)?.getAttribute(a)), [selector, attribute, values], { timeout: timeout ?? limit });
    return page.$eval(selector, (element, name) => ({ value: element.getAttribute(name), text: element.textContent, code: element.getAttribute('data-code') }), attribute);
  },
  count: async ({ selector }) => ({ count: await page.locator(selector).count() }),
  ...reader(page, browser.cdp),
};

console.log(JSON.stringify({ ready: browser.version, blank: browser.blank }));
for await (const line of createInterface({ input: process.stdin })) {
  if (line.length === 0) continue;
  try {
    const command = JSON.parse(line);
    console.log(JSON.stringify(await act[command.do](command)));
  } catch (e) {
    console.log(JSON.stringify({ failed: e.message }));
  }
}
await browser.stop();
process.exit(0);
