import assert from 'node:assert/strict';
import { test } from 'node:test';
import { budgetUse, nearest } from '../../../ui/screen/budget-use.ts';
import { openRateMeter } from '../../../ui/screen/rate-meter.ts';
import { sceneAfter } from './scenes.ts';

const { facts, standing } = sceneAfter(300);
const spent = (settings: Partial<typeof facts.settings>, change: Partial<typeof standing> = {}) => {
  const none = { evaluations: null, calls: null, tokens: null, dollars: null, minutes: null };
  return budgetUse(
    { ...facts, settings: { ...facts.settings, ...none, ...settings } },
    { ...standing, ...change },
  );
};

test('evaluations end by their recent rate, minutes by the clock, money by its pace so far', () => {
  const { evaluations, dollars } = facts.counts;
  const all = spent(
    { evaluations: evaluations + 500, minutes: 10, dollars: 2 * dollars },
    { rate: 50, elapsed: 60_000 },
  );
  const left = Object.fromEntries(all.map((each) => [each.budget, each.left]));
  assert.equal(left.evaluations, 10_000);
  assert.ok(Math.abs(left.minutes! - 9 * 60_000) < 1e-6);
  assert.ok(Math.abs(left.dollars! - 60_000) < 1e-6);
  assert.equal(left.calls, null);
  assert.equal(nearest(all)!.budget, 'evaluations');
});

test('what will not be used up at this pace, or without a limit, has no end', () => {
  assert.equal(nearest(spent({})), undefined);
  assert.equal(spent({ evaluations: 1e6 }, { rate: 0 })[0]!.left, null);
  for (const state of ['ended', 'interrupted', 'stopping'] as const) {
    assert.equal(spent({ minutes: 60 }, { state }).at(-1)!.left, null);
  }
  const [evaluations] = spent({ evaluations: 10 });
  assert.deepEqual(
    [evaluations!.share, evaluations!.left],
    [1, 0],
    'a budget below what was used is used up',
  );
});

test('a rate is of the last ten seconds, and there is none before the first is over', () => {
  const pace = openRateMeter();
  assert.equal(pace.rate(), null);
  pace.sample(0, 0);
  pace.sample(900, 90);
  assert.equal(pace.rate(), null);
  pace.sample(2000, 200);
  assert.equal(pace.rate(), 100);
  for (let at = 3000; at <= 30_000; at += 1000) pace.sample(at, 200);
  assert.equal(pace.rate(), 0);
});
