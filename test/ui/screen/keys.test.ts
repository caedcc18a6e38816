import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { handleKey, type Intent, type Key, type KeyContext } from '../../../ui/screen/keys.ts';
import { keysOf } from '../../../ui/screen/mount.ts';
import { budgetsIn } from '../../../ui/screen/prompt.ts';
import { firstView, panes, type ViewState } from '../../../ui/screen/view.ts';

const rows = Object.fromEntries(panes.map((pane) => [pane, 5])) as KeyContext['rows'];
const ground: KeyContext = {
  state: 'running',
  rows,
  programAt: (pane, row) => (pane === 'leaders' && row < 5 ? `trial-${row + 1}` : undefined),
  parentOf: (id) => ({ 'trial-1': 'trial-0', 'trial-0': 'seed-1' })[id],
  childOf: (id) => ({ 'seed-1': 'trial-7' })[id],
  lines: 30,
  page: 10,
};

/** The view after keys, each a name or a character, and all they asked for. */
function after(keys: readonly (Key | string)[], on: KeyContext = ground, view: ViewState = firstView) {
  const intents: Intent[] = [];
  const named = /^(up|down|left|right|tab|backtab|enter|escape|pageup|pagedown|home|end|backspace|ctrl-.)$/;
  for (const key of keys) {
    const read = typeof key === 'string' && !named.test(key) ? { typed: key } : (key as Key);
    const next = handleKey(view, read, on);
    view = next.view;
    intents.push(...next.intents);
  }
  return { view, intents };
}

test('Tab goes through all panes and round again; a number goes to its pane, 0 to the first page', () => {
  const visited = [...'x'.repeat(10)].map((_, i) => after(Array(i + 1).fill('tab')).view.focus);
  assert.deepEqual(visited, [...panes, 'summary']);
  assert.equal(after(['backtab']).view.focus, 'training');
  assert.equal(after(['4']).view.focus, 'arms');
  assert.equal(after(['4', 'z', '0']).view.focus, 'summary');
});

test('the chosen row stays among those that there are', () => {
  assert.equal(after(['k', 'k']).view.chosen.leaders, 0);
  assert.equal(after(['j', 'down']).view.chosen.leaders, 2);
  assert.equal(after(['G']).view.chosen.leaders, 4);
  assert.equal(after(['pagedown', 'pagedown']).view.chosen.leaders, 4);
  assert.equal(after(['3', 'j']).view.chosen.islands, 1);
});

test('Enter opens the chosen program, left goes to its parents, right back down, Escape back to the panes', () => {
  assert.deepEqual(after(['j', 'enter']).view.program, { trail: ['trial-2'], tab: 'source', scroll: 0 });
  assert.deepEqual(after(['enter', 'left', 'h']).view.program?.trail, ['trial-1', 'trial-0', 'seed-1']);
  assert.deepEqual(after(['enter', 'left', 'left', 'left']).view.program?.trail.at(-1), 'seed-1');
  assert.deepEqual(after(['enter', 'left', 'right']).view.program?.trail, ['trial-1']);
  const atSeed = { ...firstView, program: { trail: ['seed-1'], tab: 'diff' as const, scroll: 3 } };
  assert.deepEqual(after(['right'], ground, atSeed).view.program, {
    trail: ['trial-7'],
    tab: 'diff',
    scroll: 0,
  });
  assert.equal(after(['enter', 'escape']).view.program, null);
  assert.equal(after(['4', 'enter']).view.zoomed, true, 'where there is no program, Enter enlarges the pane');
});

test('a program scrolls to its last line and no further, and another tab begins at its first', () => {
  assert.equal(after(['enter', 'G']).view.program?.scroll, 20);
  assert.equal(after(['enter', 'G', 'j', 'pagedown']).view.program?.scroll, 20);
  assert.equal(after(['enter', 'pagedown', 'k']).view.program?.scroll, 8);
  assert.deepEqual(after(['enter', 'G', '2']).view.program, { trail: ['trial-1'], tab: 'diff', scroll: 0 });
  assert.equal(after(['enter', 'backtab']).view.program?.tab, 'transcript');
});

test('q asks once, and only where something may be lost; Ctrl-C never asks', () => {
  assert.deepEqual(after(['q']).intents, []);
  assert.deepEqual(after(['q', 'q']).intents, [{ type: 'quit' }]);
  assert.deepEqual(after(['q', 'y']).intents, [{ type: 'quit' }]);
  assert.deepEqual(after(['q', 's']).intents, [{ type: 'stop' }]);
  assert.deepEqual(after(['q', 'x', 'y']).intents, [], 'any other key takes it back');
  assert.deepEqual(after(['ctrl-c']).intents, [{ type: 'quit' }]);
  for (const state of ['watching', 'ended'] as const) {
    assert.deepEqual(after(['q'], { ...ground, state }).intents, [{ type: 'quit' }]);
  }
});

test('p pauses and goes on, s stops once it is sure', () => {
  assert.deepEqual(after(['p']).intents, [{ type: 'pause' }]);
  assert.deepEqual(after(['p'], { ...ground, state: 'paused' }).intents, [{ type: 'go' }]);
  assert.deepEqual(after(['s']).intents, []);
  assert.deepEqual(after(['s', 'y']).intents, [{ type: 'stop' }]);
  assert.deepEqual(after(['s', 'n']).intents, []);
});

test('a watcher cannot steer, and a message says so', () => {
  for (const key of ['p', 's', 'b', 'n']) {
    const { view, intents } = after([key], { ...ground, state: 'watching' });
    assert.match(view.message!, /Read only/);
    assert.deepEqual([intents, view.prompt, view.asking], [[], null, null]);
  }
});

test('a budget is typed, corrected where it is invalid, and sent', () => {
  const { view } = after(['b', ...'evaluations -3', 'enter']);
  assert.match(view.prompt!.error!, /Expected `evaluations` to be .*, got `?-3/);
  const keys = ['b', ...'evaluations -3', 'enter', 'backspace', 'backspace', ...'5000', 'enter'];
  assert.deepEqual(after(keys).intents, [
    { type: 'amend', budgets: { evaluations: 5000 }, text: 'evaluations 5000' },
  ]);
  assert.equal(after(keys).view.prompt, null);
  assert.deepEqual(after(['b', ...'q?', 'escape']).view.prompt, null, 'in a prompt a key is a letter');
});

test('a note is what was typed, also where it came in one go with its end', () => {
  assert.deepEqual(after(['n', ...'try sine', 'enter']).intents, [{ type: 'note', text: 'try sine' }]);
  assert.deepEqual(after(['n', { typed: 'try cosine\r' }]).intents, [{ type: 'note', text: 'try cosine' }]);
  assert.deepEqual(after([{ typed: 'ntry both\r' }]).intents, [{ type: 'note', text: 'try both' }]);
  assert.deepEqual(after(['n', ' ', 'enter']).intents, []);
});

test('budgets are read as a person writes them', () => {
  assert.deepEqual(budgetsIn('evaluations 5000'), { evaluations: 5000 });
  assert.deepEqual(budgetsIn('minutes=10, dollars: 2.5'), { minutes: 10, dollars: 2.5 });
  assert.deepEqual(budgetsIn('Calls none'), { calls: null });
  assert.deepEqual(budgetsIn('target -2.9'), { target: -2.9 });
  assert.throws(() => budgetsIn('islands 3'), /Expected one of evaluations, calls, .* got `islands`/);
  assert.throws(() => budgetsIn('evaluations'), /Expected a number after evaluations, got nothing/);
  assert.throws(() => budgetsIn('evaluations many'), /Expected `evaluations` to be/);
});

test('no keys, however many and wherever, leave the view in a state that is none', () => {
  const key = fc.oneof(
    fc.constantFrom<Key>('up', 'down', 'left', 'right', 'tab', 'backtab', 'enter', 'escape', 'pageup', 'end'),
    fc.constantFrom(...'0123456789hjklgGxyzpsbnq?').map((typed): Key => ({ typed })),
    fc.string({ minLength: 1, maxLength: 4 }).map((typed): Key => ({ typed })),
  );
  fc.assert(
    fc.property(fc.array(key, { maxLength: 40 }), (keys) => {
      const { view } = after(keys);
      for (const pane of panes) assert.ok(view.chosen[pane] >= 0 && view.chosen[pane] < 5);
      if (view.program)
        assert.ok(view.program.trail.length > 0 && view.program.scroll >= 0 && view.program.scroll <= 20);
    }),
  );
});

test('a terminal’s keys are known by name, and Escape with a letter right after it is both', () => {
  assert.deepEqual(keysOf('', { upArrow: true }), ['up']);
  assert.deepEqual(keysOf('', { tab: true, shift: true }), ['backtab']);
  assert.deepEqual(keysOf('c', { ctrl: true }), ['ctrl-c']);
  assert.deepEqual(keysOf('w', { ctrl: true }), []);
  assert.deepEqual(keysOf('q', { meta: true }), ['escape', { typed: 'q' }]);
  assert.deepEqual(keysOf('abc', {}), [{ typed: 'abc' }]);
});
