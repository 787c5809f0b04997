// A recording reverse proxy: the only route between the servers of a run. It can change one exchange.
import { createServer, request as forward } from 'node:http';

export class Recorder {
  constructor(change) { this.exchanges = []; this.change = change; this.changed = 0; this.servers = []; }

  async open(role, port, target) {
    const server = createServer((req, res) => this.#pass(role, target(), req, res).catch(() => { if (!res.headersSent) res.writeHead(502); res.end(); }));
    server.keepAliveTimeout = 1000;
    await new Promise((ok, bad) => { server.once('error', bad); server.listen(port, '127.0.0.1', ok); });
    this.servers.push(server);
  }

  close() { for (const s of this.servers) { s.closeAllConnections(); s.close(); } }

  async #pass(role, target, req, res) {
    const parts = []; for await (const c of req) parts.push(c);
    const x = { n: this.exchanges.length, role, method: req.method, path: req.url, request: { headers: req.headers, body: Buffer.concat(parts) }, at: Date.now(), asked: performance.now() };
    this.exchanges.push(x);
    const changesRequest = this.#applies(x, 'request');
    // A change that answers false has not found its place yet (a poll that is still pending): the next exchange is tried.
    if (changesRequest && this.change.request(x.request) !== false) this.changed++;
    const answer = await this.#send(target, x);
    x.response = answer; x.answered = performance.now();
    if (this.#applies(x, 'response') && this.change.response(x.response) !== false) this.changed++;
    const headers = { ...x.response.headers };
    delete headers['transfer-encoding']; delete headers.connection; delete headers['keep-alive'];
    headers['content-length'] = x.response.body.length;
    if (x.response.status === 204) delete headers['content-length'];
    res.writeHead(x.response.status, headers);
    res.end(x.response.status === 204 ? undefined : x.response.body);
  }

  #applies(x, side) {
    return this.change?.[side] && !this.changed && this.change.role === x.role && this.change.method === x.method && this.change.path.test(x.path.split('?')[0])
      && (!this.change.when || this.change.when(x, this.exchanges));
  }

  #send(target, x) {
    return new Promise((ok, bad) => {
      const to = new URL(target);
      const headers = { ...x.request.headers, 'content-length': x.request.body.length };
      delete headers['transfer-encoding']; delete headers.connection; delete headers.expect;
      if (x.method === 'GET' && !x.request.body.length) delete headers['content-length'];
      const r = forward({ host: to.hostname, port: to.port, method: x.method, path: x.path, headers, agent: false }, (m) => {
        const parts = []; m.on('data', (c) => parts.push(c)); m.on('end', () => ok({ status: m.statusCode, headers: m.headers, body: Buffer.concat(parts) })); m.on('error', bad);
      });
      r.on('error', bad); r.end(x.request.body);
    });
  }
}

export const form = (x) => Object.fromEntries(new URLSearchParams(x.request.body.toString('utf8')));
export const json = (side) => JSON.parse(side.body.toString('utf8'));
