/**
 * Headless Chromium over the DevTools protocol: the browser that ATOLL_CHROMIUM names, or the first of the usual
 * names on PATH.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Path of a Chromium; undefined where there is none. */
export function findChromium(
  { ATOLL_CHROMIUM, PATH = '' }: NodeJS.ProcessEnv = process.env,
): string | undefined {
  if (ATOLL_CHROMIUM) return ATOLL_CHROMIUM;
  const places = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return places.find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** How a page is shown. */
export interface Look {
  /** In pixels. */
  readonly width: number;
  readonly dark: boolean;
}

/** What the browser observed of a page. */
export interface Seen {
  /** Errors and warnings of the console, violations of the policy among them. */
  readonly said: readonly string[];
  /** Addresses that were asked for, besides the page itself and data that it holds. */
  readonly requests: readonly string[];
  /** Pixels by which the page is wider than the screen. */
  readonly beyond: number;
  readonly scripts: number;
  /** Of the whole page, as PNG. */
  readonly shot: Buffer;
}

/** A headless browser. */
export interface Browser extends AsyncDisposable {
  see(file: string, look: Look): Promise<Seen>;
}

/** Starts a headless browser with a profile of its own. @throws Error when it does not start within 20 s. */
export async function openBrowser(path: string): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'atoll-browser-'));
  const flags = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
  const quiet = [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--hide-scrollbars',
  ];
  const child = spawn(path, [...flags, ...quiet, 'about:blank'], { stdio: 'ignore' });
  const close = async (): Promise<void> => {
    child.kill();
    await ended(child);
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    const line = await connect(await addressIn(profile, child));
    return {
      see: (file, look) => see(line, file, look),
      async [Symbol.asyncDispose]() {
        line.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function addressIn(profile: string, child: ChildProcess): Promise<string> {
  const file = join(profile, 'DevToolsActivePort');
  for (let waited = 0; waited < 20_000; waited += 50) {
    const [port, path] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (port && path) return `ws://127.0.0.1:${port}${path}`;
    if (child.exitCode !== null) break;
    await rest(50);
  }
  throw new Error('Expected a DevTools address within 20 s, got none');
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => child.once('close', () => done()));
}

type Params = Record<string, any>;

/** A connection to the browser: commands of the DevTools protocol, and its events. */
interface Line {
  send(method: string, params?: Params, session?: string): Promise<any>;
  hear: (session: string, method: string, params: Params) => void;
  close(): void;
}

async function connect(address: string): Promise<Line> {
  const socket = new WebSocket(address);
  await new Promise((opened, failed) => {
    socket.onopen = opened;
    socket.onerror = failed;
  });
  const waiting = new Map<number, { resolve(value: any): void; reject(error: Error): void }>();
  let last = 0;
  const line: Line = {
    send(method, params = {}, sessionId) {
      const id = ++last;
      socket.send(JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) }));
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
    hear: () => {},
    close: () => socket.close(),
  };
  socket.onmessage = ({ data }) => {
    const { id, result, error, method, params, sessionId } = JSON.parse(String(data));
    if (id === undefined) return line.hear(sessionId ?? '', method, params);
    const { resolve, reject } = waiting.get(id)!;
    waiting.delete(id);
    if (error) reject(new Error(error.message));
    else resolve(result);
  };
  return line;
}

async function see(line: Line, file: string, { width, dark }: Look): Promise<Seen> {
  const { targetId } = await line.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await line.send('Target.attachToTarget', { targetId, flatten: true });
  const send = (method: string, params?: Params): Promise<any> => line.send(method, params, sessionId);
  const url = pathToFileURL(resolve(file)).href;
  const said: string[] = [];
  const requests: string[] = [];
  const loaded = Promise.withResolvers<void>();
  line.hear = (session, method, params) => {
    if (session !== sessionId) return;
    if (method === 'Log.entryAdded') said.push(`${params.entry.level}: ${params.entry.text}`);
    if (method === 'Runtime.consoleAPICalled') said.push(`${params.type}: ${JSON.stringify(params.args)}`);
    if (method === 'Runtime.exceptionThrown') said.push(`exception: ${params.exceptionDetails.text}`);
    const asked = method === 'Network.requestWillBeSent' ? (params.request.url as string) : undefined;
    if (asked !== undefined && asked !== url && !asked.startsWith('data:')) requests.push(asked);
    if (method === 'Page.loadEventFired') loaded.resolve();
  };
  for (const domain of ['Log', 'Runtime', 'Network', 'Page']) await send(`${domain}.enable`);
  await send('Emulation.setDeviceMetricsOverride', {
    width,
    height: 900,
    deviceScaleFactor: 1,
    mobile: width < 600,
  });
  await send('Emulation.setEmulatedMedia', {
    features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }],
  });
  await send('Page.navigate', { url });
  await loaded.promise;
  const tell = async (expression: string): Promise<number> =>
    (await send('Runtime.evaluate', { expression })).result.value;
  const beyond = await tell('document.documentElement.scrollWidth - innerWidth');
  const scripts = await tell('document.scripts.length');
  // Requests that start after the load event have started by then.
  await rest(200);
  const { data } = await send('Page.captureScreenshot', { captureBeyondViewport: true, format: 'png' });
  await line.send('Target.closeTarget', { targetId });
  return { said, requests, beyond, scripts, shot: Buffer.from(data, 'base64') };
}

/** A desktop and a phone, light and dark. */
export const looks: readonly Look[] = [1280, 390].flatMap((width) => [
  { width, dark: false },
  { width, dark: true },
]);
