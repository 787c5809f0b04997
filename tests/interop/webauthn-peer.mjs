// An independent relying party: @simplewebauthn/server judges the answers that it is given, one JSON object a line.
//
//   node webauthn-peer.mjs            one line {"id", "verified", "error", …} for each line read
//   node webauthn-peer.mjs --bench S  verifies the same lines in turn for S seconds a kind and writes one line of figures
//
// A line: {id, kind: "registration" | "authentication", rpId, origin, challenge, userVerification?, userPresence?,
//          algorithms?, roots? [PEM], credential? {id, publicKey, counter}, response}. Binary values are base64url.
import { createInterface } from 'node:readline';
import { SettingsService, verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';

const formats = ['packed', 'tpm', 'android-key', 'android-safetynet', 'apple', 'fido-u2f'];

const verify = async (line) => {
  const common = {
    response: line.response, expectedChallenge: line.challenge, expectedOrigin: line.origin, expectedRPID: line.rpId,
    requireUserVerification: line.userVerification ?? true,
  };
  if (line.kind === 'registration') {
    return verifyRegistrationResponse({ ...common, requireUserPresence: line.userPresence ?? true, ...(line.algorithms ? { supportedAlgorithmIDs: line.algorithms } : {}) });
  }
  const { id, publicKey, counter } = line.credential;
  return verifyAuthenticationResponse({ ...common, credential: { id, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')), counter } });
};

const trust = (line) => {
  for (const identifier of formats) SettingsService.setRootCertificates({ identifier, certificates: line.roots ?? [] });
};

const judge = async (line) => {
  trust(line);
  try {
    const answer = await verify(line);
    return {
      id: line.id, verified: answer.verified, error: null, format: answer.registrationInfo?.fmt ?? null,
      counter: answer.authenticationInfo?.newCounter ?? answer.registrationInfo?.credential.counter ?? null,
    };
  } catch (e) {
    return { id: line.id, verified: false, error: e.message };
  }
};

const bench = async (lines, seconds) => {
  const figures = { peer: '@simplewebauthn/server', node: process.version };
  for (const kind of ['registration', 'authentication']) {
    const inputs = lines.filter((line) => line.kind === kind);
    if (inputs.length === 0) continue;
    trust(inputs[0]);
    const run = async (until, from) => {
      let done = from;
      while (performance.now() < until) {
        for (let i = 0; i < 16; i++, done++) {
          const answer = await verify(inputs[done % inputs.length]);
          if (!answer.verified) throw new Error(`${kind} ${inputs[done % inputs.length].id} is not verified`);
        }
      }
      return done;
    };
    const warm = await run(performance.now() + 300 * seconds, 0);
    const cpu = process.cpuUsage();
    const begun = performance.now();
    const done = (await run(begun + 1000 * seconds, warm)) - warm;
    const elapsed = performance.now() - begun;
    const { user, system } = process.cpuUsage(cpu);
    figures[kind] = {
      inputs: inputs.length, verified: done, microseconds: Math.round((elapsed * 1000) / done * 10) / 10,
      cpuMicroseconds: Math.round((user + system) / done * 10) / 10, perSecond: Math.round(done / elapsed * 1000),
    };
  }
  return figures;
};

const [option, value] = process.argv.slice(2);
const lines = [];
for await (const text of createInterface({ input: process.stdin })) {
  if (text.length === 0) continue;
  if (option === '--bench') lines.push(JSON.parse(text));
  else console.log(JSON.stringify(await judge(JSON.parse(text))));
}
if (option === '--bench') console.log(JSON.stringify(await bench(lines, Number(value ?? 3))));
