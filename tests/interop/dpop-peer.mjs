// DPoP proofs by others (npm jose): verifies those on standard input, and signs its own by every algorithm.
//
//   node dpop-peer.mjs     standard input is one JSON object
//                          {"proofs":[…],"method","uri","iat","token"}
//
// Prints one JSON object {"verified":[{"jkt","alg","htm","htu","iat","ath"}],"made":[{"alg","proof","jkt"}]} and ends. A proof that does not verify ends it with a failure.
import { createHash } from 'node:crypto';
import * as jose from 'jose';

const parts = [];
for await (const chunk of process.stdin) parts.push(chunk);
const { proofs, method, uri, iat, token } = JSON.parse(Buffer.concat(parts).toString('utf8'));
const ath = createHash('sha256').update(token, 'ascii').digest('base64url');

const verified = [];
for (const proof of proofs) {
  const { payload, protectedHeader } = await jose.jwtVerify(proof, jose.EmbeddedJWK, { typ: 'dpop+jwt', requiredClaims: ['jti', 'htm', 'htu', 'iat'], currentDate: new Date(iat * 1000), maxTokenAge: 60 });
  if ('d' in protectedHeader.jwk) throw new Error('a private key');
  if (payload.ath !== ath) throw new Error('ath');
  verified.push({ jkt: await jose.calculateJwkThumbprint(protectedHeader.jwk), alg: protectedHeader.alg, htm: payload.htm, htu: payload.htu, iat: payload.iat, ath: payload.ath });
}

const made = [];
for (const alg of ['ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'EdDSA', 'Ed25519']) {
  const { publicKey, privateKey } = await jose.generateKeyPair(alg, { extractable: true });
  const jwk = await jose.exportJWK(publicKey);
  const proof = await new jose.SignJWT({ htm: method, htu: uri, ath }).setJti(`jose-${alg}`).setIssuedAt(iat).setProtectedHeader({ typ: 'dpop+jwt', alg, jwk }).sign(privateKey);
  made.push({ alg, proof, jkt: await jose.calculateJwkThumbprint(jwk) });
}
console.log(JSON.stringify({ verified, made }));
