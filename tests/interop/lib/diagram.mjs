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
  const pending = (x) => x.path === '/token' && /authorization_pending|slow_down/.test(x.response.body.toString());
  const folded = seen.filter((x, i) => !(i && pending(x) && seen.slice(0, i).some(pending)));
  const events = folded.flatMap((x) => [{ at: x.asked, line: `    ${from(x)}->>${NAME[x.role]}: ${label(x)}` }, { at: x.answered, line: `    ${NAME[x.role]}-->>${from(x)}: ${reply(x)}` }]).sort((a, b) => a.at - b.at);
  return ['# One walk, as the wire witness recorded it', '', 'Written by `node witness.mjs MAIN_JOB_DLL --only unchanged --record FILE` in `tests/interop`; values are left out, discovery, keys and waiting polls folded. What each line has to hold is said in [walk.md](walk.md).', '', '```mermaid', 'sequenceDiagram', '    participant EHR as Doctor EHR (RP)', '    participant OP1 as Doctor OP', '    participant OP as Patient OP', '    participant Phone', '    participant API as Health data API',
    ...events.map((e) => e.line), '```', ''].join('\n');
}
