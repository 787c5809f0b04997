// Opens and makes encrypted tokens with the package jose. JSON lines in: {"jwe","pkcs8","alg","enc"} → {"payload","header"}; {"payload","jwk","alg","enc"} → {"jwe"}.
import { createInterface } from 'node:readline';
import { CompactEncrypt, compactDecrypt, importJWK, importPKCS8 } from 'jose';

for await (const line of createInterface({ input: process.stdin })) {
  const { jwe, pkcs8, payload, jwk, alg, enc } = JSON.parse(line);
  if (jwe) {
    const opened = await compactDecrypt(jwe, await importPKCS8(pkcs8, alg), { keyManagementAlgorithms: [alg], contentEncryptionAlgorithms: [enc] });
    console.log(JSON.stringify({ payload: new TextDecoder().decode(opened.plaintext), header: opened.protectedHeader }));
  } else {
    const made = await new CompactEncrypt(new TextEncoder().encode(payload)).setProtectedHeader({ alg, enc, kid: jwk.kid, cty: 'JWT' }).encrypt(await importJWK(jwk, alg));
    console.log(JSON.stringify({ jwe: made }));
  }
}
