// The OP of others (npm oidc-provider) that the load of load.mjs is compared with: in memory, ES256, nothing logged, with as much of the hook /_lab as the load needs.
//
//   node load-peer.mjs     prints one JSON line {"issuer","pid"} when it listens on a free loopback port; ends on SIGTERM
import { createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import * as jose from 'jose';
import Provider from 'oidc-provider';

console.info = console.warn = () => {}; // the package speaks on standard output; that carries our one line only
const tables = new Map();
class Memory {
  constructor(name) { if (!tables.has(name)) tables.set(name, new Map()); this.table = tables.get(name); }
  async find(id) { return this.table.get(id); }
  async findByUid() { return undefined; }
  async findByUserCode() { return undefined; }
  async upsert(id, payload, seconds) {
    this.table.set(id, payload);
    if (seconds) setTimeout(() => this.table.delete(id), (seconds + 60) * 1000).unref();
  }
  async consume(id) { const found = this.table.get(id); if (found) found.consumed = Math.floor(Date.now() / 1000); }
  async destroy(id) { this.table.delete(id); }
  async revokeByGrantId(grant) { for (const [id, payload] of this.table) if (payload.grantId === grant) this.table.delete(id); }
}
const clients = new Map();
class Clients extends Memory { async find(id) { return clients.get(id); } }

const { privateKey } = await jose.generateKeyPair('ES256', { extractable: true });
let handle;
const server = createServer((request, response) => handle(request, response));
server.keepAliveTimeout = 120_000; // else a connection that waits for its turn is closed under the script
await new Promise((ok) => server.listen(0, '127.0.0.1', ok));
const issuer = `http://127.0.0.1:${server.address().port}`;
const waiting = new Map();
const provider = new Provider(issuer, {
  adapter: (name) => (name === 'Client' ? new Clients(name) : new Memory(name)),
  jwks: { keys: [{ ...await jose.exportJWK(privateKey), use: 'sig', alg: 'ES256', kid: 'peer-1' }] },
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  cookies: { keys: [randomBytes(16).toString('hex')] },
  clientAuthMethods: ['private_key_jwt'],
  scopes: ['openid', 'offline_access', 'patient/Patient.rs', 'patient/Observation.rs'],
  acrValues: ['urn:medid:ial3:aal3'],
  claims: { openid: ['sub'], acr: null, auth_time: null, amr: null },
  findAccount: async (_ctx, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  ttl: { BackchannelAuthenticationRequest: () => 300, AccessToken: 300, IdToken: 300, Grant: 600 },
  features: {
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      useGrantedResource: () => true,
      getResourceServerInfo: (_ctx, id) => ({ scope: 'patient/Patient.rs patient/Observation.rs', audience: id, accessTokenTTL: 300, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } }),
    },
    ciba: {
      enabled: true,
      deliveryModes: ['poll'],
      processLoginHint: async (_ctx, hint) => hint,
      processLoginHintToken: async () => undefined,
      validateRequestContext: async () => {},
      validateBindingMessage: async () => {},
      verifyUserCode: async () => {},
      triggerAuthenticationDevice: async (_ctx, request) => { waiting.set(request.jti, request); },
    },
  },
});

const answer = (response, status, body) => { response.writeHead(status, { 'content-type': 'application/json' }); response.end(JSON.stringify(body)); };
async function hook(request, response) {
  const chunks = []; for await (const chunk of request) chunks.push(chunk);
  const body = chunks.length ? JSON.parse(Buffer.concat(chunks)) : {};
  const [, , what, id, verb] = request.url.split('/');
  if (what === 'clients') { clients.set(body.client_id, body); return answer(response, 201, {}); }
  const asked = waiting.get(decodeURIComponent(id ?? ''));
  if (what !== 'requests' || verb !== 'approve' || !asked) return answer(response, 404, {});
  waiting.delete(asked.jti);
  const grant = new provider.Grant({ clientId: asked.clientId, accountId: asked.accountId });
  grant.addOIDCScope('openid');
  grant.addResourceScope(asked.params.resource, asked.scope);
  await grant.save();
  await provider.backchannelResult(asked, grant, { acr: 'urn:medid:ial3:aal3', amr: ['hwk', 'user'], authTime: Math.floor(Date.now() / 1000) });
  return answer(response, 200, {});
}

const serve = provider.callback();
handle = (request, response) => (request.url.startsWith('/_lab/') ? hook(request, response) : serve(request, response));
process.on('SIGTERM', () => process.exit(0));
console.log(JSON.stringify({ issuer, pid: process.pid }));
