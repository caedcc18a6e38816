import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventsOf } from '../../../core/journal/lookup.ts';
import { readJournal } from '../../../core/journal/segments.ts';
import type { Event, Opened } from '../../../core/search/event.ts';
import type { Facts } from '../../../ui/facts/facts.ts';
import { applyToFacts } from '../../../ui/facts/fold.ts';
import { openFacts } from '../../../ui/facts/open.ts';
import { count } from '../../../ui/text/words.ts';
import { hasTmux, openPty, type Pty } from './tmux.ts';

const skip = hasTmux ? false : 'tmux is missing';
const folder = mkdtempSync(join(tmpdir(), 'atoll-screen-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const node = [process.execPath, '--no-node-snapshot', '--no-turboshaft-loop-unrolling'];
const atoll = (...args: string[]): string[] => [...node, path('../../../ui/main.ts'), ...args];
const searching = (dir: string, ...rest: string[]): string[] =>
  atoll(
    'run',
    'bin-packing-or3',
    '--seed',
    '7',
    '--workers',
    '1',
    '--evaluations',
    '100000',
    '--dir',
    dir,
    ...rest,
  );
const play = (...args: string[]): string[] => [...node, path('../../fixtures/play.ts'), ...args];
const sizes = [
  [80, 24],
  [120, 40],
  [200, 60],
] as const;

/** What the journal on disk says. */
async function factsIn(dir: string): Promise<Facts> {
  let facts: Facts | undefined;
  for await (const event of readJournal(dir)) {
    if (event.type === 'opened') facts = openFacts(event);
    else applyToFacts(facts!, event as Exclude<Event, Opened>);
  }
  return facts!;
}

/** Every frame whole: as wide as the terminal, nothing of another frame beside it. */
function whole(rows: readonly string[], columns: number): void {
  assert.match(rows[0]!, /^ atoll {2}/);
  const top = rows.filter((row) => row.startsWith('╭'));
  const bottom = rows.filter((row) => row.startsWith('╰'));
  assert.ok(top.length > 0 && top.length === bottom.length, rows.join('\n'));
  for (const row of [...top, ...bottom]) assert.equal([...row].length, columns, row);
}

async function paused(pty: Pty): Promise<string[]> {
  await pty.until(/running/);
  pty.press('p');
  await pty.until(/paused/);
  // Those running finish.
  pty.press('6');
  const rows = await pty.until(
    /^(?![\s\S]*\b(?:running|proposing|asking|screening|evaluating|settling)\b)[\s\S]*paused[\s\S]*6 workers[\s\S]*free/,
  );
  pty.press('0');
  return rows;
}

describe('on a real terminal', { skip, concurrency: 2 }, () => {
  for (const [columns, rows] of sizes) {
    test(`at ${columns}x${rows} the numbers are those of the journal, also in watch beside it`, {
      skip,
    }, async () => {
      const dir = join(folder, `run-${columns}`);
      await using pty = openPty(searching(dir), { columns, rows });
      await pty.until(/\s[1-9]\d* evaluations/);
      await paused(pty);
      const facts = await factsIn(dir);
      await using beside = openPty(atoll('watch', dir), { columns, rows, env: { NO_COLOR: '1' } });
      await beside.until(/read only/);
      for (const screen of [pty, beside]) {
        const leader = new RegExp(`${facts.leaders[0]!.id} +${(-facts.leaders[0]!.score).toFixed(3)} % `);
        const evaluations = new RegExp(`^ *${count(facts.counts.evaluations)} evaluations `);
        await screen.until(leader);
        const seen = await screen.until(new RegExp(evaluations, 'm'));
        whole(seen, columns);
        assert.match(seen[0]!, /bin-packing-or3/);
        const best = `${(-facts.best.score).toFixed(3)} % excess by ${facts.best.id}`;
        assert.ok(seen[1]!.includes(best), seen[1]);
        assert.match(seen[2]!, evaluations);
        assert.match(seen.join('\n'), leader);
        screen.press('5');
        const pulls = facts.arms[0]!.funnel;
        const line = `constants +${count(pulls.proposed)} +${count(pulls.parsed)} +${count(pulls.novel)} +`;
        await screen.until(new RegExp(line));
        screen.press('0');
      }
      assert.doesNotMatch(beside.rows(true).join(''), /\[[\d;]*3[0-8]/, 'NO_COLOR');
      assert.match(pty.rows(true).join(''), /38;5;|\[3\dm|\[0;3\d/);
      beside.press('p');
      await beside.until(/Read only/);
      beside.press('q');
      assert.equal((await beside.ended()).status, 0);
      await opensBest(pty, dir, facts);
      await resizes(pty);
      // A budget that is used up already ends the search.
      pty.press('Escape');
      pty.press('b');
      await pty.until(/Budget/);
      pty.type('evaluations 1');
      pty.press('Enter');
      pty.press('p');
      const end = await pty.ended();
      assert.deepEqual([end.status, end.after, end.flags], [0, end.before, '0 1 1']);
      const last = pty.rows().join('\n');
      assert.match(last, /Ended: all evaluations are used/);
      assert.ok(last.includes(`by ${facts.best.id}`), last);
    });
  }

  /** Opens the first leader: its source is the journal's, its parents can be walked to. */
  async function opensBest(pty: Pty, dir: string, facts: Facts): Promise<void> {
    const [{ id, trial, parents }] = facts.leaders as [Facts['leaders'][0]];
    pty.press('2', 'g', 'Enter');
    await pty.until(new RegExp(`╭─ program[^\n]*\n│ ${id}`));
    if (trial > 0) {
      const proposed = (await eventsOf(dir, trial)).find((event) => event.type === 'proposed');
      assert.ok(proposed && 'source' in proposed);
      const [, line] = proposed.source['program.js']!.split('\n');
      await pty.until(new RegExp(` 2 ${line!.replace(/[^\w ]/g, '.').trimEnd()}`));
      pty.press('2');
      await pty.until(new RegExp(`- ${parents[0]} +\\+ ${id}`));
      pty.press('3');
      await pty.until(/case +score +parent/);
      pty.press('Left');
      await pty.until(new RegExp(`│ ${parents[0]} .*come from ${id}`));
    }
  }

  /** Any size, one after the other and one in the other: each screen is whole. */
  async function resizes(pty: Pty): Promise<void> {
    pty.press('Escape', '0');
    for (const [columns, rows] of [
      [100, 30],
      [30, 8],
      [160, 50],
      [80, 24],
    ] as const) {
      pty.resize(columns, rows);
      if (columns < 40) {
        await pty.until(/is too small/);
        continue;
      }
      await pty.until(new RegExp(`^ atoll[\\s\\S]*\n╰[^\n]{${columns - 2}}╯\n[^\n]*$`));
      whole(pty.rows(), columns);
    }
  }

  const restored = async (pty: Pty, status: number): Promise<void> => {
    const end = await pty.ended();
    assert.deepEqual(
      [end.status, end.after, end.flags],
      [status, end.before, '0 1 1'],
      pty.rows().join('\n'),
    );
  };
  const engine = (dir: string): number => JSON.parse(readFileSync(join(dir, 'lock'), 'utf8')).pid;

  for (const [how, leave] of Object.entries({
    'q and y': async (pty: Pty) => {
      pty.press('q');
      await pty.until(/Stop now\?/);
      pty.press('y');
    },
    'Ctrl-C': async (pty: Pty) => pty.press('C-c'),
    'kill -TERM': async (_: Pty, dir: string) => process.kill(engine(dir), 'SIGTERM'),
  })) {
    test(`${how} gives the terminal back as it was, keeps the last lines, and can be resumed`, {
      skip,
    }, async () => {
      const dir = join(folder, how.replace(/\W/g, '-'));
      await using pty = openPty(searching(dir), { columns: 100, rows: 40 });
      await pty.until(/\s[1-9]\d* evaluations/);
      await leave(pty, dir);
      await restored(pty, 130);
      assert.match(pty.rows().join('\n'), /Ended: interrupted[\s\S]*To continue +atoll resume/);
    });
  }

  test('n leaves a note in the journal; s asks, then finishes what is running and ends, to be resumed', async () => {
    const dir = join(folder, 'graceful');
    await using pty = openPty(searching(dir), { columns: 100, rows: 40 });
    await pty.until(/\s[1-9]\d* evaluations/);
    pty.press('n');
    await pty.until(/Note to the models/);
    pty.type('try the room left');
    pty.press('Enter');
    await pty.until(/Note: try the room left/);
    pty.press('s');
    await pty.until(/Stop\?/);
    pty.press('y');
    await restored(pty, 130);
    const facts = await factsIn(dir);
    assert.deepEqual([facts.pending, facts.counts.begun], [[], facts.counts.settled]);
    assert.deepEqual(facts.notes, ['try the room left']);
  });

  test('an error out of nowhere is printed on a terminal that is as it was', async () => {
    const report = join(folder, 'crash.json');
    await using pty = openPty(play(report, 'screen', '1000', '60', 'crash'), { columns: 80, rows: 24 });
    await restored(pty, 1);
    assert.match(pty.rows().join('\n'), /Error: out of nowhere/);
  });

  test('a screen that cannot be painted is given up, and the search goes on to its end', async () => {
    const report = join(folder, 'spoil.json');
    await using pty = openPty(play(report, 'screen', '100', '2', 'spoil'), { columns: 80, rows: 40 });
    await restored(pty, 130);
    assert.match(
      pty.rows().join('\n'),
      /the search continues: Error: cannot be told[\s\S]*Ended: interrupted/,
    );
  });

  test('under 1,000 events a second every key is answered while the events come', async () => {
    const report = join(folder, 'keys.json');
    await using pty = openPty(play(report, 'screen', '1000', '600'), { columns: 120, rows: 40 });
    await pty.until(/running/);
    // How soon is what bench/screen.ts measures, on a machine that does nothing else.
    for (let i = 0; i < 10; i++) {
      pty.press('?');
      await pty.until(/go to a pane/);
      pty.press('Escape');
      await pty.until(/^(?![\s\S]*go to a pane)/);
    }
    pty.press('C-c');
    await pty.ended();
    const { told } = JSON.parse(readFileSync(report, 'utf8')) as { told: number };
    assert.ok(told > 0, `${told} events`);
  });

  test('a dumb terminal, CI and --plain get the log, and nothing of a screen', async () => {
    const plain = async (name: string, env: Record<string, string>, ...rest: string[]): Promise<void> => {
      const command = atoll(
        'run',
        'bin-packing-or3',
        '--evaluations',
        '5',
        '--dir',
        join(folder, name),
        ...rest,
      );
      await using pty = openPty(command, { columns: 80, rows: 40, env });
      assert.equal((await pty.ended()).status, 0);
      assert.match(
        pty.rows().join('\n'),
        /bin-packing-or3: random seed 1[\s\S]*Ended: all evaluations are used/,
      );
    };
    await Promise.all([
      plain('dumb', { TERM: 'dumb' }),
      plain('ci', { CI: '1' }),
      plain('plain', {}, '--plain'),
    ]);
  });
});
