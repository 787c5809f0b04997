// An independent UAF client, ASM and authenticator in one, with node:crypto and nothing else. It shares no code with src, and checks the requests that it gets.
//
//   node uaf-authenticator.mjs        one JSON object a line in, one a line out, in order
//
//   {do:"model", aaid, algorithm, keyFormat, attestation: "surrogate"|"pinned"|"root"|"chain"|"authority", display?: "text"|"png", version?, counters?}
//                                     makes a model with its attestation keys; answers {statement} (metadata, version 3)
//   {do:"check", request}             {problems: [...]}: what in a request message breaks the dictionaries and rules of the protocol
//   {do:"register", aaid, request, facet, fault?}       {response}; {error} where the policy leaves this authenticator out
//   {do:"authenticate", aaid, request, facet, fault?}   {response}
//   {do:"deregister", aaid, request}  {removed, left}
//   {do:"faults"}                     {faults: {NAME: "reg"|"auth"|"both"}}
//
// Loopback nothing, files nothing: standard input and output only. Models, keys and certificates are made up and live as long as the process.
import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign as nodeSign, constants } from 'node:crypto';
import { createInterface } from 'node:readline';

const b64 = (bytes) => Buffer.from(bytes).toString('base64url');
const cat = (...parts) => Buffer.concat(parts.map((p) => Buffer.from(p)));
const u16 = (n) => { const b = Buffer.alloc(2); b.writeUInt16LE(n); return b; };
const u32 = (n) => { const b = Buffer.alloc(4); b.writeUInt32LE(n); return b; };

// --- registry -------------------------------------------------------------------------------------------------------
const EC = { 'P-256': { name: 'prime256v1', size: 32, crv: 1 }, secp256k1: { name: 'secp256k1', size: 32, crv: 8 }, 'P-384': { name: 'secp384r1', size: 48, crv: 2 }, 'P-521': { name: 'secp521r1', size: 66, crv: 3 } };
const ALGORITHMS = {
  0x01: { short: 'secp256r1_ecdsa_sha256_raw', ec: 'P-256', hash: 'sha256', raw: true, cose: -7 },
  0x02: { short: 'secp256r1_ecdsa_sha256_der', ec: 'P-256', hash: 'sha256', cose: -7 },
  0x03: { short: 'rsassa_pss_sha256_raw', rsa: 'pss', hash: 'sha256', raw: true, cose: -37 },
  0x04: { short: 'rsassa_pss_sha256_der', rsa: 'pss', hash: 'sha256', cose: -37 },
  0x05: { short: 'secp256k1_ecdsa_sha256_raw', ec: 'secp256k1', hash: 'sha256', raw: true, cose: -47 },
  0x06: { short: 'secp256k1_ecdsa_sha256_der', ec: 'secp256k1', hash: 'sha256', cose: -47 },
  0x08: { short: 'rsa_emsa_pkcs1_sha256_raw', rsa: 'pkcs1', hash: 'sha256', raw: true, cose: -257 },
  0x09: { short: 'rsa_emsa_pkcs1_sha256_der', rsa: 'pkcs1', hash: 'sha256', cose: -257 },
  0x0a: { short: 'rsassa_pss_sha384_raw', rsa: 'pss', hash: 'sha384', raw: true, cose: -38 },
  0x0b: { short: 'rsassa_pss_sha512_raw', rsa: 'pss', hash: 'sha512', raw: true, cose: -39 },
  0x0c: { short: 'rsassa_pkcsv15_sha256_raw', rsa: 'pkcs1', hash: 'sha256', raw: true, cose: -257 },
  0x0d: { short: 'rsassa_pkcsv15_sha384_raw', rsa: 'pkcs1', hash: 'sha384', raw: true, cose: -258 },
  0x0e: { short: 'rsassa_pkcsv15_sha512_raw', rsa: 'pkcs1', hash: 'sha512', raw: true, cose: -259 },
  0x10: { short: 'secp384r1_ecdsa_sha384_raw', ec: 'P-384', hash: 'sha384', raw: true, cose: -35 },
  0x11: { short: 'secp521r1_ecdsa_sha512_raw', ec: 'P-521', hash: 'sha512', raw: true, cose: -36 },
  0x12: { short: 'ed25519_eddsa_sha512_raw', ed: 'ed25519', hash: 'sha512', raw: true, cose: -8, crv: 6 },
  0x13: { short: 'ed448_eddsa_sha512_raw', ed: 'ed448', hash: 'sha512', raw: true, cose: -53, crv: 7 },
};
const FORMATS = { 0x100: 'ecc_x962_raw', 0x101: 'ecc_x962_der', 0x102: 'rsa_2048_raw', 0x103: 'rsa_2048_der', 0x104: 'cose' };

// RSA keys take long to make: a few of the process in turn, never the same twice running.
const rsaKeys = []; let rsaTurn = 0;
const rsaKey = () => { const i = rsaTurn++ % 4; rsaKeys[i] ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey; return rsaKeys[i]; };
const newKey = (a) => (a.rsa ? rsaKey() : (a.ec ? generateKeyPairSync('ec', { namedCurve: EC[a.ec].name }) : generateKeyPairSync(a.ed)).privateKey);
const digest = (a, data) => createHash(a.hash).update(data).digest();

function sign(a, key, data) {
  if (a.ec) return nodeSign(a.hash, data, { key, dsaEncoding: a.raw ? 'ieee-p1363' : 'der' });
  if (a.ed) return nodeSign(null, data, key);
  const padding = a.rsa === 'pss' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  const bytes = nodeSign(a.hash, data, { key, padding, ...(a.rsa === 'pss' ? { saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : {}) });
  return a.raw ? bytes : der(0x04, bytes);
}

function publicKey(a, key, format) {
  const pub = createPublicKey(key); const jwk = pub.export({ format: 'jwk' });
  const part = (name) => Buffer.from(jwk[name], 'base64url');
  switch (format) {
    case 0x100: return cat([4], part('x'), part('y'));
    case 0x101: return pub.export({ type: 'spki', format: 'der' });
    case 0x102: return cat(part('n'), part('e'));
    case 0x103: return pub.export({ type: 'pkcs1', format: 'der' });
    default: return cose(a, part);
  }
}

// --- CBOR, DER, TLV -------------------------------------------------------------------------------------------------
const head = (major, n) => (n < 24 ? Buffer.from([(major << 5) | n]) : n < 256 ? Buffer.from([(major << 5) | 24, n]) : Buffer.from([(major << 5) | 25, n >> 8, n & 255]));
const int = (n) => (n < 0 ? head(1, -1 - n) : head(0, n));
const bstr = (b) => cat(head(2, b.length), b);
const map = (...pairs) => cat(head(5, pairs.length), ...pairs.flat());
const cose = (a, part) => (a.ec ? map([int(1), int(2)], [int(3), int(a.cose)], [int(-1), int(EC[a.ec].crv)], [int(-2), bstr(part('x'))], [int(-3), bstr(part('y'))])
  : a.ed ? map([int(1), int(1)], [int(3), int(a.cose)], [int(-1), int(a.crv)], [int(-2), bstr(part('x'))])
    : map([int(1), int(3)], [int(3), int(a.cose)], [int(-1), bstr(part('n'))], [int(-2), bstr(part('e'))]));

function der(tag, ...parts) {
  const body = cat(...parts); const n = body.length;
  return cat([tag], n < 128 ? [n] : n < 256 ? [0x81, n] : [0x82, n >> 8, n & 255], body);
}
const oid = (text) => {
  const [a, b, ...rest] = text.split('.').map(Number); const out = [40 * a + b];
  for (const n of rest) { const s = [n & 127]; for (let m = n >> 7; m > 0; m >>= 7) s.unshift((m & 127) | 128); out.push(...s); }
  return der(6, Buffer.from(out));
};
const name = (cn) => der(0x30, der(0x31, der(0x30, oid('2.5.4.10'), der(0x0c, Buffer.from('Nobody')))), der(0x31, der(0x30, oid('2.5.4.3'), der(0x0c, Buffer.from(cn)))));
const time = (year) => der(0x17, Buffer.from(`${String(year % 100).padStart(2, '0')}0101000000Z`));
const extension = (id, critical, value) => der(0x30, oid(id), critical ? der(1, [255]) : Buffer.alloc(0), der(4, value));

function certificate({ subject, key, issuer, issuerKey, ca, version = 3, from = 2024, until = 2044 }) {
  const algorithm = der(0x30, oid('1.2.840.10045.4.3.2'));
  const extensions = der(0xa3, der(0x30, extension('2.5.29.19', true, der(0x30, ca ? der(1, [255]) : Buffer.alloc(0))), extension('2.5.29.15', true, ca ? Buffer.from([3, 2, 2, 4]) : Buffer.from([3, 2, 7, 128]))));
  const tbs = der(0x30, version === 3 ? der(0xa0, der(2, [2])) : Buffer.alloc(0), der(2, cat([1], randomBytes(15))), algorithm, name(issuer), der(0x30, time(from), time(until)),
    name(subject), createPublicKey(key).export({ type: 'spki', format: 'der' }), version === 3 ? extensions : Buffer.alloc(0));
  return der(0x30, tbs, algorithm, der(3, [0], nodeSign('sha256', tbs, { key: issuerKey, dsaEncoding: 'der' })));
}

const tlv = (tag, value) => cat(u16(tag), u16(value.length), value);
const level = (elements) => cat(...elements.map(([tag, value]) => tlv(tag, value)));
const T = { reg: 0x3e01, auth: 0x3e02, krd: 0x3e03, signed: 0x3e04, cert: 0x2e05, sig: 0x2e06, full: 0x3e07, surrogate: 0x3e08, ecdaa: 0x3e09, keyId: 0x2e09, challenge: 0x2e0a, aaid: 0x2e0b, key: 0x2e0c, counters: 0x2e0d, info: 0x2e0e, nonce: 0x2e0f, tx: 0x2e10, ext: 0x3e11, extLoose: 0x3e12, extId: 0x2e13, extData: 0x2e14 };

// --- models ---------------------------------------------------------------------------------------------------------
const models = new Map();
const MODES = { verified: 1, confirmed: 2 };

function makeModel({ aaid, algorithm, keyFormat, attestation, display = 'text', version = 1, counters = true }) {
  const a = ALGORITHMS[algorithm];
  const p256 = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
  const model = { aaid, algorithm, keyFormat, attestation, display, version, counters, a, keys: [], signCounter: 0, regCounter: 0, chain: [], roots: [] };
  if (attestation !== 'surrogate') {
    model.attestationKey = newKey(a);
    const [root, upper] = [p256(), p256()];
    const rootCert = certificate({ subject: 'Root', key: root, issuer: 'Root', issuerKey: root, ca: true });
    const leaf = (issuer, issuerKey, more = {}) => certificate({ subject: 'Attestation', key: model.attestationKey, issuer, issuerKey, ca: false, ...more });
    const upperCert = certificate({ subject: 'Authority', key: upper, issuer: 'Root', issuerKey: root, ca: true });
    const notCa = certificate({ subject: 'Authority', key: upper, issuer: 'Root', issuerKey: root, ca: false });
    const under = leaf('Authority', upper);
    [model.chain, model.roots] = attestation === 'pinned' ? [[leaf('Root', root)], [leaf('Root', root)]]
      : attestation === 'root' ? [[leaf('Root', root)], [rootCert]]
        : attestation === 'authority' ? [[under], [upperCert]]
          : [[under, upperCert], [rootCert]];
    if (attestation === 'pinned') model.roots = model.chain;
    model.spoilt = { notCa: [under, notCa], expired: [leaf('Authority', upper, { from: 2010, until: 2012 }), upperCert], version1: [leaf('Authority', upper, { version: 1 }), upperCert] };
    const stranger = p256();
    model.strangers = [leaf('Root', stranger)];
  }
  models.set(aaid, model);
  return {
    aaid, description: 'independent software authenticator', authenticatorVersion: version, protocolFamily: 'uaf', schema: 3, upv: [{ major: 1, minor: 0 }, { major: 1, minor: 1 }, { major: 1, minor: 2 }],
    authenticationAlgorithms: [a.short], publicKeyAlgAndEncodings: [FORMATS[keyFormat]], attestationTypes: [attestation === 'surrogate' ? 'basic_surrogate' : 'basic_full'],
    userVerificationDetails: [[{ userVerificationMethod: 'fingerprint_internal' }], [{ userVerificationMethod: 'passcode_internal' }]],
    keyProtection: ['hardware', 'tee'], matcherProtection: ['tee'], cryptoStrength: 128, attachmentHint: ['internal'], tcDisplay: ['any', 'tee'],
    tcDisplayContentType: display === 'png' ? 'image/png' : 'text/plain', ...(display === 'png' ? { tcDisplayPNGCharacteristics: [PNG] } : {}),
    attestationRootCertificates: model.roots.map((c) => c.toString('base64')),
  };
}
const PNG = { width: 4, height: 1, bitDepth: 8, colorType: 2, compression: 0, filter: 0, interlace: 0 };
const NUMBERS = { userVerification: 2 | 4, keyProtection: 2 | 4, matcherProtection: 2, attachmentHint: 1, tcDisplay: 1 | 4 };

// --- requests: rules of the protocol, checked and followed ------------------------------------------------------------
const isText = (v, min, max) => typeof v === 'string' && v.length >= min && v.length <= max;
const isB64 = (v, min, max) => typeof v === 'string' && /^[A-Za-z0-9_-]*$/.test(v) && b64(Buffer.from(v, 'base64url')) === v && Buffer.from(v, 'base64url').length >= min && Buffer.from(v, 'base64url').length <= max;
const isAaid = (v) => typeof v === 'string' && /^[0-9A-Fa-f]{4}#[0-9A-Fa-f]{4}$/.test(v);
const only = (o, ...names) => Object.keys(o).filter((n) => !names.includes(n));
const CRITERIA = ['aaid', 'vendorID', 'keyIDs', 'userVerification', 'keyProtection', 'matcherProtection', 'attachmentHint', 'tcDisplay', 'authenticationAlgorithms', 'assertionSchemes', 'attestationTypes', 'authenticatorVersion', 'exts'];

function checkRequest(text) {
  const problems = []; const must = (ok, what) => { if (!ok) problems.push(what); };
  let message; try { message = JSON.parse(text); } catch { return ['not JSON']; }
  if (!Array.isArray(message) || message.length === 0) return ['not an array of dictionaries'];
  must(text === JSON.stringify(message) || JSON.stringify(JSON.parse(text)) === JSON.stringify(message), 'reads differently twice');
  const versions = message.map((m) => `${m.header?.upv?.major}.${m.header?.upv?.minor}`);
  must(new Set(versions).size === versions.length, 'a version twice');
  for (const m of message) {
    const h = m.header ?? {};
    must(only(h, 'upv', 'op', 'appID', 'serverData', 'exts').length === 0, 'header: foreign members');
    must(h.upv?.major === 1 && [0, 1, 2].includes(h.upv?.minor) && only(h.upv, 'major', 'minor').length === 0, 'upv');
    must(['Reg', 'Auth', 'Dereg'].includes(h.op), 'op');
    must(h.appID === undefined || isText(h.appID, 1, 512), 'appID');
    must(h.serverData === undefined || isText(h.serverData, 1, 1536), 'serverData');
    must(h.exts === undefined || (Array.isArray(h.exts) && h.exts.length > 0 && h.exts.every((e) => isText(e.id, 1, 32) && isB64(e.data, 0, 8192) && typeof e.fail_if_unknown === 'boolean')), 'exts');
    const nulls = JSON.stringify(m, (k, v) => (v === null ? '\u0000null' : v)).includes('\\u0000null'); must(!nulls, 'null members');
    if (h.op === 'Dereg') {
      must(Array.isArray(m.authenticators) && m.authenticators.length > 0, 'authenticators');
      for (const d of m.authenticators ?? []) {
        must((d.aaid === '' || isAaid(d.aaid)) && (d.keyID === '' || isB64(d.keyID, 32, 2048)) && only(d, 'aaid', 'keyID').length === 0, 'DeregisterAuthenticator');
        must(!(d.aaid === '' && d.keyID !== ''), 'a keyID without its aaid');
        must(h.upv.minor > 0 || (d.aaid !== '' && d.keyID !== ''), '1.0 names every key');
      }
      continue;
    }
    must(isB64(m.challenge, 8, 64), 'challenge');
    if (h.op === 'Reg') must(isText(m.username, 1, 128) && m.transaction === undefined, 'username');
    if (h.op === 'Auth') {
      must(m.username === undefined, 'username in Auth');
      must(m.transaction === undefined || (Array.isArray(m.transaction) && m.transaction.length > 0), 'transaction');
      for (const t of m.transaction ?? []) {
        const bytes = Buffer.from(t.content ?? '', 'base64url');
        must(isB64(t.content, 1, 65536), 'transaction content');
        must(t.contentType === 'text/plain' ? bytes.length <= 200 && bytes.every((c) => c < 128) && t.tcDisplayPNGCharacteristics === undefined : t.contentType === 'image/png' && t.tcDisplayPNGCharacteristics?.width === bytes.readUInt32BE(16) && t.tcDisplayPNGCharacteristics.height === bytes.readUInt32BE(20), 'transaction form');
      }
    }
    const p = m.policy ?? {};
    must(only(p, 'accepted', 'disallowed').length === 0, 'policy: foreign members');
    must(Array.isArray(p.accepted) && p.accepted.length > 0 && p.accepted.every((alternative) => Array.isArray(alternative) && alternative.length > 0), 'accepted');
    must(p.disallowed === undefined || (Array.isArray(p.disallowed) && p.disallowed.length > 0), 'disallowed');
    for (const c of [...(p.accepted ?? []).flat(), ...(p.disallowed ?? [])]) {
      must(only(c, ...CRITERIA).length === 0 && Object.keys(c).length > 0, 'MatchCriteria: foreign members');
      for (const v of Object.values(c)) must(!Array.isArray(v) || v.length > 0, 'MatchCriteria: an empty list');
      if (c.aaid) {
        must(c.aaid.every(isAaid), 'aaid');
        must(only(c, 'aaid', 'keyIDs', 'attachmentHint', 'authenticatorVersion', 'exts').length === 0, 'members that may not stand beside aaid');
      } else must(Array.isArray(c.authenticationAlgorithms) && Array.isArray(c.assertionSchemes), 'without aaid, algorithms and schemes are mandatory');
      must(c.keyIDs === undefined || c.keyIDs.every((k) => isB64(k, 32, 2048)), 'keyIDs');
      must(c.vendorID === undefined || c.vendorID.every((v) => /^[0-9A-Fa-f]{4}$/.test(v)), 'vendorID');
    }
    for (const c of p.disallowed ?? []) if (c.keyIDs) must(Object.keys(c).sort().join() === 'aaid,keyIDs' && c.aaid.length === 1 && c.keyIDs.length === 1, 'an existing key is disallowed by exactly aaid and keyIDs');
  }
  return problems;
}

const bits = (a, b) => a === undefined || (a & b) !== 0;
function matches(c, model, keyIds) {
  return (!c.aaid || c.aaid.some((x) => x.toUpperCase() === model.aaid.toUpperCase())) && (!c.vendorID || c.vendorID.some((v) => v.toUpperCase() === model.aaid.slice(0, 4).toUpperCase()))
    && (!c.keyIDs || c.keyIDs.some((k) => keyIds.includes(k))) && (c.userVerification === undefined || [2, 4].some((v) => v === c.userVerification || ((v | c.userVerification) & 0x400) === 0 && (v & c.userVerification) !== 0))
    && ['keyProtection', 'matcherProtection', 'attachmentHint', 'tcDisplay'].every((n) => bits(c[n], NUMBERS[n]))
    && (!c.authenticationAlgorithms || c.authenticationAlgorithms.includes(model.algorithm)) && (!c.assertionSchemes || c.assertionSchemes.includes('UAFV1TLV'))
    && (!c.attestationTypes || c.attestationTypes.includes(model.attestation === 'surrogate' ? T.surrogate : T.full)) && (c.authenticatorVersion === undefined || model.version >= c.authenticatorVersion);
}
const accepts = (policy, model, keyIds) => !(policy.disallowed ?? []).some((c) => matches(c, model, keyIds)) && policy.accepted.some((alternative) => alternative.length === 1 && matches(alternative[0], model, keyIds));

// --- faults: one change each ----------------------------------------------------------------------------------------
const edit = (tag, change) => ({ data: (els) => els.map(([t, v]) => [t, t === tag ? change(v) : v]) });
const without = (tag) => ({ data: (els) => els.filter(([t]) => t !== tag) });
const flip = (v) => { const b = Buffer.from(v); b[b.length - 1] ^= 1; return b; };
const FAULTS = {
  wrongChallenge: { on: 'both', fcp: (f) => { f.challenge = b64(randomBytes(32)); } },
  shortChallenge: { on: 'both', fcp: (f) => { f.challenge = b64(randomBytes(7)); } },
  noFacet: { on: 'both', fcp: (f) => { delete f.facetID; } },
  foreignFacet: { on: 'both', fcp: (f) => { f.facetID = 'https://evil.example'; } },
  appIdNumber: { on: 'both', fcp: (f) => { f.appID = 7; } },
  foreignAppId: { on: 'both', fcp: (f) => { f.appID += '/x'; } },
  noChannelBinding: { on: 'both', fcp: (f) => { delete f.channelBinding; } },
  nullChannelBinding: { on: 'both', fcp: (f) => { f.channelBinding = null; } },
  paddedFcParams: { on: 'both', fcParams: (s) => `${s}==` },
  hashOfDecoded: { on: 'both', hashed: (s) => Buffer.from(s, 'base64url') },
  opLowerCase: { on: 'both', header: (h) => { h.op = h.op.toLowerCase(); } },
  upv17: { on: 'both', header: (h) => { h.upv = { major: 1, minor: 7 }; } },
  upvEmpty: { on: 'both', header: (h) => { h.upv = {}; } },
  serverDataNumber: { on: 'both', header: (h) => { h.serverData = 1; } },
  otherServerData: { on: 'both', header: (h) => { h.serverData = 'another'; } },
  noHeader: { on: 'both', entry: (e) => { delete e.header; } },
  nullFcParams: { on: 'both', entry: (e) => { e.fcParams = null; } },
  noAssertions: { on: 'both', entry: (e) => { e.assertions = []; } },
  otherScheme: { on: 'both', entry: (e) => { e.assertions[0].assertionScheme = 'uafv1tlv'; } },
  paddedAssertion: { on: 'both', entry: (e) => { e.assertions[0].assertion += '='; } },
  twoVersions: { on: 'both', message: (m) => [m[0], m[0]] },
  noArray: { on: 'both', message: (m) => m[0] },
  trailingBytes: { on: 'both', assertion: (b) => cat(b, [0]) },
  swappedOuterTag: { on: 'both', assertion: (b) => { const c = Buffer.from(b); c[0] ^= 3; return c; } },
  overrun: { on: 'both', assertion: (b) => { const c = Buffer.from(b); c.writeUInt16LE(c.readUInt16LE(2) + 1, 2); return c; } },
  noAaid: { on: 'both', ...without(T.aaid) },
  otherAaid: { on: 'both', ...edit(T.aaid, () => Buffer.from('FFFF#0000')) },
  noInfo: { on: 'both', ...without(T.info) },
  longInfo: { on: 'both', ...edit(T.info, (v) => cat(v, [0])) },
  modeZero: { on: 'both', ...edit(T.info, (v) => { const b = Buffer.from(v); b[2] = 0; return b; }) },
  otherAlgorithm: { on: 'both', ...edit(T.info, (v) => { const b = Buffer.from(v); b.writeUInt16LE(7, 3); return b; }) },
  otherKeyFormat: { on: 'reg', ...edit(T.info, (v) => { const b = Buffer.from(v); b.writeUInt16LE(b.readUInt16LE(5) ^ 1, 5); return b; }) },
  wrongFinalChallenge: { on: 'both', ...edit(T.challenge, flip) },
  emptyFinalChallenge: { on: 'both', ...edit(T.challenge, () => Buffer.alloc(0)) },
  sha1FinalChallenge: { on: 'both', hash: (s) => createHash('sha1').update(s).digest() },
  shortKeyId: { on: 'both', ...edit(T.keyId, (v) => v.subarray(0, 31)) },
  longKeyId: { on: 'both', ...edit(T.keyId, (v) => cat(v, [1])) },
  twoKeyIds: { on: 'both', data: (els) => [...els, els.find(([t]) => t === T.keyId)] },
  countersSize: { on: 'both', ...edit(T.counters, (v) => cat(v, [0])) },
  bigEndianCounter: { on: 'auth', ...edit(T.counters, () => u32(0)) },
  emptyPublicKey: { on: 'reg', ...edit(T.key, () => Buffer.alloc(0)) },
  brokenPublicKey: { on: 'reg', ...edit(T.key, (v) => { const b = Buffer.from(v); b[0] ^= 0x10; return b; }) },
  unknownCriticalTag: { on: 'both', data: (els) => [...els, [0x2fff, Buffer.from([1])]] },
  unknownExtension: { on: 'both', data: (els) => [...els, [T.ext, level([[T.extId, Buffer.from('x.y')], [T.extData, Buffer.alloc(0)]])]] },
  outerKeyId: { on: 'both', outer: (els) => [...els, [T.keyId, Buffer.alloc(32)]] },
  outerChallenge: { on: 'both', outer: (els) => [...els, [T.challenge, Buffer.alloc(32)]] },
  shortNonce: { on: 'auth', ...edit(T.nonce, (v) => v.subarray(0, 7)) },
  noNonce: { on: 'auth', ...without(T.nonce) },
  noTransactionHash: { on: 'auth', ...without(T.tx) },
  otherTransactionHash: { on: 'auth', ...edit(T.tx, (v) => (v.length ? flip(v) : Buffer.alloc(32))) },
  transactionOverText: { on: 'auth', transaction: (content, wire) => Buffer.from(wire) },
  transactionDropped: { on: 'auth', drop: true },
  oldCounter: { on: 'auth', counter: () => 0 },
  brokenSignature: { on: 'both', signature: flip },
  emptySignature: { on: 'both', signature: () => Buffer.alloc(0) },
  signatureWithoutHeader: { on: 'both', signed: (b) => b.subarray(4) },
  foreignKey: { on: 'both', key: (model) => newKey(model.a) },
  noAttestation: { on: 'reg', outer: (els) => els.slice(0, 1) },
  surrogateForFull: { on: 'reg', attestation: (els, model, self) => [[T.surrogate, level([[T.sig, self()]])]] },
  ecdaa: { on: 'reg', attestation: () => [[T.ecdaa, level([[T.sig, randomBytes(64)]])]] },
  noCertificate: { on: 'reg', chain: () => [] },
  garbageCertificate: { on: 'reg', chain: () => [randomBytes(80)] },
  foreignCertificate: { on: 'reg', chain: (m) => m.strangers },
  missingAuthority: { on: 'reg', chain: (m) => m.chain.slice(0, 1) },
  authorityThatIsNone: { on: 'reg', chain: (m) => m.spoilt.notCa },
  expiredCertificate: { on: 'reg', chain: (m) => m.spoilt.expired },
  version1Certificate: { on: 'reg', chain: (m) => m.spoilt.version1 },
};

// --- the ceremonies -------------------------------------------------------------------------------------------------
function open(text, op, facet) {
  const message = JSON.parse(text).filter((m) => m.header.op === op && m.header.upv.major === 1 && m.header.upv.minor <= 2).sort((x, y) => y.header.upv.minor - x.header.upv.minor)[0];
  return { message, appID: message.header.appID || facet };
}
function finalChallenge({ message, appID }, facet, fault, a) {
  const fcp = { appID, challenge: message.challenge, facetID: facet, channelBinding: {} };
  fault.fcp?.(fcp);
  const plain = b64(Buffer.from(JSON.stringify(fcp))); const text = fault.fcParams?.(plain) ?? plain;
  const input = fault.hashed?.(text) ?? Buffer.from(text, 'ascii');
  return { text, hash: fault.hash?.(text) ?? digest(a, input) };
}
function respond({ message, appID }, fcParams, assertion, fault, more = {}) {
  const header = { upv: { ...message.header.upv }, op: message.header.op, appID, ...(message.header.serverData ? { serverData: message.header.serverData } : {}) };
  fault.header?.(header);
  const bytes = fault.assertion?.(assertion) ?? assertion;
  const entry = { header, fcParams, assertions: [{ assertionScheme: 'UAFV1TLV', assertion: b64(bytes), ...more }] };
  fault.entry?.(entry);
  return JSON.stringify(fault.message?.([entry]) ?? [entry]);
}

function register({ aaid, request, facet, fault: named }) {
  const model = models.get(aaid); const fault = FAULTS[named] ?? {}; const r = open(request, 'Reg', facet);
  if (!accepts(r.message.policy, model, model.keys.map((k) => b64(k.keyId)))) return { error: 'NO_SUITABLE_AUTHENTICATOR' };
  const key = { appID: r.appID, keyId: randomBytes(32), privateKey: newKey(model.a) };
  if (model.counters) model.regCounter += 1;
  const fc = finalChallenge(r, facet, fault, model.a);
  let data = [[T.aaid, Buffer.from(model.aaid)], [T.info, cat(u16(model.version), [MODES.verified], u16(model.algorithm), u16(model.keyFormat))], [T.challenge, fc.hash], [T.keyId, key.keyId],
    [T.counters, cat(u32(model.signCounter), u32(model.regCounter))], [T.key, publicKey(model.a, key.privateKey, model.keyFormat)]];
  data = fault.data?.(data) ?? data;
  const krd = tlv(T.krd, level(data)); const signed = fault.signed?.(krd) ?? krd;
  const make = (k) => { const s = sign(model.a, fault.key?.(model) ?? k, signed); return fault.signature?.(s) ?? s; };
  let attestation = model.attestationKey
    ? [[T.full, level([[T.sig, make(model.attestationKey)], ...(fault.chain?.(model) ?? model.chain).map((c) => [T.cert, c])])]]
    : [[T.surrogate, level([[T.sig, make(key.privateKey)]])]];
  attestation = fault.attestation?.(attestation, model, () => make(key.privateKey)) ?? attestation;
  let outer = [[T.krd, level(data)], ...attestation]; outer = fault.outer?.(outer) ?? outer;
  if (!named) model.keys.push(key);
  return { response: respond(r, fc.text, tlv(T.reg, level(outer)), fault, model.display === 'png' ? { tcDisplayPNGCharacteristics: [PNG] } : {}) };
}

function authenticate({ aaid, request, facet, fault: named }) {
  const model = models.get(aaid); const fault = FAULTS[named] ?? {}; const r = open(request, 'Auth', facet);
  const key = model.keys.filter((k) => k.appID === r.appID).reverse().find((k) => accepts(r.message.policy, model, [b64(k.keyId)]));
  if (!key) return { error: 'NO_SUITABLE_AUTHENTICATOR' };
  const wanted = model.display === 'png' ? 'image/png' : 'text/plain';
  const shown = fault.drop ? undefined : r.message.transaction?.find((t) => t.contentType === wanted && (wanted === 'text/plain' || Object.keys(PNG).every((n) => t.tcDisplayPNGCharacteristics[n] === PNG[n])));
  if (r.message.transaction && !shown && !fault.drop) return { error: 'INVALID_TRANSACTION_CONTENT' };
  if (model.counters) model.signCounter += 1;
  const fc = finalChallenge(r, facet, fault, model.a);
  const content = shown && Buffer.from(shown.content, 'base64url');
  let data = [[T.aaid, Buffer.from(model.aaid)], [T.info, cat(u16(model.version), [shown ? MODES.confirmed : MODES.verified], u16(model.algorithm))], [T.nonce, randomBytes(8)], [T.challenge, fc.hash],
    [T.tx, shown ? digest(model.a, fault.transaction?.(content, shown.content) ?? content) : Buffer.alloc(0)], [T.keyId, key.keyId], [T.counters, u32(fault.counter?.() ?? model.signCounter)]];
  data = fault.data?.(data) ?? data;
  const element = tlv(T.signed, level(data)); const signed = fault.signed?.(element) ?? element;
  const s = sign(model.a, fault.key?.(model) ?? key.privateKey, signed);
  let outer = [[T.signed, level(data)], [T.sig, fault.signature?.(s) ?? s]]; outer = fault.outer?.(outer) ?? outer;
  return { response: respond(r, fc.text, tlv(T.auth, level(outer)), fault) };
}

function deregister({ aaid, request }) {
  const model = models.get(aaid); const r = open(request, 'Dereg', ''); const before = model.keys.length;
  model.keys = model.keys.filter((k) => !r.message.authenticators.some((d) => (d.aaid === '' || d.aaid.toUpperCase() === model.aaid.toUpperCase()) && (d.keyID === '' || d.keyID === b64(k.keyId)) && k.appID === r.appID));
  return { removed: before - model.keys.length, left: model.keys.length };
}

const DO = {
  model: (line) => ({ statement: makeModel(line) }), check: ({ request }) => ({ problems: checkRequest(request) }), register, authenticate, deregister,
  faults: () => ({ faults: Object.fromEntries(Object.entries(FAULTS).map(([n, f]) => [n, f.on])) }),
};
for await (const text of createInterface({ input: process.stdin })) {
  let answer; try { const line = JSON.parse(text); answer = DO[line.do](line); } catch (e) { answer = { error: String(e?.message ?? e) }; }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
