#!/usr/bin/env node
// Starts Atoll on a Node that can run it: this one from version 24 on, otherwise the one npm brought (ui/node).
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../dist/ui/main.js', import.meta.url));

if (!existsSync(main)) {
  fail(
    `Expected a build at ${main}, got none: run \`npm install\` in ${fileURLToPath(new URL('..', import.meta.url))}`,
  );
} else if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import('../dist/ui/main.js');
} else {
  const node = broughtNode();
  if (node) hand(node);
  else {
    fail(
      `Expected Node 24 or newer, got ${process.version}, and npm brought none for ${process.platform}-${process.arch}` +
        ' (optional packages left out?): run `npm install --include=optional`, or use a newer Node',
    );
  }
}

/** Path of the Node binary among the packages that ui/node/package.json names; undefined if npm left it out. */
function broughtNode() {
  const system = { linux: 'linux', darwin: 'darwin', win32: 'win' }[process.platform];
  const name = `node-${system}-${process.arch}/package.json`;
  const beside = createRequire(import.meta.url);
  for (const find of [() => beside, () => createRequire(beside.resolve('atoll-node/package.json'))]) {
    try {
      const binary = join(dirname(find().resolve(name)), 'bin', system === 'win' ? 'node.exe' : 'node');
      if (existsSync(binary)) return binary;
    } catch {
      // Not there: the next place, or none.
    }
  }
  return undefined;
}

/** The same command on another Node; the channel lets it notice when this process is killed outright. */
function hand(node) {
  const child = spawn(node, [main, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A terminal sends Ctrl-C to both; what is sent to this process alone is passed on.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  child.on('error', (error) => fail(`Expected ${node} to run, got ${error.message}`));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 1;
    if (signal) {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
  });
}

function fail(message) {
  process.stderr.write(`atoll: ${message}\n`);
  process.exitCode = 2;
}
