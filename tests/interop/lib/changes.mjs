// One change per leg, and where the run must end: the step and the code of the party that noticed.
import { form, json } from './proxy.mjs';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Flips one bit of what a base64url text encodes, `back` letters from its end (the last letter may hold bits that do not count). */
const flip = (text, back = 6) => { const i = text.length - back; return text.slice(0, i) + LETTERS[LETTERS.indexOf(text[i]) ^ 1] + text.slice(i + 1); };
const inForm = (name, change) => (side) => { const f = new URLSearchParams(side.body.toString('utf8')); f.set(name, change(f.get(name))); side.body = Buffer.from(f.toString()); };
const inJson = (change) => (side) => { const value = JSON.parse(side.body.toString('utf8')); change(value); side.body = Buffer.from(JSON.stringify(value)); };
const inUaf = (side) => { const sent = JSON.parse(side.body.toString('utf8')); const m = JSON.parse(sent.uafResponse); m[0].assertions[0].assertion = flip(m[0].assertions[0].assertion, 12); sent.uafResponse = JSON.stringify(m); side.body = Buffer.from(JSON.stringify(sent)); };
const op = (x) => json(x.request).op; const act = (x) => JSON.parse(json(x.request).context ?? '{}').act;
const answers = (which) => (x) => { const m = JSON.parse(json(x.request).uafResponse)[0]; const mode = JSON.parse(Buffer.from(m.fcParams, 'base64url')); return which(m, mode, x); };
const challengeBit = inJson((o) => { const r = JSON.parse(o.uafRequest); for (const m of r) m.challenge = flip(m.challenge, 10); o.uafRequest = JSON.stringify(r); });
const P = 'patient-op'; const D = 'doctor-op'; const A = 'health-record-api';
const token = (x) => form(x).grant_type === 'urn:openid:params:grant-type:ciba';

export const CHANGES = [
  { leg: 'enrol: UAF request to the phone', role: P, method: 'POST', path: /\/uaf\/request$/, when: (x) => op(x) === 'Reg', response: challengeBit, step: 0, code: 'phone.challenge_not_recognised' },
  { leg: 'enrol: assertion to the OP', role: P, method: 'POST', path: /\/uaf\/response$/, when: answers((m) => m.header.op === 'Reg'), request: inUaf, step: 0, code: 'uaf.attestation_untrusted' },
  { leg: 'doctor: client assertion to the doctor OP', role: D, method: 'POST', path: /\/token$/, request: inForm('client_assertion', flip), step: 1, code: 'oauth_server.client_authentication_failed' },
  { leg: 'doctor: evidence to the EHR', role: D, method: 'POST', path: /\/token$/, response: inJson((o) => { o.access_token = flip(o.access_token); }), step: 1, code: 'jose.signature_invalid' },
  { leg: 'request: client assertion to the OP', role: P, method: 'POST', path: /\/bc-authorize$/, request: inForm('client_assertion', flip), step: 2, code: 'oauth_server.client_authentication_failed' },
  { leg: 'request: signed request to the OP', role: P, method: 'POST', path: /\/bc-authorize$/, request: inForm('request', flip), step: 2, code: 'jose.signature_invalid' },
  { leg: 'request: acknowledgement to the EHR', role: P, method: 'POST', path: /\/bc-authorize$/, response: inJson((o) => { o.auth_req_id = flip(o.auth_req_id); }), step: 5, code: 'ciba.auth_req_id_unknown' },
  { leg: 'push: opaque id to the phone', role: 'phone', method: 'POST', path: /./, request: inJson((o) => { o.id = flip(o.id); }), step: 4, code: 'provider.request_not_pending' },
  { leg: 'open: UAF request to the phone', role: P, method: 'POST', path: /\/uaf\/request$/, when: (x) => op(x) === 'Auth' && act(x) === 'open', response: challengeBit, step: 4, code: 'phone.challenge_not_recognised' },
  { leg: 'open: assertion to the OP', role: P, method: 'POST', path: /\/uaf\/response$/, when: answers((m) => m.header.op === 'Auth'), request: inUaf, step: 4, code: 'uaf.signature_invalid' },
  { leg: 'notice to the phone', role: P, method: 'GET', path: /\/device\/requests\//, response: inJson((o) => { o.notice.recipient.name += '\u200b'; }), step: 4, code: 'phone.notice_not_recognised' },
  { leg: 'choice to the OP', role: P, method: 'POST', path: /\/choice$/, request: inJson((o) => { o.granted[0] = o.granted[0].replace('read', 'reae'); }), step: 4, code: 'provider.choice_refused' },
  { leg: 'last act: transaction to the phone', role: P, method: 'POST', path: /\/choice$/, response: inJson((o) => { const r = JSON.parse(o.uafRequest); for (const m of r) m.transaction[0].content = flip(m.transaction[0].content, 10); o.uafRequest = JSON.stringify(r); }), step: 4, code: 'phone.transaction_not_recognised' },
  { leg: 'last act: assertion to the OP', role: P, method: 'POST', path: /\/uaf\/response$/, when: (x, all) => all.some((y) => /\/choice$/.test(y.path)), request: inUaf, step: 4, code: 'uaf.signature_invalid' },
  { leg: 'tokens: client assertion to the OP', role: P, method: 'POST', path: /\/token$/, when: token, request: inForm('client_assertion', flip), step: 5, code: 'oauth_server.client_authentication_failed' },
  { leg: 'tokens: ID token to the EHR', role: P, method: 'POST', path: /\/token$/, when: token, response: (side) => { const o = JSON.parse(side.body); if (o.id_token) { o.id_token = flip(o.id_token); side.body = Buffer.from(JSON.stringify(o)); return true; } return false; }, step: 5, code: 'jose.signature_invalid' },
  { leg: 'tokens: access token to the EHR', role: P, method: 'POST', path: /\/token$/, when: token, response: (side) => { const o = JSON.parse(side.body); if (o.access_token) { o.access_token = flip(o.access_token); side.body = Buffer.from(JSON.stringify(o)); return true; } return false; }, step: 5, code: 'ciba_client.access_token_hash_mismatch' },
  { leg: 'read: access token to the API', role: A, method: 'GET', path: /\/fhir\/(?!metadata)/, request: (side) => { side.headers.authorization = flip(side.headers.authorization); }, step: 8, code: 'resource_server.token_inactive' },
  { leg: 'introspection: credentials to the OP', role: P, method: 'POST', path: /\/introspect$/, request: (side) => { side.headers.authorization = side.headers.authorization.replace(/^Basic (.{30})(.)/, (_, a, b) => `Basic ${a}${LETTERS[LETTERS.indexOf(b) ^ 1]}`); }, step: 8, code: 'oauth_server.client_authentication_failed' },
  { leg: 'introspection: answer to the API', role: P, method: 'POST', path: /\/introspect$/, response: (side) => { side.body = Buffer.from(flip(side.body.toString('ascii'))); }, step: 8, code: 'resource_server.introspection_unavailable' },
  { leg: 'record to the EHR', role: A, method: 'GET', path: /\/fhir\/Patient\//, response: inJson((o) => { o.id = o.id.slice(0, -1) + String.fromCharCode(o.id.charCodeAt(o.id.length - 1) ^ 1); }), step: 6, code: 'ehr.foreign_record' },
];
