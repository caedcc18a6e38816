import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { frame } from '../../../ui/screen/frame.ts';
import { typed } from '../../../ui/screen/glyphs.ts';
import { seated } from '../../../ui/screen/panes/workers.ts';
import type { FrameInput, Size } from '../../../ui/screen/scene.ts';
import { textOf, width } from '../../../ui/screen/text.ts';
import { axes, panes, tabs } from '../../../ui/screen/view.ts';
import { sceneAfter, seen } from './scenes.ts';

const sizes = {
  small: { columns: 80, rows: 24 },
  middle: { columns: 120, rows: 40 },
  large: { columns: 200, rows: 60 },
};

const folder = new URL('../../fixtures/screens/', import.meta.url);
const golden = (name: string, screens: readonly string[]): void => {
  const text = `${screens.map((each) => each.replace(/ +$/gm, '')).join('\n\n')}\n`;
  const file = new URL(`${name}.txt`, folder);
  if (process.env.ATOLL_GOLDEN === 'write') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  }
  assert.equal(text, readFileSync(file, 'utf8'), 'ATOLL_GOLDEN=write npm test writes the golden files again');
};

const scene = sceneAfter(500);
const looking = (view: Partial<FrameInput['view']>): FrameInput => ({
  ...scene,
  view: { ...scene.view, ...view },
});
const best = scene.facts.best.id;

test('80 columns and 24 rows show a summary, and each pane on a page of its own', () => {
  golden(
    '80x24',
    ['summary' as const, ...panes].map((focus) => seen(looking({ focus }), sizes.small)),
  );
});

test('120 columns and 40 rows show six panes at once, and the other three on a second page', () => {
  golden('120x40', [seen(scene, sizes.middle), seen(looking({ focus: 'funnel' }), sizes.middle)]);
});

test('200 columns and 60 rows show all', () => {
  golden('200x60', [seen(scene, sizes.large)]);
});

test('a program has its source, the difference to its parent, cases, feedback and transcript', () => {
  golden(
    'program',
    tabs.map((tab) => seen(looking({ program: { trail: [best], tab, scroll: 0 } }), sizes.small)),
  );
});

test('in ASCII nothing is beyond ASCII, and help, a prompt and a question have their places', () => {
  const ascii = (view: Partial<FrameInput['view']>): string =>
    seen({ ...looking(view), glyphs: typed }, sizes.small);
  const prompt = { of: 'budget' as const, text: 'evaluations x', error: 'Expected a number, got x' };
  const all = [
    ascii({}),
    ascii({ focus: 'islands' }),
    ascii({ help: true }),
    ascii({ prompt }),
    ascii({ asking: 'quit' }),
  ];
  assert.match(all.join(''), /^[\x20-\x7e\n]*$/);
  golden('ascii', all);
});

test('every number in the header is the journal’s', () => {
  const { facts } = scene;
  const [first, second, third] = seen(scene, sizes.small).split('\n') as [string, string, string];
  assert.match(first, /script +11\.\d s {2}running/);
  assert.ok(second.includes(`${(-facts.best.score).toFixed(3)} % excess by ${facts.best.id}`));
  assert.ok(second.includes(`$${facts.counts.dollars.toFixed(4)} in ${facts.counts.calls} calls`));
  assert.ok(third.includes(`${facts.counts.evaluations} evaluations`));
});

test('at any size and any moment a screen has exactly the rows and columns that there are', () => {
  const moments = [0, 1, 40, 500].map((trials) => sceneAfter(trials));
  const size = fc.record({
    columns: fc.integer({ min: 1, max: 230 }),
    rows: fc.integer({ min: 1, max: 70 }),
  });
  const view = fc.record({
    focus: fc.constantFrom('summary' as const, ...panes),
    zoomed: fc.boolean(),
    against: fc.constantFrom(...axes),
    scale: fc.constantFrom('linear' as const, 'logarithmic' as const),
    help: fc.boolean(),
    program: fc.option(
      fc.record({
        trail: fc.constantFrom([best], ['seed-1', best], ['trial-999999']),
        tab: fc.constantFrom(...tabs),
        scroll: fc.nat(50),
      }),
    ),
  });
  fc.assert(
    fc.property(fc.constantFrom(...moments), size, view, fc.boolean(), (moment, space, look, ascii) => {
      const glyphs = ascii ? typed : moment.glyphs;
      const painted = frame({ ...moment, glyphs, view: { ...moment.view, ...look } }, space);
      assert.equal(painted.length, space.rows);
      for (const row of painted) assert.equal(width(textOf(row)), space.columns, textOf(row));
    }),
    { numRuns: 300 },
  );
});

test('rows do not jump: whatever happens, frames, titles and labels stay where they were', () => {
  const moments = [150, 300, 700, 1500].map((trials) => sceneAfter(trials));
  /** What is left of a screen once all that may change is taken out: figures, bars, names of programs. */
  const still = (
    moment: FrameInput,
    focus: FrameInput['view']['focus'],
    size: Size,
    body: RegExp,
  ): string[] => {
    const rows = seen({ ...moment, view: { ...moment.view, focus } }, size).split('\n');
    return rows.map((row) => (body.exec(row) ?? [''])[0]);
  };
  const alike = (focus: FrameInput['view']['focus'], size: Size, body: RegExp): void => {
    const [first, ...others] = moments.map((moment) => still(moment, focus, size, body));
    assert.ok(first!.some((row) => row !== ''));
    for (const other of others) assert.deepEqual(other, first, focus);
  };
  alike('arms', sizes.small, /│ (arm .*|[a-z]\S* )/);
  alike('funnel', sizes.small, /│ (operator .*|[a-z]\S* )/);
  alike('budgets', sizes.small, /│ [a-z]+ /);
  alike('islands', sizes.small, /island \d/);
  for (const size of [sizes.middle, sizes.large]) alike('summary', size, /^[╭╰].*[╮╯]$/);
  const places = moments.map((moment) =>
    [
      ...seen(moment, sizes.large).matchAll(
        / {3}arm |pulls|proposed|novel|stage|after {3}\w+|│ evaluations/g,
      ),
    ].map(({ index }) => index),
  );
  for (const each of places) assert.deepEqual(each, places[0]);
});

test('a trial keeps its row until it settles, and a new one takes the first free row', () => {
  const trials = (...all: number[]) => all.map((trial) => ({ trial }));
  const first = seated([], trials(1, 2, 3));
  assert.deepEqual(first, [1, 2, 3]);
  const second = seated(first, trials(1, 3));
  assert.deepEqual(second, [1, null, 3]);
  assert.deepEqual(seated(second, trials(1, 3, 4, 5)), [1, 4, 3, 5]);
});

test('what a candidate, a model or a file says reaches the terminal without a control character', () => {
  const evil = '\u001b[2J\u001b]0;owned\u0007\u009b31m\r\u202e\u200b\ufeffx\u0008\u007f\t\ud800end';
  const hostile: FrameInput = {
    ...scene,
    view: { ...scene.view, program: { trail: ['trial-1'], tab: 'source', scroll: 0 } },
    facts: {
      ...scene.facts,
      arms: scene.facts.arms.map((each) => ({ ...each, arm: { operator: evil } })),
      leaders: scene.facts.leaders.map((each) => ({ ...each, arm: { operator: evil } })),
      recent: scene.facts.recent.map((each) => ({ ...each, text: evil })),
      pending: scene.facts.pending.map((each) => ({ ...each, arm: { operator: evil } })),
      models: scene.facts.models.map((each) => ({ ...each, model: evil })),
      problem: { ...scene.facts.problem, name: evil },
    },
    standing: { ...scene.standing, run: evil },
    details: new Map([
      [
        'trial-1',
        {
          ...(scene.details.get(best) as Exclude<
            ReturnType<FrameInput['details']['get']>,
            undefined | 'reading' | { error: string }
          >),
          arm: { operator: evil },
          note: evil,
          why: evil,
          source: { [evil]: `const a = '${evil}'; // ${evil}\n${evil}`, b: evil },
          outcome: { status: 'invalid' as const, feedback: `${evil}\n${evil}` },
          transcript: [{ who: evil, text: evil }],
        },
      ],
    ]),
  };
  for (const size of Object.values(sizes)) {
    const screens = [
      ...tabs.map((tab) => ({ ...hostile.view, program: { ...hostile.view.program!, tab } })),
      ...panes.map((focus) => ({ ...hostile.view, focus, program: null })),
      { ...hostile.view, program: null, message: evil },
      { ...hostile.view, program: null, prompt: { of: 'note' as const, text: evil, error: evil } },
    ].map((view) => frame({ ...hostile, view }, size).map(textOf));
    for (const rows of screens) {
      for (const row of rows) assert.doesNotMatch(row, /\p{Cc}|\p{Cf}|\p{Cs}/u);
    }
  }
});

test('a terminal that is too small gets a message that says so', () => {
  assert.match(seen(scene, { columns: 39, rows: 24 }), /39x24 is too small/);
  assert.match(seen(scene, { columns: 80, rows: 9 }), /80x9 is too small/);
  assert.doesNotMatch(seen(scene, { columns: 40, rows: 10 }), /too small/);
});
