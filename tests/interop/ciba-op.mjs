// A CIBA OpenID provider of others (npm oidc-provider, poll and ping) that a test steers line by line.
//
//   node ciba-op.mjs       prints {"issuer"} when it listens on a free loopback port; then each line of standard input is one command, answered by one line
//
//   {"do":"client","metadata":{…}}                     adds or replaces a client, by the registration names
//   {"do":"decide","as":"approve|deny|expire"}         decides the newest request; "request" names another, "error" another refusal, "acr" another class
//   {"do":"mode","as":"wait|approve|deny","after":0}   what happens to new requests by themselves, and after how many milliseconds
//   {"do":"seen"}                                      the requests that came (params, whether signed) and the pings that were sent
//   {"do":"token","sub":"…"}                           a login_hint_token for somebody
//
// Ends with standard input. Environment: CIBA_OP_CERT, CIBA_OP_KEY (PEM files) serve TLS; CIBA_OP_CA (PEM file) is trusted at ping endpoints; CIBA_OP_NONCE=1 asks DPoP proofs for a nonce;
// CIBA_OP_PLAIN_PING=1 calls ping endpoints, which the package wants registered with https, by http. Users whose hint begins with "nobody" are unknown; the user code is 1234.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer as createPlain } from 'node:http';
import { createServer as createTls, request as requestTls } from 'node:https';
import { createInterface } from 'node:readline';
import * as jose from 'jose';
import Provider, { errors } from 'oidc-provider';

console.info = console.warn = console.error; // standard output carries our lines only
const settings = { cert: process.env.CIBA_OP_CERT, key: process.env.CIBA_OP_KEY, ca: process.env.CIBA_OP_CA, nonce: process.env.CIBA_OP_NONCE === '1', plainPing: process.env.CIBA_OP_PLAIN_PING === '1' };
const resource = 'https://fhir.example/r4';
const scopes = 'patient/Patient.rs patient/Observation.rs';

// What the package keeps, without the limit and the eviction of its own memory.
const shelves = new Map();
class Shelf {
  constructor(kind) { this.kind = kind; this.items = shelves.get(kind) ?? new Map(); shelves.set(kind, this.items); }
  async upsert(id, payload) { this.items.set(id, payload); }
  async find(id) { return this.items.get(id); }
  async findByUid(uid) { return [...this.items.values()].find((one) => one.uid === uid); }
  async findByUserCode() { return undefined; }
  async consume(id) { const one = this.items.get(id); if (one) one.consumed = Math.floor(Date.now() / 1000); }
  async destroy(id) { this.items.delete(id); }
  async revokeByGrantId(grantId) { for (const [id, one] of this.items) if (one.grantId === grantId) this.items.delete(id); }
}

const keys = await Promise.all([['ES256', 'es'], ['PS256', 'ps'], ['Ed25519', 'ed']].map(async ([alg, kid]) => {
  const { privateKey } = await jose.generateKeyPair(alg, { extractable: true, modulusLength: 2048 });
  return { ...await jose.exportJWK(privateKey), kid, use: 'sig', ...(alg === 'PS256' ? {} : { alg }) };
}));

let serve = (_request, response) => { response.statusCode = 503; response.end(); };
const server = settings.cert
  ? createTls({ cert: readFileSync(settings.cert), key: readFileSync(settings.key) }, (request, response) => serve(request, response))
  : createPlain((request, response) => serve(request, response));
await new Promise((ok) => server.listen(0, '127.0.0.1', ok));
const issuer = `${settings.cert ? 'https://localhost' : 'http://127.0.0.1'}:${server.address().port}`;

const requests = [];
const pings = [];
const byThemselves = { as: 'wait', after: 0 };

// The package guards its own calls against loopback addresses; here everything is loopback.
async function call(url, options) {
  const target = new URL(url);
  const headers = Object.fromEntries(new Headers(options.headers));
  if (target.protocol === 'https:' && settings.plainPing) target.protocol = 'http:';
  const status = target.protocol === 'http:'
    ? (await fetch(target, { method: options.method, headers, body: options.body, redirect: 'manual' })).status
    : await new Promise((ok, no) => requestTls(target, { method: options.method, headers, ca: settings.ca && readFileSync(settings.ca) }, (answer) => { answer.resume(); ok(answer.statusCode); }).on('error', no).end(options.body));
  pings.push({ status, body: options.body });
  return new Response(null, { status });
}

async function decide({ request = requests.at(-1)?.id, as, error, acr }) {
  const seen = requests.find((one) => one.id === request);
  const stored = await provider.BackchannelAuthenticationRequest.find(request, { ignoreExpiration: true });
  if (!seen || !stored) throw new Error('no such request');
  seen.as = as;
  if (as === 'expire') {
    const payload = shelves.get('BackchannelAuthenticationRequest').get(request);
    payload.exp = Math.floor(Date.now() / 1000) - 30;
  } else if (as === 'deny') {
    await provider.backchannelResult(stored, error === 'transaction_failed' ? new errors.TransactionFailed('it broke') : new errors.AccessDenied('the person said no'));
  } else {
    const grant = new provider.Grant({ clientId: stored.clientId, accountId: stored.accountId });
    grant.addOIDCScope(stored.scope);
    if (stored.resource) grant.addResourceScope([stored.resource].flat()[0], stored.scope);
    await grant.save();
    await provider.backchannelResult(stored, grant, { acr: acr ?? seen.params.acr_values?.split(' ')[0], amr: ['hwk', 'user'], authTime: Math.floor(Date.now() / 1000) });
  }
}

const provider = new Provider(issuer, {
  adapter: Shelf,
  jwks: { keys },
  cookies: { keys: [randomBytes(16).toString('hex')] },
  fetch: call,
  ttl: { AccessToken: 300, ClientCredentials: 300, IdToken: 600, RefreshToken: 3600, Grant: 3600, BackchannelAuthenticationRequest: (ctx) => Math.min(600, Number(ctx?.oidc?.params?.requested_expiry ?? 120)) },
  clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt'],
  enabledJWA: { dPoPSigningAlgValues: ['ES256', 'PS256', 'Ed25519'] },
  clientDefaults: { grant_types: ['urn:openid:params:grant-type:ciba', 'refresh_token'], response_types: [], redirect_uris: [], id_token_signed_response_alg: 'ES256', backchannel_token_delivery_mode: 'poll' },
  scopes: ['openid', 'offline_access', 'profile', ...scopes.split(' ')],
  claims: { openid: ['sub'], profile: ['name'], acr: null, auth_time: null, amr: null },
  acrValues: ['urn:cibatest:auth:fido', 'urn:cibatest:auth:pin'],
  findAccount: async (_ctx, id) => (id.startsWith('nobody') ? undefined : { accountId: id, claims: async () => ({ sub: id, name: `Synthetic ${id}` }) }),
  issueRefreshToken: async (_ctx, client, source) => client.grantTypeAllowed('refresh_token') && source.scopes.has('offline_access'),
  features: {
    devInteractions: { enabled: false },
    introspection: { enabled: true, allowedPolicy: async () => true },
    revocation: { enabled: true },
    requestObjects: { enabled: true },
    userinfo: { enabled: true },
    dPoP: { enabled: true, nonceSecret: settings.nonce ? randomBytes(32) : undefined, requireNonce: () => settings.nonce },
    resourceIndicators: {
      enabled: true,
      defaultResource: async () => undefined,
      useGrantedResource: async () => true,
      getResourceServerInfo: async (_ctx, indicator) => {
        if (indicator !== resource) throw new errors.InvalidTarget('unknown resource');
        return { scope: scopes, audience: resource, accessTokenFormat: 'jwt', accessTokenTTL: 300, jwt: { sign: { alg: 'ES256' } } };
      },
    },
    ciba: {
      enabled: true,
      deliveryModes: ['poll', 'ping'],
      processLoginHint: async (_ctx, hint) => hint,
      processLoginHintToken: async (_ctx, token) => jose.decodeJwt(token).sub,
      validateRequestContext: async () => {}, // of a signed request the package keeps the object's text form only
      validateBindingMessage: async (_ctx, message) => { if (message === 'refused') throw new errors.InvalidBindingMessage('not this one'); },
      verifyUserCode: async (ctx, _account, code) => {
        if (!ctx.oidc.client.backchannelUserCodeParameter) return;
        if (code === undefined) throw new errors.MissingUserCode('user_code is required');
        if (code !== '1234') throw new errors.InvalidUserCode('user_code is wrong');
      },
      triggerAuthenticationDevice: async (ctx, request) => {
        requests.push({ id: request.jti, client: request.clientId, subject: request.accountId, params: request.params, signed: Boolean(ctx.oidc.params.request) || Boolean(ctx.oidc.trusted?.length) });
        const act = () => decide({ request: request.jti, as: byThemselves.as });
        if (byThemselves.as !== 'wait') { if (byThemselves.after > 0) setTimeout(() => act().catch((e) => console.error(e)), byThemselves.after); else await act(); }
      },
    },
  },
});
serve = provider.callback();

const commands = {
  client: async ({ metadata }) => { await new Shelf('Client').upsert(metadata.client_id, metadata); await provider.Client.find(metadata.client_id); return { client: metadata.client_id }; },
  decide: async (command) => { await decide(command); return { decided: command.as }; },
  mode: async ({ as, after = 0 }) => Object.assign(byThemselves, { as, after }),
  seen: async () => ({ requests, pings }),
  token: async ({ sub }) => ({ token: await new jose.SignJWT({ sub }).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32)) }),
};
console.log(JSON.stringify({ issuer }));
async function answer(line) {
  try {
    const command = JSON.parse(line);
    console.log(JSON.stringify({ ok: true, ...await commands[command.do](command) }));
  } catch (e) {
    console.log(JSON.stringify({ ok: false, error: e.error_description ?? e.message }));
  }
}
let turn = Promise.resolve(); // one answer a line, in the order of the lines
createInterface({ input: process.stdin }).on('line', (line) => { turn = turn.then(() => answer(line)); }).on('close', () => turn.then(() => process.exit(0)));
