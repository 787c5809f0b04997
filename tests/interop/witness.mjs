// The wire witness: starts the main job with itself as the only route between the servers, re-verifies what went over the wire, then repeats the run once per leg with one change.
//
//   node witness.mjs MAIN_JOB_DLL [--only TEXT] [--record FILE]
//
// Prints one line a check and closes with "N passed, N failed". Loopback only.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Recorder } from './lib/proxy.mjs';
import { verifyRun } from './lib/checks.mjs';
import { CHANGES } from './lib/changes.mjs';
import { diagram } from './lib/diagram.mjs';

const [dll, ...flags] = process.argv.slice(2);
if (!dll) { console.error('usage: node witness.mjs MAIN_JOB_DLL [--only TEXT] [--record FILE]'); process.exit(2); }
const flag = (name) => { const i = flags.indexOf(name); return i < 0 ? undefined : flags[i + 1]; };
const ROLES = ['patient-op', 'doctor-op', 'health-record-api', 'doctor-ehr', 'phone'];
const freePort = () => new Promise((ok) => { const s = createServer(); s.listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => ok(port)); }); });

async function run(change) {
  const folder = mkdtempSync(join(tmpdir(), 'medid-witness-'));
  const recorder = new Recorder(change);
  try {
    const route = {}; const publicUrls = {};
    for (const role of ROLES) {
      const listen = await freePort(); const visible = await freePort();
      route[role] = { listen: `http://127.0.0.1:${listen}`, public: `http://127.0.0.1:${visible}` }; publicUrls[role] = route[role].public;
      await recorder.open(role, visible, () => route[role].listen);
    }
    writeFileSync(join(folder, 'route.json'), JSON.stringify(route));
    const job = spawn('dotnet', [dll, '--json', '--route', join(folder, 'route.json'), '--keep', join(folder, 'kept')], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = ''; let err = ''; job.stdout.on('data', (c) => { out += c; }); job.stderr.on('data', (c) => { err += c; });
    const timer = setTimeout(() => job.kill('SIGTERM'), 120_000);
    const exit = await new Promise((ok) => job.on('close', ok)); clearTimeout(timer);
    const lines = out.split('\n').filter(Boolean).map((l) => { try { return JSON.parse(l); } catch { return { raw: l }; } });
    const clients = JSON.parse(readFileSync(join(folder, 'kept', 'patient-op-clients.json'), 'utf8'));
    return { exit, lines, err, clients, publicUrls, exchanges: recorder.exchanges, changed: recorder.changed };
  } finally { recorder.close(); rmSync(folder, { recursive: true, force: true }); }
}

let passed = 0; let failed = 0;
const say = (ok, text) => { if (ok) passed++; else failed++; console.log(`${ok ? 'ok  ' : 'FAIL'} ${text}`); };
const only = flag('--only');

if (!only || only === "unchanged") {
  const good = await run();
  say(good.exit === 0, `the unchanged run ends well (exit ${good.exit})`);
  if (good.exit !== 0) console.log(good.err.slice(-2000), JSON.stringify(good.lines.filter((l) => l.ok === false), null, 1));
  else {
    for (const r of await verifyRun(good)) say(r.ok, r.ok ? r.name : `${r.name}: ${r.why}`);
    if (flag('--record')) writeFileSync(flag('--record'), diagram(good.exchanges));
  }
}
for (const change of CHANGES.filter((c) => !only || c.leg.includes(only))) {
  const r = await run(change);
  const failure = r.lines.find((l) => l.ok === false && l.step !== null && l.step !== undefined);
  const codes = new Set([failure?.detail?.code, ...r.lines.flatMap((l) => (l.detail?.reports ?? []).filter((p) => !p.ok).map((p) => p.code))]);
  const ok = r.exit !== 0 && r.changed > 0 && failure?.step === change.step && codes.has(change.code);
  say(ok, `${change.leg}: ${ok ? `ends at step ${change.step} with ${change.code}` : `expected step ${change.step} ${change.code}; exit ${r.exit}, changed ${r.changed}, step ${failure?.step}, ${[...codes].join(' ')} ${failure?.detail?.message ?? ''}`}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
