import type { Key as InkKey } from 'ink';
import { output } from '../text/output.ts';
import type { Key } from './keys.ts';

/** The terminal while a screen has it: another buffer, raw input, no cursor. */
export interface Mount {
  /** Gives the terminal back as it was, at once; again: nothing. */
  unmount(): void;
}

/** Where nothing wraps, so that a character of another width than thought of spoils its own row only; no cursor. */
const [enter, leave] = ['\u001b[?7l\u001b[?25l\u001b[2J', '\u001b[0m\u001b[?7h\u001b[?25h'];

/** Texts for stderr that are kept back while the screen is up. */
const mostHeld = 1000;

/**
 * Takes the terminal for a screen with ink, which reads keys, keeps the other buffer and gives all back however the
 * process ends. What is painted goes past it (docs/decisions/0010-screen.md). What others write to stderr meanwhile is
 * held back until the terminal is given back.
 */
export async function mount(onKey: (key: Key) => void): Promise<Mount> {
  const { createElement, render, useInput } = await load();
  const Keys = (): null => {
    useInput((input, key) => {
      for (const read of keysOf(input, key)) onKey(read);
    });
    return null;
  };
  const { write } = process.stderr;
  const held: string[] = [];
  let mounted = true;
  const app = render(createElement(Keys), {
    stdout: output.stream,
    alternateScreen: true,
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
    isScreenReaderEnabled: false,
  });
  output.write(enter);
  process.stderr.write = (text: string | Uint8Array, ...rest: unknown[]) => {
    held.push(typeof text === 'string' ? text : Buffer.from(text).toString());
    if (held.length > mostHeld) held.shift();
    const done = rest.at(-1);
    if (typeof done === 'function') process.nextTick(done as () => void);
    return true;
  };
  const unmount = (): void => {
    if (!mounted) return;
    mounted = false;
    process.off('uncaughtExceptionMonitor', unmount);
    process.off('exit', unmount);
    output.write(leave);
    app.unmount();
    // React lets go of the keyboard a moment later, and there may be no later.
    if (process.stdin.isTTY) process.stdin.setRawMode(false);
    process.stderr.write = write;
    if (held.length > 0) process.stderr.write(held.join(''));
  };
  // Before the error is printed, which would be lost on the other buffer.
  process.prependListener('uncaughtExceptionMonitor', unmount);
  process.prependListener('exit', unmount);
  return { unmount };
}

/** React as it is in production, wherever this runs: its other build keeps records of every frame. */
async function load() {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    const [{ createElement }, { render, useInput }] = await Promise.all([import('react'), import('ink')]);
    return { createElement, render, useInput };
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

/** A key by our names; none for one that we know nothing of. */
export function keysOf(input: string, key: Partial<InkKey>): Key[] {
  const named = nameOf(input, key);
  if (named !== undefined) return [named];
  if (key.ctrl || input === '') return [];
  // Escape and a character that came at once look like one key; there is none such here.
  return key.meta ? ['escape', { typed: input }] : [{ typed: input }];
}

function nameOf(input: string, key: Partial<InkKey>): Key | undefined {
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.leftArrow) return 'left';
  if (key.rightArrow) return 'right';
  if (key.pageUp) return 'pageup';
  if (key.pageDown) return 'pagedown';
  if (key.home) return 'home';
  if (key.end) return 'end';
  if (key.return) return 'enter';
  if (key.escape) return 'escape';
  if (key.tab) return key.shift ? 'backtab' : 'tab';
  // What a terminal sends for the key above Enter is called delete by some.
  if (key.backspace || key.delete) return 'backspace';
  if (key.ctrl && input === 'c') return 'ctrl-c';
  if (key.ctrl && input === 'l') return 'ctrl-l';
  return undefined;
}
