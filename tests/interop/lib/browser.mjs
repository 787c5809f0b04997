// A real Chromium with virtual authenticators (CDP domain WebAuthn). Passkeys are made and used by the page itself, through
// the JSON forms of the standard: parseCreationOptionsFromJSON, parseRequestOptionsFromJSON and toJSON.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { delimiter, join } from 'node:path';
import { tmpdir } from 'node:os';
import { chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Where Chromium is: what MEDID_CHROMIUM names, else the first of its names in PATH; undefined where there is none. */
export const findChromium = () => process.env.MEDID_CHROMIUM
  ?? names.flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))).find((path) => existsSync(path));

/** What stands between a relying party's JSON and navigator.credentials; runs inside the page. */
const ceremony = async ({ kind, publicKey }) => {
  try {
    const credential = kind === 'create'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
    return { credential: credential.toJSON() };
  } catch (e) {
    return { error: e.name, message: e.message };
  }
};

export class Browser {
  #context;
  #page;
  #cdp;
  #server;
  #folder;

  static async start() {
    const executablePath = findChromium();
    if (!executablePath) throw new Error('Chromium is not here: name it in MEDID_CHROMIUM.');
    const browser = new Browser();
    browser.#folder = mkdtempSync(join(tmpdir(), 'medid-browser-'));
    browser.#server = createServer((_, answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>LAB relying party</title>'));
    await new Promise((ready) => browser.#server.listen(0, '127.0.0.1', ready));
    browser.#context = await chromium.launchPersistentContext(browser.#folder, { executablePath, headless: true, args: flags });
    browser.#page = browser.#context.pages()[0] ?? await browser.#context.newPage();
    browser.#cdp = await browser.#context.newCDPSession(browser.#page);
    await browser.#cdp.send('WebAuthn.enable', { enableUI: false });
    return browser;
  }

  get version() { return this.#context.browser()?.version() ?? 'chromium'; }

  get page() { return this.#page; }

  get cdp() { return this.#cdp; }

  /** An empty page of our own; an RP ID has to be a name, so it is localhost. */
  get blank() { return `http://localhost:${this.#server.address().port}`; }

  async open(url) { await this.#page.goto(url ?? this.blank); }

  /** Adds a virtual authenticator and says its id. */
  async add(options) {
    return (await this.#cdp.send('WebAuthn.addVirtualAuthenticator', { options: { automaticPresenceSimulation: true, ...options } })).authenticatorId;
  }

  async remove(authenticatorId) { await this.#cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }); }

  async verified(authenticatorId, isUserVerified) { await this.#cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }); }

  /** One ceremony: {credential} as toJSON() gives it, or {error, message}. */
  async run(kind, publicKey) { return this.#page.evaluate(ceremony, { kind, publicKey }); }

  async stop() {
    await this.#context?.close().catch(() => {});
    this.#server?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
