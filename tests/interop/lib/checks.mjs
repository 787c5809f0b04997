// Re-verifies a recorded run from the wire alone, with jose and node:crypto.
import * as jose from 'jose';
import { createHash } from 'node:crypto';
import { form, json } from './proxy.mjs';
import { jcs } from './jcs.mjs';
import { authentication, b64u, message, registration, sha256 } from './uaf.mjs';

const CIBA = 'urn:openid:params:grant-type:ciba';
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

export async function verifyRun({ exchanges, clients, publicUrls }) {
  const results = [];
  const check = async (name, f) => { try { await f(); results.push({ name, ok: true }); } catch (e) { results.push({ name, ok: false, why: e.message }); } };
  const must = (holds, why) => { if (!holds) throw new Error(why); };
  const all = (role, method, path) => exchanges.filter((x) => x.role === role && x.method === method && path.test(x.path.split('?')[0]));
  const only = (role, method, path) => { const f = all(role, method, path); must(f.length >= 1, `${method} ${path} at ${role} was not seen`); return f.at(-1); };
  const keysOf = (role) => jose.createLocalJWKSet(json(only(role, 'GET', /\/jwks$/).response));
  const at = (x) => new Date(x.at);
  const ehr = clients.find((c) => c.jwks); const ehrKeys = jose.createLocalJWKSet(ehr.jwks);
  const op = publicUrls['patient-op']; const doctorOp = publicUrls['doctor-op']; const resource = `${publicUrls['health-record-api']}/fhir`;
  const seenJti = new Set();
  const onceOnly = (jti, what) => { must(typeof jti === 'string' && Buffer.from(jti, 'base64url').length >= 16, `${what}: jti has fewer than 128 bits`); must(!seenJti.has(jti), `${what}: jti came twice`); seenJti.add(jti); };

  const assertion = async (x, issuer) => {
    const f = form(x); must(f.client_assertion_type === 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', 'client_assertion_type');
    const { payload, protectedHeader } = await jose.jwtVerify(f.client_assertion, ehrKeys, { issuer: ehr.client_id, subject: ehr.client_id, currentDate: at(x), algorithms: ['ES256', 'PS256'] });
    must(payload.aud === issuer, 'aud is the issuer as a single string'); must(payload.exp - payload.iat <= 120, 'lives longer than two minutes'); must(protectedHeader.kid, 'no kid');
    onceOnly(payload.jti, 'client assertion');
  };

  await check('every client assertion at the doctor OP', async () => { for (const x of all('doctor-op', 'POST', /\/token$/)) await assertion(x, doctorOp); });
  await check('every client assertion at the patient OP', async () => {
    const posts = [...all('patient-op', 'POST', /\/bc-authorize$/), ...all('patient-op', 'POST', /\/token$/)];
    must(posts.length >= 2, 'fewer than two authenticated requests'); for (const x of posts) await assertion(x, op);
  });

  let evidence; let claims; let notice; let digestOfAct; let tokens; let at1; let patient;
  await check('the doctor evidence: signature, typ, single addressee, five minutes, names of IUA', async () => {
    const x = only('doctor-op', 'POST', /\/token$/); must(form(x).grant_type === EXCHANGE, 'not a token exchange');
    evidence = json(x.response).access_token;
    const { payload, protectedHeader } = await jose.jwtVerify(evidence, keysOf('doctor-op'), { issuer: doctorOp, audience: op, currentDate: at(x), typ: 'practitioner-evidence+jwt' });
    must(payload.aud === op && payload.azp === ehr.client_id && payload.exp - payload.iat <= 300, 'addressee or life'); must(protectedHeader.alg !== 'none', 'alg');
    const iua = payload.extensions.ihe_iua; must(iua.subject_name && iua.subject_organization && iua.subject_role[0].code && iua.purpose_of_use[0].code, 'name, role, institution, purpose');
    onceOnly(payload.jti, 'evidence');
  });

  await check('the signed request: signature, times, nothing beside it, the evidence inside', async () => {
    const x = only('patient-op', 'POST', /\/bc-authorize$/); const f = form(x);
    must(Object.keys(f).every((k) => ['request', 'client_assertion', 'client_assertion_type', 'client_id'].includes(k)), 'a parameter stands beside the signed request');
    const { payload, protectedHeader } = await jose.jwtVerify(f.request, ehrKeys, { issuer: ehr.client_id, audience: op, currentDate: at(x), requiredClaims: ['exp', 'iat', 'nbf', 'jti'] });
    must(protectedHeader.alg === ehr.backchannel_authentication_request_signing_alg, 'alg is not the registered one'); must(payload.exp - payload.nbf <= 3600, 'lives longer than an hour');
    must(payload.actor_token === evidence, 'the evidence is not the one the doctor OP gave'); must(payload.actor_token_type === 'urn:ietf:params:oauth:token-type:jwt', 'actor_token_type');
    must([payload.login_hint, payload.id_token_hint, payload.login_hint_token].filter(Boolean).length === 1, 'exactly one hint'); must(payload.scope.split(' ').includes('openid'), 'openid');
    must(payload.resource === resource, 'resource'); onceOnly(payload.jti, 'signed request'); claims = payload;
    const ack = json(x.response); must(Buffer.from(ack.auth_req_id, 'base64url').length >= 20 && ack.expires_in > 0, 'acknowledgement'); must(/no-store/.test(x.response.headers['cache-control']), 'no-store');
  });

  await check('the push carries an opaque id and nothing else', async () => {
    const x = only('phone', 'POST', /./); const body = json(x.request); must(Object.keys(body).join() === 'id', 'more than an id');
    must(body.id !== json(only('patient-op', 'POST', /\/bc-authorize$/).response).auth_req_id, 'the id is the auth_req_id'); must(Buffer.from(body.id, 'base64url').length === 32, 'not 32 bytes');
  });

  const acts = all('patient-op', 'POST', /\/uaf\/response$/).map((x) => ({ x, m: message(json(x.request).uafResponse), accepted: json(x.response).statusCode === 1200 }));
  const offered = (serverData) => exchanges.flatMap((x) => (x.role === 'patient-op' && /\/uaf\/request$|\/choice$/.test(x.path) && x.response?.status === 200 ? [{ x, body: json(x.response) }] : []))
    .map(({ x, body }) => ({ x, body, request: body.uafRequest && JSON.parse(body.uafRequest).at(-1) })).find((o) => o.request?.header.serverData === serverData);
  const challenge = (...lines) => b64u(sha256(lines.join('\n')));
  let registered;
  await check('enrolment: attestation, challenge hash, and a challenge that covers ticket and push address', async () => {
    const { x, m, accepted } = acts.find((a) => a.m.header.op === 'Reg'); must(accepted, 'not accepted');
    const o = offered(m.header.serverData); const context = JSON.parse(json(o.x.request).context);
    must(m.fc.challenge === challenge('MedId enrol v1', o.body.nonce, b64u(sha256(context.ticket)), b64u(sha256(context.push_address))), 'the challenge is not the hash of what was asked');
    must(JSON.parse(json(x.request).context).ticket === context.ticket, 'another ticket'); registered = registration(m);
    must(registered.signatureValid && registered.challengeHashValid && registered.mode === 1, 'assertion');
    const facets = json(only('patient-op', 'GET', /\/uaf\/facets$/).response).trustedFacets.flatMap((f) => f.ids); must(facets.includes(m.fc.facetID), 'facet'); must(m.fc.appID === `${op}/uaf/facets`, 'appID');
  });

  await check('the opening act: signature of the enrolled key over this request', async () => {
    const a = acts.find(({ m }) => m.header.op === 'Auth' && JSON.parse(json(offered(m.header.serverData).x.request).context ?? '{}').act === 'open'); const o = offered(a.m.header.serverData);
    const id = json(only('phone', 'POST', /./).request).id; must(a.m.fc.challenge === challenge('MedId open v1', o.body.nonce, id), 'challenge');
    const r = authentication(a.m, registered); must(r.signatureValid && r.challengeHashValid && r.mode === 1 && r.keyId === registered.keyId && r.transactionHash.length === 0 && r.nonceLength >= 8, 'assertion'); at1 = r.counter;
  });

  await check('the last act: digest of notice and choice recomputed, the line, mode 2, signature, counter', async () => {
    const opened = json(only('patient-op', 'GET', /\/device\/requests\//).response); notice = opened.notice; must(opened.notice_digest === b64u(sha256(jcs(notice))), 'notice digest');
    const chosen = only('patient-op', 'POST', /\/choice$/); const sent = json(chosen.request); const shown = notice.categories.map((c) => c.scope);
    const choice = { button: 'agree', confirmed: true, granted: shown.filter((s) => sent.granted.includes(s)), refused: shown.filter((s) => !sent.granted.includes(s)) };
    must(sent.confirmed === true && choice.granted.length > 0, 'confirmed'); const digest = b64u(sha256(jcs({ choice, notice })));
    const o = { body: json(chosen.response), request: JSON.parse(json(chosen.response).uafRequest).at(-1) }; must(o.body.digest === digest, 'digest');
    const msg = notice.binding_message && /^[ -:<-~]+$/.test(notice.binding_message) ? notice.binding_message : '-';
    const line = `MedId consent v1; to=${ehr.client_id}; msg=${msg}; sha-256=${digest}`; must(line.length <= 200, 'line length');
    must(Buffer.from(o.request.transaction[0].content, 'base64url').toString('ascii') === line && o.request.transaction[0].contentType === 'text/plain', 'transaction');
    const a = acts.find(({ m }) => m.header.serverData === o.request.header.serverData); must(a.accepted && !json(a.x.response).additionalTokens?.length, 'accepted without a token');
    must(a.m.fc.challenge === challenge('MedId consent v1', o.body.nonce, digest), 'challenge'); const r = authentication(a.m, registered);
    must(r.signatureValid && r.challengeHashValid && r.mode === 2 && r.keyId === registered.keyId, 'assertion'); must(r.transactionHash.equals(sha256(line)), 'transaction hash'); must(r.counter > at1, 'counter'); digestOfAct = { digest, line, granted: choice.granted };
  });

  await check('the notice names receiver, doctor as signed, purpose, end, withdrawal, and every scope in words', async () => {
    const iua = jose.decodeJwt(evidence).extensions.ihe_iua; must(notice.practitioner.name === iua.subject_name && notice.practitioner.organization === iua.subject_organization && notice.practitioner.role === iua.subject_role[0].display, 'doctor');
    must(notice.practitioner.evidence === b64u(sha256(evidence)), 'evidence digest'); must(notice.recipient.client_id === ehr.client_id && notice.recipient.name, 'receiver');
    must(notice.categories.map((c) => c.scope).join(' ') === claims.scope.split(' ').filter((s) => s !== 'openid').join(' '), 'scopes'); must(notice.categories.every((c) => c.text && c.text !== c.scope), 'words');
    must(notice.purpose.code === iua.purpose_of_use[0].code && notice.withdrawal && notice.confirmation && notice.deny && notice.agree && Date.parse(notice.access_until) > Date.now() - 3600e3, 'texts');
    must((notice.binding_message ?? undefined) === claims.binding_message, 'binding message');
  });

  await check('one token set; ID token and access token: signatures, claims, at_hash, act', async () => {
    const polls = all('patient-op', 'POST', /\/token$/).filter((x) => form(x).grant_type === CIBA); const good = polls.filter((x) => x.response.status === 200); must(good.length === 1, `${good.length} token sets`);
    must(polls.every((x) => x === good[0] || ['authorization_pending', 'slow_down'].includes(json(x.response).error)), 'another answer'); must(/no-store/.test(good[0].response.headers['cache-control']), 'no-store');
    tokens = json(good[0].response); const id = await jose.jwtVerify(tokens.id_token, keysOf('patient-op'), { issuer: op, audience: ehr.client_id, currentDate: at(good[0]), requiredClaims: ['exp', 'iat', 'sub', 'auth_time'] });
    must(id.payload.at_hash === b64u(createHash('sha256').update(tokens.access_token).digest().subarray(0, 16)), 'at_hash'); must(claims.acr_values.split(' ').includes(id.payload.acr), 'acr'); must(Array.isArray(id.payload.amr), 'amr');
    must(id.payload['urn:openid:params:jwt:claim:auth_req_id'] === form(good[0]).auth_req_id, 'auth_req_id');
    const access = await jose.jwtVerify(tokens.access_token, keysOf('patient-op'), { issuer: op, audience: resource, currentDate: at(good[0]), typ: 'at+jwt', requiredClaims: ['exp', 'iat', 'jti', 'sub', 'client_id'] });
    const p = access.payload; must(p.client_id === ehr.client_id && p.azp === ehr.client_id && p.sub === id.payload.sub && p.exp - p.iat <= 600, 'claims'); patient = p.patient;
    must(p.scope.split(' ').filter((s) => s !== 'openid').join(' ') === digestOfAct.granted.join(' ') && tokens.scope === p.scope, 'scope is the choice'); must(p.consent_id && tokens.patient === p.patient, 'consent_id, patient');
    must(p.act.iss === doctorOp && p.act.sub === jose.decodeJwt(evidence).sub && p.act.extensions.ihe_iua.subject_name === notice.practitioner.name, 'act'); must(!tokens.refresh_token, 'a refresh token although the consent is for one access');
  });

  await check('every call of the API is introspected; every answer is signed for the API and equals the token', async () => {
    const reads = all('health-record-api', 'GET', /\/fhir\/(?!metadata)/); const asked = all('patient-op', 'POST', /\/introspect$/); must(reads.length >= 1 && asked.length >= reads.length, `${reads.length} reads, ${asked.length} introspections`);
    const p = jose.decodeJwt(tokens.access_token);
    for (const x of asked) {
      must(/^Basic /.test(x.request.headers.authorization) && form(x).token === tokens.access_token, 'credentials, token'); must(/application\/token-introspection\+jwt/.test(x.response.headers['content-type']), 'content type');
      const api = Buffer.from(x.request.headers.authorization.slice(6), 'base64').toString().split(':')[0];
      const { payload } = await jose.jwtVerify(x.response.body.toString('ascii'), keysOf('patient-op'), { issuer: op, audience: decodeURIComponent(api), typ: 'token-introspection+jwt', currentDate: at(x) });
      const t = payload.token_introspection; must(t.active === true && t.scope === p.scope && t.patient === p.patient && t.consent_id === p.consent_id && jcs(t.act) === jcs(p.act) && t.sub === p.sub && t.client_id === p.client_id && t.exp === p.exp, 'answer');
    }
  });

  await check('what the API gave is of this patient and of granted types', async () => {
    const types = digestOfAct.granted.map((s) => /^patient\/(\w+)\./.exec(s)?.[1]);
    for (const x of all('health-record-api', 'GET', /\/fhir\/(?!metadata)/)) {
      must(x.response.status === 200, `status ${x.response.status}`); const r = json(x.response); const resources = r.resourceType === 'Bundle' ? (r.entry ?? []).map((e) => e.resource) : [r];
      for (const one of resources) { must(types.includes(one.resourceType), one.resourceType); must(one.resourceType === 'Patient' ? one.id === patient : JSON.stringify(one).includes(`Patient/${patient}`), 'another patient'); }
    }
  });

  await check('the consent record holds the digest and the line that were signed', async () => {
    const record = json(only('patient-op', 'GET', /\/device\/consents$/).response).consents.find((c) => c.id === jose.decodeJwt(tokens.access_token).consent_id);
    must(record.digest === digestOfAct.digest && record.signed === digestOfAct.line, 'digest or line'); must(record.categories.filter((c) => c.granted).map((c) => c.scope).join(' ') === digestOfAct.granted.join(' '), 'choice');
    must(record.access_until === notice.access_until && record.practitioner.name === notice.practitioner.name && record.recipient === notice.recipient.name, 'shown'); must(record.events.some((e) => e.event === 'given'), 'history');
  });
  return results;
}
