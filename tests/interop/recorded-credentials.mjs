// What real authenticators answered to somebody else's relying party, as the package fido2-helpers (MIT) publishes it: one JSON object a line.
//
//   {name, kind: "registration" | "authentication", rpId, origin, challenge, response, publicKey?}
//
// The challenge and the origin are those that the client bound; the RP ID is the origin's host (an old Android client bound the host alone).
import helpers from 'fido2-helpers';

const recorded = helpers.lib;
const text = (bytes) => Buffer.from(bytes).toString('base64url');
const line = (name, kind, message) => {
  const { origin, challenge } = JSON.parse(Buffer.from(message.response.clientDataJSON).toString('utf8'));
  const { clientDataJSON, attestationObject, authenticatorData, signature, userHandle } = message.response;
  const id = text(message.rawId ?? message.id);
  const response = kind === 'registration'
    ? { clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject) }
    : { clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature), ...(userHandle?.byteLength ? { userHandle: text(userHandle) } : {}) };
  return { name, kind, rpId: URL.canParse(origin) ? new URL(origin).hostname : origin, origin, challenge: challenge.replace(/=+$/, ''), response: { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response } };
};

for (const [name, message] of Object.entries(recorded)) {
  if (message?.response?.attestationObject) console.log(JSON.stringify(line(name, 'registration', message)));
}
console.log(JSON.stringify({ ...line('assertionResponse', 'authentication', recorded.assertionResponse), publicKey: recorded.assnPublicKey }));
console.log(JSON.stringify({ ...line('assertionResponseWindowsHello', 'authentication', recorded.assertionResponseWindowsHello), publicKey: recorded.assnPublicKeyWindowsHello }));
