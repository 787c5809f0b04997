// FIDO UAF from the outside: TLV, the hash of the final challenge, signatures. Own code on node:crypto.
import { createHash, createPublicKey, verify, X509Certificate } from 'node:crypto';

const NAMES = {
  0x3e01: 'REG_ASSERTION', 0x3e02: 'AUTH_ASSERTION', 0x3e03: 'KRD', 0x3e04: 'SIGNED_DATA', 0x2e05: 'ATTESTATION_CERT', 0x2e06: 'SIGNATURE', 0x3e07: 'BASIC_FULL', 0x3e08: 'BASIC_SURROGATE',
  0x2e09: 'KEYID', 0x2e0a: 'FINAL_CHALLENGE_HASH', 0x2e0b: 'AAID', 0x2e0c: 'PUB_KEY', 0x2e0d: 'COUNTERS', 0x2e0e: 'ASSERTION_INFO', 0x2e0f: 'NONCE', 0x2e10: 'TRANSACTION_CONTENT_HASH',
};

export function tlv(bytes) {
  const out = [];
  for (let i = 0; i < bytes.length;) {
    if (i + 4 > bytes.length) throw new Error('a TLV header is cut off');
    const tag = bytes.readUInt16LE(i); const length = bytes.readUInt16LE(i + 2);
    if (i + 4 + length > bytes.length) throw new Error('a TLV value is cut off');
    const value = bytes.subarray(i + 4, i + 4 + length);
    out.push({ name: NAMES[tag] ?? `0x${tag.toString(16)}`, tag, raw: bytes.subarray(i, i + 4 + length), value, items: tag & 0x1000 ? tlv(value) : undefined });
    i += 4 + length;
  }
  return out;
}

export const one = (items, name) => {
  const found = items.filter((i) => i.name === name);
  if (found.length !== 1) throw new Error(`${name} stands ${found.length} times`);
  return found[0];
};
export const sha256 = (data) => createHash('sha256').update(data).digest();
export const b64u = (bytes) => Buffer.from(bytes).toString('base64url');

function key(format, bytes) {
  if (format === 0x0100) return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: b64u(bytes.subarray(1, 33)), y: b64u(bytes.subarray(33, 65)) }, format: 'jwk' });
  if (format === 0x0101) return createPublicKey({ key: bytes, format: 'der', type: 'spki' });
  throw new Error(`key format 0x${format.toString(16)}`);
}
const check = (algorithm, publicKey, data, signature) => {
  if (algorithm === 1) return verify('sha256', data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
  if (algorithm === 2) return verify('sha256', data, publicKey, signature);
  throw new Error(`algorithm ${algorithm}`);
};

/** A response message as it went over the wire: header, final challenge, one assertion. */
export function message(uafResponse) {
  const [m, ...more] = JSON.parse(uafResponse);
  if (more.length) throw new Error('a client answers one version');
  return { header: m.header, fcParams: m.fcParams, fc: JSON.parse(Buffer.from(m.fcParams, 'base64url').toString('utf8')), assertion: Buffer.from(m.assertions[0].assertion, 'base64url') };
}

export function registration(m) {
  const outer = one(tlv(m.assertion), 'REG_ASSERTION'); const krd = one(outer.items, 'KRD'); const info = one(krd.items, 'ASSERTION_INFO').value;
  const algorithm = info.readUInt16LE(3); const format = info.readUInt16LE(5); const publicKey = key(format, one(krd.items, 'PUB_KEY').value);
  const full = outer.items.find((i) => i.name === 'BASIC_FULL'); const attestation = full ?? one(outer.items, 'BASIC_SURROGATE');
  const certificate = full && new X509Certificate(one(full.items, 'ATTESTATION_CERT').value);
  const signature = one(attestation.items, 'SIGNATURE').value;
  return {
    aaid: one(krd.items, 'AAID').value.toString('ascii'), keyId: b64u(one(krd.items, 'KEYID').value), algorithm, publicKey, attestation: attestation.name,
    signatureValid: check(algorithm, certificate?.publicKey ?? publicKey, krd.raw, signature),
    challengeHashValid: one(krd.items, 'FINAL_CHALLENGE_HASH').value.equals(sha256(m.fcParams)), mode: info[2], certificate: certificate && b64u(certificate.raw),
  };
}

export function authentication(m, registered) {
  const outer = one(tlv(m.assertion), 'AUTH_ASSERTION'); const signed = one(outer.items, 'SIGNED_DATA'); const info = one(signed.items, 'ASSERTION_INFO').value;
  return {
    aaid: one(signed.items, 'AAID').value.toString('ascii'), keyId: b64u(one(signed.items, 'KEYID').value), mode: info[2], counter: one(signed.items, 'COUNTERS').value.readUInt32LE(0),
    transactionHash: one(signed.items, 'TRANSACTION_CONTENT_HASH').value, nonceLength: one(signed.items, 'NONCE').value.length,
    challengeHashValid: one(signed.items, 'FINAL_CHALLENGE_HASH').value.equals(sha256(m.fcParams)),
    signatureValid: check(info.readUInt16LE(3), registered.publicKey, signed.raw, one(outer.items, 'SIGNATURE').value),
  };
}
