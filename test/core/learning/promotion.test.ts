import assert from 'node:assert/strict';
import { test } from 'node:test';
import { javascript } from '../../../core/languages/javascript/javascript.ts';
import { audit } from '../../../core/learning/audit.ts';
import {
  afterPromotion,
  type ExternalTraining,
  type HeldOut,
  isHeldOut,
  noExternalTraining as none,
} from '../../../core/learning/external-training.ts';
import { type Candidate, fewestCases, promotionOf } from '../../../core/learning/promotion.ts';
import type { CasesProvided } from '../../../core/learning/provided.ts';
import { armName } from '../../../core/search/arm.ts';
import type { Reply, RunOutcome } from '../../../core/search/roles.ts';
import { elite } from '../../islands/elites.ts';
import { taskOf } from '../prompts/task.ts';

const candidate: Candidate = {
  policy: 'm',
  version: 4,
  from: 3,
  rollouts: 64,
  metrics: { loss: -0.5 },
  milliseconds: 12,
  checkpoint: { remote: 'w4' },
  model: 'm#weights=w4',
  arms: [{ operator: 'whole', model: 'm#weights=w4' }],
};
const base = { 'program.js': 'export function f() {\n  return 1;\n}\n' };
const heldOut = (trial: number, reward: number): HeldOut => ({
  trial,
  messages: [{ role: 'user', text: `question ${trial}` }],
  form: 'whole',
  base,
  parent: 10,
  spread: 2,
  reward,
});
const said = (value: number): Reply => ({
  text: `\`\`\`js\nexport function f() {\n  return ${value};\n}\n\`\`\``,
  ended: 'stop',
});
const scored = (score: number): RunOutcome => ({ status: 'scored', score, cases: [score] });
const cases = Array.from({ length: 8 }, (_, i) => heldOut(5 * (i + 1), 0.5));
const audited = (replies: readonly Reply[]) => ({ model: candidate.model, cases, replies });
const answers = (count: number): Reply[] => Array.from({ length: count }, (_, i) => said(i + 2));

test('as good as before is promoted, worse by more than the error of the measure is not', () => {
  // The parent scores 10: a child that scores 10 is worth 1/2, the reward of each of the answers before.
  const same = promotionOf(
    candidate,
    audited([...answers(8), cases.map(() => scored(10))]),
    javascript,
    none,
  );
  assert.deepEqual([same.promoted, same.heldOut], [true, { before: 0.5, after: 0.5 }]);
  assert.deepEqual([same.arms, same.closes], [candidate.arms, []]);
  // 9 of a spread of 2: (1 - 1/3) / 2 = 1/3 each; there is no error, so it is worse.
  const worse = promotionOf(
    candidate,
    audited([...answers(8), cases.map(() => scored(9))]),
    javascript,
    none,
  );
  assert.equal(worse.promoted, false);
  assert.ok(Math.abs(worse.heldOut!.after - 1 / 3) < 1e-12);
  assert.equal(worse.arms, undefined);
  // Half of them 14, (1 + 2/3) / 2 = 5/6, half 2, (1 - 4/5) / 2 = 1/10: mean 7/15, error of the mean about 0.139.
  const mixed = cases.map((_, i) => scored(i % 2 ? 14 : 2));
  const noisy = promotionOf(candidate, audited([...answers(8), mixed]), javascript, none);
  assert.equal(noisy.promoted, true);
  assert.ok(Math.abs(noisy.heldOut!.after - 7 / 15) < 1e-12);
});

test('answers that cannot be applied, programs that fail, and those that were not run count as what they are', () => {
  const nothing: Reply = { text: 'I would rather not.', ended: 'stop' };
  const replies = [nothing, ...answers(7), [...Array.from({ length: 6 }, () => scored(10)), failed]];
  const { heldOut: measured } = promotionOf(candidate, audited(replies), javascript, none);
  // -0.4 for what cannot be read, six times 1/2, -0.2 for a crash.
  assert.ok(Math.abs(measured!.after - (-0.4 + 6 * 0.5 - 0.2) / 8) < 1e-12);
  const refused: RunOutcome = { status: 'refused', feedback: 'no evaluations left' };
  const short = [...answers(8), cases.map(() => refused)];
  const unmeasured = promotionOf(candidate, audited(short), javascript, none);
  assert.deepEqual([unmeasured.promoted, unmeasured.heldOut], [false, undefined]);
});

const failed: RunOutcome = { status: 'crashed', feedback: 'boom' };

test('a model that falls silent before enough questions are answered is not promoted', () => {
  const unheard: Reply = { unheard: 'silence', model: candidate.model, because: 'silent' };
  const replies = [
    ...answers(fewestCases - 1),
    unheard,
    Array.from({ length: fewestCases - 1 }, () => scored(99)),
  ];
  assert.equal(promotionOf(candidate, audited(replies), javascript, none).promoted, false);
});

test('two versions keep their arms, the ones before lose them', () => {
  let external: ExternalTraining = none;
  const promote = (version: number): readonly string[] => {
    const arms = [{ operator: 'whole', model: `v${version}` }];
    const audit = audited([...answers(8), cases.map(() => scored(12))]);
    const event = promotionOf(
      { ...candidate, version, model: `v${version}`, arms },
      audit,
      javascript,
      external,
    );
    external = afterPromotion(external, event, event.model!);
    return event.closes!.map(armName);
  };
  assert.deepEqual([1, 2, 3, 4].map(promote), [[], [], ['whole@v1'], ['whole@v2']]);
  assert.deepEqual(
    external.open.map(({ version }) => version),
    [3, 4],
  );
});

test('an audit asks each held-out question once, runs the answers, and proposes the best', () => {
  const provided: CasesProvided = { kind: 'cases', cases };
  const story = audit('m').propose(taskOf({ parents: [elite('seed-1', [1], 60)], provided, allowance: 17 }));
  const asked: string[] = [];
  let turn = story.next();
  for (let i = 0; !turn.done && 'ask' in turn.value; i++) {
    asked.push(turn.value.ask[0]!.text);
    turn = story.next(said(i + 2));
  }
  assert.deepEqual(
    asked,
    cases.map(({ trial }) => `question ${trial}`),
  );
  assert.ok(!turn.done && 'run' in turn.value && turn.value.run.length === 8);
  const end = story.next(cases.map((_, i) => scored(i === 5 ? 3 : 1)));
  assert.ok(end.done && 'source' in end.value);
  assert.match(end.value.source['program.js']!, /return 7;/);
});

test('one trial in five is held out from training', () => {
  assert.deepEqual(Array.from({ length: 12 }, (_, i) => i + 1).filter(isHeldOut), [5, 10]);
});
