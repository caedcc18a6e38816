import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';

const open = new URL('../../../core/models/open.ts', import.meta.url).href;

/** Which hosts a proxy was asked for, by a process with that environment that asks a model behind each of two addresses. */
async function proxied(env: Record<string, string>): Promise<string[]> {
  const seen = new Set<string>();
  const proxy = createServer((request, response) => {
    seen.add(new URL(request.url!).host);
    response.writeHead(500).end();
  });
  proxy.on('connect', (request, socket) => {
    seen.add(request.url!);
    socket.end('HTTP/1.1 502 no\r\n\r\n');
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const script = `
    const { openModel } = await import(${JSON.stringify(open)});
    for (const url of ['http://plain.invalid/v1', 'https://safe.invalid/v1']) {
      await using model = await openModel('compatible:m@' + url, {});
      await model.ask([{ role: 'user', text: 'x' }], new AbortController().signal);
    }`;
  const filled = Object.entries(env).map(([name, value]) => [name, value.replace('PROXY', address)]);
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { PATH: process.env.PATH, ...Object.fromEntries(filled) },
    stdio: 'inherit',
  });
  const [code] = await once(child, 'close');
  assert.equal(code, 0);
  await new Promise((closed) => proxy.close(closed));
  return [...seen].sort();
}

test('a proxy is used where NODE_USE_ENV_PROXY asks for it, and only there, as docs/models.md has it', async () => {
  const both = { HTTP_PROXY: 'PROXY', HTTPS_PROXY: 'PROXY' };
  const on = { NODE_USE_ENV_PROXY: '1' };
  assert.deepEqual(await proxied(both), []);
  assert.deepEqual(await proxied({ ...on, ...both }), ['plain.invalid:80', 'safe.invalid:443']);
  assert.deepEqual(await proxied({ ...on, ...both, NO_PROXY: 'plain.invalid' }), ['safe.invalid:443']);
  assert.deepEqual(await proxied({ ...on, HTTP_PROXY: 'PROXY' }), ['plain.invalid:80', 'safe.invalid:443']);
});
