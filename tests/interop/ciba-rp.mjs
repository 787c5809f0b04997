// A CIBA client of others (npm openid-client) for the tests of the OP: one JSON object a line on standard input is one flow, one JSON object a line on standard output its result.
// It ends when its standard input does. The first line it says holds the public halves of its keys and the address at which it is pinged.
import { createServer } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { randomBytes, randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import * as jose from 'jose';
import * as oc from 'openid-client';

const grant = 'urn:openid:params:grant-type:ciba';
const keys = {};
for (const alg of ['ES256', 'PS256', 'Ed25519', 'RS256']) {
  const { privateKey, publicKey } = await jose.generateKeyPair(alg, { extractable: true, modulusLength: 2048 });
  keys[alg] = { privateKey, kid: `rp-${alg}`, jwk: { ...(await jose.exportJWK(publicKey)), alg, kid: `rp-${alg}`, use: 'sig' } };
}

// ---- the notification endpoint ------------------------------------------------------------------
const expected = new Map();
const notified = createServer(async (request, answer) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const waiting = expected.get(request.headers.authorization?.replace(/^Bearer /, ''));
  answer.writeHead(waiting ? 204 : 401).end();
  waiting?.(JSON.parse(Buffer.concat(parts)));
});
await new Promise((ready) => notified.listen(0, '127.0.0.1', ready));

// ---- TLS with a CA and a certificate of the flow's own ------------------------------------------
const over = (job) => (!job.ca ? undefined : (url, options = {}) => new Promise((done, fail) => {
  const body = options.body === undefined || options.body === null ? undefined : options.body.toString();
  const headers = Object.fromEntries(new Headers(options.headers));
  if (body !== undefined && !headers['content-type']) headers['content-type'] = 'application/x-www-form-urlencoded;charset=UTF-8';
  const request = httpsRequest(url, { method: options.method ?? 'GET', headers, ca: job.ca, cert: job.cert, key: job.certKey, agent: false }, (answer) => {
    const parts = [];
    answer.on('data', (part) => parts.push(part));
    answer.on('end', () => {
      const told = new Headers();
      for (const [name, value] of Object.entries(answer.headers)) told.set(name, [value].flat().join(', '));
      done(new Response([204, 304].includes(answer.statusCode) ? null : Buffer.concat(parts), { status: answer.statusCode, headers: told }));
    });
  });
  request.on('error', fail);
  request.end(body);
}));

const authentication = (job) => {
  const key = job.key && keys[job.key];
  const changed = job.assertionAudience ? { [oc.modifyAssertion]: (_, claims) => { claims.aud = job.assertionAudience; } } : undefined;
  switch (job.auth) {
    case 'client_secret_basic': return oc.ClientSecretBasic(job.secret);
    case 'client_secret_post': return oc.ClientSecretPost(job.secret);
    case 'client_secret_jwt': return oc.ClientSecretJwt(job.secret, changed);
    case 'private_key_jwt': return oc.PrivateKeyJwt({ key: key.privateKey, kid: key.kid }, changed);
    case 'tls_client_auth':
    case 'self_signed_tls_client_auth': return oc.TlsClientAuth();
    default: throw new Error(`no such method: ${job.auth}`);
  }
};

async function run(job) {
  const result = { ok: false };
  try {
    const fetcher = over(job);
    const metadata = { token_endpoint_auth_method: job.auth, ...(job.idTokenAlg ? { id_token_signed_response_alg: job.idTokenAlg } : {}) };
    const secure = job.issuer.startsWith('https:');
    const config = await oc.discovery(new URL(job.issuer), job.clientId, metadata, authentication(job), { ...(fetcher ? { [oc.customFetch]: fetcher } : {}), execute: secure ? [] : [oc.allowInsecureRequests] });
    let params = { scope: job.scope ?? 'openid', ...job.params };
    const token = randomBytes(24).toString('base64url');
    const ping = job.mode === 'ping' ? new Promise((done) => expected.set(token, done)) : undefined;
    if (ping) params.client_notification_token = token;
    if (job.signed) {
      const now = Math.floor(Date.now() / 1000);
      const key = keys[job.signed];
      const request = await new jose.SignJWT({ ...params, iss: job.clientId, aud: config.serverMetadata().issuer, iat: now, nbf: now, exp: now + 60, jti: randomUUID(), ...job.requestClaims })
        .setProtectedHeader({ alg: job.signed, kid: key.kid, typ: 'oauth-authz-req+jwt' }).sign(key.privateKey);
      params = { request };
    }

    const dpop = job.dpop ? oc.getDPoPHandle(config, await oc.randomDPoPKeyPair(job.dpop)) : undefined;
    const acknowledgement = await oc.initiateBackchannelAuthentication(config, params);
    result.acknowledgement = acknowledgement;
    if (job.decide) {
      const decided = await (fetcher ?? fetch)(`${job.issuer}/_lab/requests/${acknowledgement.auth_req_id}/${job.decide}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(job.decideBody ?? {}) });
      result.hook = decided.status;
    }

    let tokens;
    if (ping) {
      result.notification = await ping;
      tokens = await oc.genericGrantRequest(config, grant, { auth_req_id: result.notification.auth_req_id }, { DPoP: dpop });
    } else {
      tokens = await oc.pollBackchannelAuthenticationGrant(config, { ...acknowledgement, interval: job.interval ?? 0.05 }, undefined, { DPoP: dpop });
    }

    result.tokens = { ...tokens };
    result.claims = tokens.claims?.();
    result.idTokenAlg = jose.decodeProtectedHeader(tokens.id_token).alg;
    result.access = jose.decodeJwt(tokens.access_token);
    if (job.userinfo) result.userinfo = await oc.fetchUserInfo(config, tokens.access_token, result.claims.sub, { DPoP: dpop });
    if (job.refresh) {
      const again = await oc.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP: dpop });
      result.refreshed = { token_type: again.token_type, scope: again.scope, access: jose.decodeJwt(again.access_token) };
    }

    result.ok = true;
  } catch (e) {
    result.error = e.error ?? e.cause?.error ?? e.cause?.[0]?.parameters?.error ?? e.code ?? e.message;
    result.status = e.status;
    result.message = e.message;
    result.cause = e.cause?.message;
  }
  return result;
}

console.log(JSON.stringify({ ready: true, keys: Object.fromEntries(Object.entries(keys).map(([alg, key]) => [alg, key.jwk])), notification_endpoint: `http://127.0.0.1:${notified.address().port}/cb` }));
for await (const line of createInterface({ input: process.stdin })) {
  const job = JSON.parse(line);
  const timeout = new Promise((done) => setTimeout(() => done({ ok: false, error: 'the flow did not end' }), 30_000).unref());
  console.log(JSON.stringify(await Promise.race([run(job), timeout])));
}
process.exit(0);
