// A double of Firebase Cloud Messaging, HTTP v1, and of the token endpoint of service accounts. It judges assertions by jose and messages by a schema of its own, written from the public
// reference (REST resource projects.messages, ErrorCode, "Using OAuth 2.0 for Server to Server Applications"). It is not the service: what it accepts the service may refuse.
//
//   node fcm.mjs     the first line of standard input is {"project", "clientEmail", "keys": {kid: public JWK}}
//
// Prints one JSON line {"origin"} when it listens on a free loopback port, and ends when standard input ends. The registration token names the fault: unregistered, invalid-token,
// invalid-field, no-details, sender-mismatch, quota, quota-seconds, quota-date, unavailable-seconds, unavailable-date, unavailable, internal, bad-gateway, third-party, forbidden,
// no-project, redirect, not-json, slow; everything else is sent. POST /_double/revoke forgets all access tokens, POST /_double/token {"fault", "expiresIn"} changes the token endpoint
// (faults: refused, unavailable, not-json, no-type, html), GET /_double/seen says what came: assertions, messages, what was wrong in them, and other complaints.
import { createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import Ajv from 'ajv';
import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose';

const parts = []; let first; const begun = new Promise((ok) => { first = ok; });
process.stdin.on('data', (chunk) => { parts.push(chunk); if (chunk.includes(10)) first(); }).on('end', () => process.exit(0));
await begun;
const { project, clientEmail, keys } = JSON.parse(Buffer.concat(parts).toString('utf8').split('\n')[0]);

const strings = (properties, required = []) => ({ type: 'object', additionalProperties: false, required, properties });
const text = { type: 'string' };
const schema = strings({
  validate_only: { type: 'boolean' },
  message: {
    ...strings({
      token: { ...text, minLength: 1 },
      data: { type: 'object', minProperties: 1, propertyNames: { pattern: '^(?!from$|message_type$|google|gcm)' }, additionalProperties: text },
      android: strings({ priority: { enum: ['HIGH', 'NORMAL', 'high', 'normal'] }, ttl: { type: 'string', pattern: '^[0-9]+(\\.[0-9]{1,9})?s$' }, collapse_key: text, restricted_package_name: text, direct_boot_ok: { type: 'boolean' } }),
      apns: strings({ headers: { type: 'object', additionalProperties: text }, payload: { type: 'object' } }),
    }, ['token']),
  },
}, ['message']);
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

const live = new Set();
const seen = { assertions: [], sends: [], wrong: [], complaints: [] };
let tokenFault = null, expiresIn = 3599;

const answer = (res, status, body, headers = {}) => {
  res.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers });
  res.end(typeof body === 'string' ? body : JSON.stringify(body));
};
const fault = (res, code, status, details, headers) => answer(res, code, { error: { code, message: 'words of the service', status, details } }, headers);
const fcm = (errorCode) => ({ '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode });
const violation = (field) => ({ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ field, description: 'words of the service' }] });
const httpDate = (seconds) => new Date(Date.now() + seconds * 1000).toUTCString();

const faults = {
  unregistered: (res) => fault(res, 404, 'NOT_FOUND', [fcm('UNREGISTERED')]),
  'invalid-token': (res) => fault(res, 400, 'INVALID_ARGUMENT', [fcm('INVALID_ARGUMENT'), violation('message.token')]),
  'invalid-token-short': (res) => fault(res, 400, 'INVALID_ARGUMENT', [fcm('INVALID_ARGUMENT')]),
  'invalid-field': (res) => fault(res, 400, 'INVALID_ARGUMENT', [violation('message.data[0].value'), fcm('INVALID_ARGUMENT')]),
  'no-details': (res) => fault(res, 400, 'INVALID_ARGUMENT'),
  'sender-mismatch': (res) => fault(res, 403, 'PERMISSION_DENIED', [fcm('SENDER_ID_MISMATCH')]),
  quota: (res) => fault(res, 429, 'RESOURCE_EXHAUSTED', [fcm('QUOTA_EXCEEDED')]),
  'quota-seconds': (res) => fault(res, 429, 'RESOURCE_EXHAUSTED', [fcm('QUOTA_EXCEEDED')], { 'retry-after': '90' }),
  'quota-date': (res) => fault(res, 429, 'RESOURCE_EXHAUSTED', [fcm('QUOTA_EXCEEDED')], { 'retry-after': httpDate(90) }),
  'quota-week': (res) => fault(res, 429, 'RESOURCE_EXHAUSTED', [fcm('QUOTA_EXCEEDED')], { 'retry-after': '604800' }),
  unavailable: (res) => fault(res, 503, 'UNAVAILABLE', [fcm('UNAVAILABLE')]),
  'unavailable-seconds': (res) => fault(res, 503, 'UNAVAILABLE', [fcm('UNAVAILABLE')], { 'retry-after': '30' }),
  'unavailable-date': (res) => fault(res, 503, 'UNAVAILABLE', [fcm('UNAVAILABLE')], { 'retry-after': httpDate(30) }),
  internal: (res) => fault(res, 500, 'INTERNAL', [fcm('INTERNAL')]),
  'bad-gateway': (res) => answer(res, 502, '<!DOCTYPE html><title>Error 502 (Server Error)!!1</title>', { 'content-type': 'text/html' }),
  'third-party': (res) => fault(res, 401, 'UNAUTHENTICATED', [fcm('THIRD_PARTY_AUTH_ERROR')]),
  unauthenticated: (res) => fault(res, 401, 'UNAUTHENTICATED'),
  forbidden: (res) => fault(res, 403, 'PERMISSION_DENIED'),
  'no-project': (res) => fault(res, 404, 'NOT_FOUND'),
  redirect: (res) => answer(res, 302, {}, { location: 'http://127.0.0.1:1/elsewhere' }),
  'not-json': (res) => answer(res, 400, '{"error":'),
  slow: () => {},
};

const judgeAssertion = async (form, tokenUri) => {
  const assertion = form.get('assertion') ?? '';
  if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer' || [...form.keys()].length !== 2) throw new Error('the form');
  const header = decodeProtectedHeader(assertion);
  if (header.alg !== 'RS256' || header.typ !== 'JWT' || !keys[header.kid]) throw new Error('the header');
  const { payload } = await jwtVerify(assertion, await importJWK(keys[header.kid], 'RS256'), { algorithms: ['RS256'], issuer: clientEmail, audience: tokenUri, typ: 'JWT', maxTokenAge: '1h', requiredClaims: ['iat', 'exp', 'scope'] });
  if (payload.exp - payload.iat > 3600 || payload.scope !== 'https://www.googleapis.com/auth/firebase.messaging' || 'sub' in payload) throw new Error('the claims');
  return { header, payload };
};

const judgeMessage = (body) => {
  const complaints = validate(body) ? [] : validate.errors.map((e) => `${e.instancePath} ${e.message}`);
  const ttl = Number.parseFloat(body.message?.android?.ttl ?? '0');
  if (ttl < 0 || ttl > 2419200) complaints.push('ttl out of range');
  if (JSON.stringify(body.message?.data ?? {}).length > 4096) complaints.push('data too big');
  const headers = body.message?.apns?.headers ?? {}, aps = body.message?.apns?.payload?.aps ?? {};
  if (headers['apns-push-type'] === 'background' && (headers['apns-priority'] !== '5' || aps['content-available'] !== 1 || 'alert' in aps)) complaints.push('a background push has priority 5, content-available and no alert');
  if (headers['apns-push-type'] === 'alert' && !('alert' in aps)) complaints.push('an alert push has an alert');
  if (!/^[0-9]+$/.test(headers['apns-expiration'] ?? '')) complaints.push('apns-expiration is seconds since the epoch');
  return complaints;
};

const server = createServer((req, res) => {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk)).on('end', async () => {
    const body = Buffer.concat(chunks).toString('utf8');
    try {
      if (req.url === '/_double/seen') return answer(res, 200, seen);
      if (req.url === '/_double/revoke') { live.clear(); return answer(res, 200, {}); }
      if (req.url === '/_double/token') { ({ fault: tokenFault = null, expiresIn = 3599 } = JSON.parse(body)); return answer(res, 200, {}); }
      if (req.url === '/token' && req.method === 'POST') {
        if (!/^application\/x-www-form-urlencoded/.test(req.headers['content-type'] ?? '')) throw new Error('the media type');
        const { header, payload } = await judgeAssertion(new URLSearchParams(body), `${origin}/token`);
        seen.assertions.push({ kid: header.kid, life: payload.exp - payload.iat });
        if (tokenFault === 'refused') return answer(res, 400, { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' });
        if (tokenFault === 'unavailable') return answer(res, 503, {});
        if (tokenFault === 'not-json') return answer(res, 200, '{');
        if (tokenFault === 'no-type') return answer(res, 200, { access_token: 'ya29.x', expires_in: 3599 });
        if (tokenFault === 'html') return answer(res, 200, '<html>', { 'content-type': 'text/html' });
        const token = 'ya29.' + randomBytes(24).toString('base64url');
        live.add(token);
        return answer(res, 200, { access_token: token, expires_in: expiresIn, token_type: 'Bearer' });
      }
      if (req.url === `/v1/projects/${project}/messages:send` && req.method === 'POST') {
        if (!/^application\/json/.test(req.headers['content-type'] ?? '')) throw new Error('the media type');
        if (!live.has((req.headers.authorization ?? '').replace(/^Bearer /, ''))) return fault(res, 401, 'UNAUTHENTICATED');
        const message = JSON.parse(body), complaints = judgeMessage(message);
        seen.sends.push(message);
        if (complaints.length) { seen.wrong.push(...complaints); return fault(res, 400, 'INVALID_ARGUMENT', [violation('message')]); }
        const named = faults[message.message.token];
        return named ? named(res) : answer(res, 200, { name: `projects/${project}/messages/${randomBytes(8).toString('hex')}` });
      }
      seen.complaints.push(`${req.method} ${req.url}`);
      return answer(res, 404, {});
    } catch (e) {
      seen.complaints.push(String(e.message ?? e));
      return answer(res, 400, { error: 'invalid_grant', error_description: 'refused by the double' });
    }
  });
});
await new Promise((ok) => server.listen(0, '127.0.0.1', ok));
const origin = `http://127.0.0.1:${server.address().port}`;
console.log(JSON.stringify({ origin }));
