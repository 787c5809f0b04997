// Whole CIBA flows (request, approval by the hook, token), as many as a server takes, and what each costs the server's processor. The same script for every server that has the hook /_lab.
//
//   node load.mjs NAME=ISSUER,PID [NAME=ISSUER,PID …]      one after the other, in turns, so that a noisy machine is noisy for all
//   node load.mjs --pending 100000 NAME=ISSUER,PID         that many requests that nobody decides: the server's memory and the time of a poll, by powers of ten
//
//   node load.mjs --phone-metadata > phone.json            the model of the phone of LOAD_PHONE, for --metadata of the OP
//
//   LOAD_PHONE ours: for the server of this name the approval comes from a phone in this process over HTTP, as phones do, and not from the hook (PatientAuthOp --lab --proofing-desk --metadata phone.json)
//   LOAD_UNTIL request, approval or token (default): how far each flow goes, so that the parts can be told apart
//   LOAD_SECONDS 6 a turn; LOAD_TURNS 3; LOAD_WARM 5000 flows before, because both runtimes compile what is used often; LOAD_CONNECTIONS 16; LOAD_USERS 200
// Prints one JSON line a server; the processor time of a flow is the median of the turns. Clients authenticate by private_key_jwt, ES256; access token and ID token are ES256 JWTs.
import { Agent, request as send } from 'node:http';
import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { approve, enrol, statement } from './lib/load-phone.mjs';

const number = (name, otherwise) => Number(process.env[name] ?? otherwise);
const seconds = number('LOAD_SECONDS', 6), turns = number('LOAD_TURNS', 3), warm = number('LOAD_WARM', 5000), connections = number('LOAD_CONNECTIONS', 16), users = number('LOAD_USERS', 200);
const phone = process.env.LOAD_PHONE ?? '';
const until_ = process.env.LOAD_UNTIL ?? 'token';
const arguments_ = process.argv.slice(2);
if (arguments_[0] === '--phone-metadata') { console.log(JSON.stringify([statement])); process.exit(0); }
const pending = arguments_[0] === '--pending' ? Number(arguments_.splice(0, 2)[1]) : 0;
const servers = arguments_.map((text) => { const [name, rest] = text.split(/=(.*)/s); const [issuer, pid] = rest.split(','); return { name, issuer, pid: Number(pid), done: 0, time: 0, turns: [], waits: [] }; });

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }));
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const resource = 'https://fhir.example/r4', client = 'load-client';

const b64 = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const header = b64({ alg: 'ES256', kid: 'load-1' });
function assertion(issuer) {
  const now = Math.floor(Date.now() / 1000);
  const input = `${header}.${b64({ iss: client, sub: client, aud: issuer, iat: now, exp: now + 60, jti: randomBytes(16).toString('base64url') })}`;
  return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

function post(url, body, type, method = 'POST', token = undefined) {
  return new Promise((ok, bad) => {
    const headers = { ...(body === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) }), ...(token ? { authorization: `Bearer ${token}` } : {}) };
    const call = send(url, { method, agent, headers }, (response) => {
      const parts = []; response.on('data', (part) => parts.push(part)).on('end', () => {
        const text = Buffer.concat(parts).toString();
        ok({ status: response.statusCode, json: text ? JSON.parse(text) : {} });
      });
    });
    call.on('error', bad).end(body);
  });
}
const form = (url, issuer, fields) => post(url, new URLSearchParams({
  ...fields, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: assertion(issuer),
}).toString(), 'application/x-www-form-urlencoded');
const phoneOf = (server) => async (method, path, body, token) => {
  const answer = await post(server.issuer + path, body && JSON.stringify(body), path.startsWith('/uaf/') ? 'application/fido+uaf' : 'application/json', method, token);
  if (answer.status >= 300) throw new Error(`phone: ${method} ${path}: ${answer.status} ${JSON.stringify(answer.json)}`);
  return answer.json;
};
const hook = (server, path, body = {}) => post(`${server.issuer}/_lab/${path}`, JSON.stringify(body), 'application/json');
function must(answer, status, what) { if (answer.status !== status) throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.json)}`); return answer.json; }

// User and system time of all threads, in seconds (proc(5): ticks of 1/100 s).
const cpu = (pid) => { const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' '); return (Number(fields[11]) + Number(fields[12])) / 100; };
const memory = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

const open = (server, user) => form(server.backchannel, server.issuer, { scope: 'openid patient/Patient.rs', resource, login_hint: `load-${user}`,
  acr_values: server.name === phone ? 'urn:medid:ial2:aal2' : 'urn:medid:ial3:aal3', // the phone's model does not attest its hardware
  binding_message: 'Load-1' });
const poll = (server, id) => form(server.token, server.issuer, { grant_type: 'urn:openid:params:grant-type:ciba', auth_req_id: id });

async function prepare(server) {
  const metadata = await (await fetch(`${server.issuer}/.well-known/openid-configuration`)).json();
  Object.assign(server, { backchannel: metadata.backchannel_authentication_endpoint, token: metadata.token_endpoint });
  must(await hook(server, 'clients', {
    client_id: client, token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'ES256', id_token_signed_response_alg: 'ES256',
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'load-1', use: 'sig', alg: 'ES256' }] },
    grant_types: ['urn:openid:params:grant-type:ciba', 'refresh_token'], response_types: [], redirect_uris: [], backchannel_token_delivery_mode: 'poll', scope: 'openid patient/Patient.rs',
  }), 201, 'client');
  for (let user = 0; server.name === phone && user < users; user++) await enrol(phoneOf(server), `load-${user}`);
}

async function flow(server, user) {
  const begun = performance.now();
  const { auth_req_id: id } = must(await open(server, user), 200, 'request');
  if (until_ === 'request') return server.waits.push(performance.now() - begun);
  if (server.name === phone) {
    // The phone hears the request's id by a push; the hook says it instead.
    const { request } = await phoneOf(server)('GET', `/_lab/requests/${encodeURIComponent(id)}`);
    await approve(phoneOf(server), `load-${user}`, request);
  } else {
    must(await hook(server, `requests/${encodeURIComponent(id)}/approve`), 200, 'approval');
  }
  if (until_ === 'approval') return server.waits.push(performance.now() - begun);
  const tokens = must(await poll(server, id), 200, 'token');
  if (!tokens.id_token || tokens.access_token.split('.').length !== 3) throw new Error('not the tokens that were asked for');
  return server.waits.push(performance.now() - begun);
}

async function turn(server, length, counted) {
  const until = counted ? performance.now() + length * 1000 : Infinity, before = cpu(server.pid), begun = performance.now();
  let next = 0, done = 0;
  if (!counted) server.waits = [];
  await Promise.all(Array.from({ length: connections }, async () => { while (performance.now() < until && (counted || next < length)) { await flow(server, next++ % users); done++; } }));
  if (!counted) { server.waits = []; return; }
  server.done += done; server.turns.push((cpu(server.pid) - before) * 1000 / done); server.time += (performance.now() - begun) / 1000;
}

const middle = (server) => [...server.turns].sort((a, b) => a - b);
const at = (sorted, share) => Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(2));
for (const server of servers) await prepare(server);
if (pending) {
  for (const server of servers) {
    const before = memory(server.pid); let next = 0; const ids = [], marks = [];
    for (let goal = 1000; goal <= pending; goal *= 10) {
      await Promise.all(Array.from({ length: connections }, async () => { while (next < goal) { const user = next++; ids.push(must(await open(server, Math.floor(user / 50)), 200, 'request').auth_req_id); } }));
      const waits = [];
      for (let i = 0; i < 300; i++) { const begun = performance.now(); await poll(server, ids[Math.floor(Math.random() * ids.length)]); waits.push(performance.now() - begun); }
      waits.sort((a, b) => a - b);
      marks.push({ pending: goal, rss_mib: Math.round(memory(server.pid)), poll_p50_ms: at(waits, 0.5), poll_p99_ms: at(waits, 0.99) });
    }
    console.log(JSON.stringify({ server: server.name, rss_before_mib: Math.round(before), kib_a_request: Number(((memory(server.pid) - before) * 1024 / ids.length).toFixed(2)), marks }));
  }
} else {
  for (const server of servers) await turn(server, warm, false);
  for (let i = 0; i < turns; i++) for (const server of servers) await turn(server, seconds, true);
  for (const server of servers) {
    server.waits.sort((a, b) => a - b);
    console.log(JSON.stringify({ server: server.name, until: until_, flows: server.done, flows_a_second: Math.round(server.done / server.time), cpu_ms_a_flow: at(middle(server), 0.5), cpu_ms_of_turns: middle(server).map((one) => Number(one.toFixed(2))), p50_ms: at(server.waits, 0.5), p99_ms: at(server.waits, 0.99), rss_mib: Math.round(memory(server.pid)) }));
  }
}
process.exit(0);
