import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Whether there is a tmux to test with. */
export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

/** Milliseconds that anything on a screen may take to come: the machine may be busy with other things. */
const patience = 60_000;

/** A real terminal of some size with one command in it; gone once it is disposed of. */
export interface Pty extends AsyncDisposable {
  /** Presses keys by tmux's names, or types a text. */
  press(...keys: readonly string[]): void;
  type(text: string): void;
  /** What is seen, row by row; `coloured`: with escapes. */
  rows(coloured?: boolean): string[];
  /** What is seen once it matches. @throws where it does not in time, with what is seen instead */
  until(pattern: RegExp): Promise<string[]>;
  resize(columns: number, rows: number): void;
  /** Waits for the command to end. */
  ended(): Promise<Ended>;
}

export interface Ended {
  readonly status: number;
  /** How the terminal is set (stty -a but for its size), before and after. */
  readonly before: string;
  readonly after: string;
  /** tmux's word on it: the other buffer is on, the cursor is shown, lines wrap. */
  readonly flags: string;
}

/** Starts a command in a terminal. `env`: what is set for it beside what this process has. */
export function openPty(
  command: readonly string[],
  { columns, rows, env = {} }: { columns: number; rows: number; env?: Record<string, string> },
): Pty {
  const folder = mkdtempSync(join(tmpdir(), 'atoll-pty-'));
  const socket = join(folder, 'tmux');
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], { encoding: 'utf8', env: terminal });
  const terminal = { ...process.env, ...env, LANG: env.LANG ?? 'C.UTF-8', TMUX: '' };
  const file = (name: string): string => join(folder, name);
  const quoted = command.map((each) => `'${each.replaceAll("'", `'\\''`)}'`).join(' ');
  const settings = Object.entries(env).map(([name, value]) => `${name}='${value}'`);
  const clean = [
    'env',
    '-u',
    'CI',
    '-u',
    'NO_COLOR',
    '-u',
    'FORCE_COLOR',
    `LANG=${terminal.LANG}`,
    ...settings,
  ];
  const script =
    `stty -a > ${file('before')}; ${clean.join(' ')} ${quoted}; echo $? > ${file('code')}; ` +
    `stty -a > ${file('after')}; mv ${file('code')} ${file('status')}; exec sleep 600`;
  tmux('new-session', '-d', '-s', 'a', '-x', String(columns), '-y', String(rows), 'sh', '-c', script);
  const until = async <T>(look: () => T | undefined, otherwise: () => string): Promise<T> => {
    for (const start = Date.now(); ; await setTimeout(30)) {
      const found = look();
      if (found !== undefined) return found;
      if (Date.now() - start > patience) throw new Error(otherwise());
    }
  };
  const captured = (coloured = false): string[] =>
    tmux('capture-pane', '-p', '-t', 'a', ...(coloured ? ['-e'] : []))
      .replace(/\n$/, '')
      .split('\n');
  return {
    press: (...keys) => void tmux('send-keys', '-t', 'a', ...keys),
    type: (text) => void tmux('send-keys', '-t', 'a', '-l', text),
    rows: captured,
    until: (pattern) =>
      until(
        () => {
          const rows = captured();
          return pattern.test(rows.join('\n')) ? rows : undefined;
        },
        () => `Expected to see ${pattern}, got\n${captured().join('\n')}`,
      ),
    resize: (wide, tall) => void tmux('resize-window', '-t', 'a', '-x', String(wide), '-y', String(tall)),
    ended: async () => {
      const read = (name: string): string | undefined => {
        try {
          return readFileSync(file(name), 'utf8');
        } catch {
          return undefined;
        }
      };
      const status = await until(
        () => read('status'),
        () => `Expected ${command.join(' ')} to end, got\n${captured().join('\n')}`,
      );
      const flags = tmux(
        'display-message',
        '-p',
        '-t',
        'a',
        '#{alternate_on} #{cursor_flag} #{wrap_flag}',
      ).trim();
      // Its size is the window's affair.
      const stty = (name: string): string => read(name)!.replace(/rows \d+; columns \d+; /, '');
      return { status: Number(status), before: stty('before'), after: stty('after'), flags };
    },
    async [Symbol.asyncDispose]() {
      spawnSync('tmux', ['-S', socket, 'kill-server']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
