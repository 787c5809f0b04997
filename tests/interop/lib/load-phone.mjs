// A patient's phone for load.mjs, outside of the server: keys, signatures and messages of UAF 1.1 (P-256, raw, surrogate attestation) by node:crypto. It checks nothing that a phone has to check.
//
//   statement            the metadata of its model; the OP has to know it
//   enrol(call, user)    makes a key of the user, with a ticket of the desk
//   approve(call, user, request)   opens, reads, keeps everything that is shown, signs
// call(method, path, body, token) sends JSON and gives JSON.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const aaid = 'FFFF#5A0C', facet = 'android:apk-key-hash-sha256:EFXqNvV85NS6BM3+t5pcOvnhZISa1Px7UiTHEGcP9Tc';
const b64 = (bytes) => Buffer.from(bytes).toString('base64url');
const sha = (bytes) => createHash('sha256').update(bytes).digest();
const u16 = (n) => { const b = Buffer.alloc(2); b.writeUInt16LE(n); return b; };
const u32 = (n) => { const b = Buffer.alloc(4); b.writeUInt32LE(n); return b; };
const tlv = (tag, ...parts) => { const value = Buffer.concat(parts); return Buffer.concat([u16(tag), u16(value.length), value]); };
const keys = new Map();

export const statement = {
  aaid, description: 'load phone', authenticatorVersion: 1, protocolFamily: 'uaf', schema: 3, upv: [{ major: 1, minor: 1 }],
  authenticationAlgorithms: ['secp256r1_ecdsa_sha256_raw'], publicKeyAlgAndEncodings: ['ecc_x962_raw'], attestationTypes: ['basic_surrogate'],
  userVerificationDetails: [[{ userVerificationMethod: 'fingerprint_internal' }]],
  keyProtection: ['hardware', 'tee'], matcherProtection: ['tee'], cryptoStrength: 128, attachmentHint: ['internal'], tcDisplay: ['any', 'tee'], tcDisplayContentType: 'text/plain',
  attestationRootCertificates: [],
};

function respond(request, op, make) {
  const message = JSON.parse(request).find((one) => one.header.op === op && one.header.upv.minor === 1);
  const { appID, serverData, upv } = message.header;
  const fcParams = b64(JSON.stringify({ appID, challenge: message.challenge, facetID: facet, channelBinding: {} }));
  const assertion = make(sha(Buffer.from(fcParams, 'ascii')), message);
  return JSON.stringify([{ header: { upv, op, appID, serverData }, fcParams, assertions: [{ assertionScheme: 'UAFV1TLV', assertion: b64(assertion) }] }]);
}

const signed = (key, tag, ...data) => { const body = tlv(tag, ...data); return [body, sign('sha256', body, { key: key.privateKey, dsaEncoding: 'ieee-p1363' })]; };

function register(key, hash) {
  const jwk = key.publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(jwk.x, 'base64url'), Buffer.from(jwk.y, 'base64url')]);
  const [body, signature] = signed(key, 0x3e03, tlv(0x2e0b, Buffer.from(aaid)), tlv(0x2e0e, u16(1), Buffer.from([1]), u16(1), u16(0x100)), tlv(0x2e0a, hash), tlv(0x2e09, key.id),
    tlv(0x2e0d, u32(0), u32(1)), tlv(0x2e0c, point));
  return tlv(0x3e01, body, tlv(0x3e08, tlv(0x2e06, signature)));
}

function authenticate(key, hash, message) {
  const shown = message.transaction?.find((one) => one.contentType === 'text/plain');
  key.counter += 1;
  const [body, signature] = signed(key, 0x3e04, tlv(0x2e0b, Buffer.from(aaid)), tlv(0x2e0e, u16(1), Buffer.from([shown ? 2 : 1]), u16(1)), tlv(0x2e0f, randomBytes(8)), tlv(0x2e0a, hash),
    tlv(0x2e10, shown ? sha(Buffer.from(shown.content, 'base64url')) : Buffer.alloc(0)), tlv(0x2e09, key.id), tlv(0x2e0d, u32(key.counter)));
  return tlv(0x3e02, body, tlv(0x2e06, signature));
}

function well(answer) {
  if (answer.statusCode !== undefined && answer.statusCode !== 1200) throw new Error(`phone: ${JSON.stringify(answer)}`);
  return answer;
}

export async function enrol(call, user) {
  await call('POST', '/_lab/users', { id: user });
  const { ticket } = await call('POST', '/sample/tickets', { account: user, level: 'high' });
  const context = JSON.stringify({ ticket, push_address: 'lab:load' });
  const key = { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }), id: randomBytes(32), counter: 0 };
  const { uafRequest } = well(await call('POST', '/uaf/request', { op: 'Reg', context }));
  well(await call('POST', '/uaf/response', { uafResponse: respond(uafRequest, 'Reg', (hash) => register(key, hash)), context }));
  keys.set(user, { ...key, turn: Promise.resolve() });
}

export function approve(call, user, request) {
  // One person does one thing after the other: the counter of a key only ever rises.
  const key = keys.get(user);
  const done = key.turn.then(async () => {
    const answer = async (offer) => well(await call('POST', '/uaf/response', { uafResponse: respond(well(offer).uafRequest, 'Auth', (hash, message) => authenticate(key, hash, message)), context: '{}' }));
    const opened = await answer(await call('POST', '/uaf/request', { op: 'Auth', context: JSON.stringify({ act: 'open', request }) }));
    const token = opened.additionalTokens.find((one) => one.type === 'OAUTH2').value;
    const { notice } = await call('GET', `/device/requests/${request}`, undefined, token);
    await answer(await call('POST', `/device/requests/${request}/choice`, { confirmed: true, granted: notice.categories.map((one) => one.scope) }, token));
  });
  key.turn = done.catch(() => {});
  return done;
}
