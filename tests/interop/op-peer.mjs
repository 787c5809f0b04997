// An OpenID provider of others (npm oidc-provider) that the CIBA client is tested against: discovery, keys, backchannel, token, introspection, revocation.
//
//   node op-peer.mjs     the first line of standard input is a JSON array of client metadata by the standards' names
//
// Prints one JSON line {"issuer"} when it listens on a free loopback port, and ends when standard input ends. A login hint decides what the patient does:
// "approve…" agrees at once, "deny…" says no, "wait…" never answers, "nobody…" is unknown. Signed requests, user codes (1234) and resources are those of the package.
import { createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import * as jose from 'jose';
import Provider, { errors } from 'oidc-provider';

console.info = console.warn = console.error; // the package speaks on standard output; that carries our one line only
const parts = []; let first; const begun = new Promise((ok) => { first = ok; });
process.stdin.on('data', (chunk) => { parts.push(chunk); if (chunk.includes(10)) first(); }).on('end', () => process.exit(0));
await begun;
const clients = JSON.parse(Buffer.concat(parts).toString('utf8').split('\n')[0]);

const { privateKey } = await jose.generateKeyPair('ES256', { extractable: true });
let handle = (_request, response) => { response.statusCode = 503; response.end(); };
const server = createServer((request, response) => handle(request, response));
await new Promise((ok) => server.listen(0, '127.0.0.1', ok));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients,
  clientDefaults: { id_token_signed_response_alg: 'ES256', introspection_signed_response_alg: 'ES256' },
  jwks: { keys: [{ ...await jose.exportJWK(privateKey), use: 'sig', alg: 'ES256', kid: 'peer-1' }] },
  cookies: { keys: [randomBytes(16).toString('hex')] },
  clientAuthMethods: ['client_secret_basic', 'private_key_jwt'],
  scopes: ['openid', 'offline_access', 'patient/Patient.read'],
  claims: { openid: ['sub'], acr: null, auth_time: null, amr: null },
  acrValues: ['urn:cibatest:auth:fido'],
  findAccount: async (_ctx, id) => (id.startsWith('nobody') ? undefined : { accountId: id, claims: async () => ({ sub: id }) }),
  issueRefreshToken: async (_ctx, client, source) => client.grantTypeAllowed('refresh_token') && source.scopes.has('offline_access'),
  features: {
    devInteractions: { enabled: false },
    introspection: { enabled: true, allowedPolicy: async () => true },
    jwtIntrospection: { enabled: true },
    revocation: { enabled: true },
    requestObjects: { enabled: true },
    ciba: {
      enabled: true,
      deliveryModes: ['poll'],
      processLoginHint: async (_ctx, hint) => hint,
      processLoginHintToken: async (_ctx, token) => jose.decodeJwt(token).sub,
      validateRequestContext: async () => {},
      validateBindingMessage: async (_ctx, message) => { if (message?.length > 40) throw new errors.InvalidBindingMessage('too long'); },
      verifyUserCode: async (ctx, _account, code) => {
        if (!ctx.oidc.client.backchannelUserCodeParameter) return;
        if (code === undefined) throw new errors.MissingUserCode('user_code is required');
        if (code !== '1234') throw new errors.InvalidUserCode('user_code is wrong');
      },
      triggerAuthenticationDevice: async (_ctx, request, account) => {
        if (account.accountId.startsWith('deny')) { await provider.backchannelResult(request, new errors.AccessDenied('the patient refused')); }
        if (!account.accountId.startsWith('approve')) return;
        const grant = new provider.Grant({ clientId: request.clientId, accountId: account.accountId });
        grant.addOIDCScope(request.scope);
        await grant.save();
        await provider.backchannelResult(request, grant, { acr: request.params.acr_values?.split(' ')[0], amr: ['hwk'], authTime: Math.floor(Date.now() / 1000) });
      },
    },
  },
});
const serve = provider.callback();
handle = (request, response) => serve(request, response);
console.log(JSON.stringify({ issuer }));
