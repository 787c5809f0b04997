// The recording of a run as a sequence diagram (Mermaid), values left out.
import { form, json } from './proxy.mjs';

const NAME = { 'patient-op': 'OP', 'doctor-op': 'OP1', 'health-record-api': 'API', phone: 'Phone', 'doctor-ehr': 'EHR' };
const from = (x) => (x.role === 'doctor-op' ? (/\/token|\/sign-in/.test(x.path) ? 'EHR' : /jwks|well-known/.test(x.path) ? 'EHR' : 'OP')
  : x.role === 'health-record-api' ? 'EHR' : x.role === 'phone' ? 'OP' : /introspect/.test(x.path) ? 'API' : /uaf|device/.test(x.path) ? 'Phone' : 'EHR');
const label = (x) => {
  const path = x.path.split('?')[0].replace(/\/device\/requests\/[^/]+/, '/device/requests/{id}').replace(/\/device\/consents\/[^/]+/, '/device/consents/{id}').replace(/\/fhir\/(\w+)\/[^/]+/, '/fhir/$1/{id}');
  const what = /\/bc-authorize|\/token|\/introspect/.test(path) ? ` (${Object.keys(form(x)).join(', ')})` : '';
  return `${x.method} ${path}${what}`;
};
const reply = (x) => {
  const type = x.response.headers['content-type'] ?? '';
  if (!/json/.test(type) || /introspection/.test(type)) return `${x.response.status} ${type.split(';')[0]}`.trim();
  const o = json(x.response); return `${x.response.status} ${o.error ?? (o.resourceType ? o.resourceType : Object.keys(o).slice(0, 8).join(', '))}`;
};

export function diagram(exchanges) {
  const seen = exchanges.filter((x) => x.response && !/well-known|jwks|facets|metadata$/.test(x.path) && x.role !== 'doctor-ehr' && !(x.role === 'phone' && x.method !== 'POST'));
  const folded = seen.filter((x, i) => !(i && label(x) === label(seen[i - 1]) && reply(x) === reply(seen[i - 1])));
  return ['```mermaid', 'sequenceDiagram', '    participant EHR as Doctor EHR (RP)', '    participant OP1 as Doctor OP', '    participant OP as Patient OP', '    participant Phone', '    participant API as Health data API',
    ...folded.flatMap((x) => [`    ${from(x)}->>${NAME[x.role]}: ${label(x)}`, `    ${NAME[x.role]}-->>${from(x)}: ${reply(x)}`]), '```', ''].join('\n');
}
