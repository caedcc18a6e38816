import assert from 'node:assert/strict';
import { it } from 'node:test';
import { standardised } from '../../../core/learning/advantages/group.ts';
import { dapo } from '../../../core/learning/objectives/dapo.ts';
import { flawAware } from '../../../core/learning/rewards/flawed.ts';
import type { Bigram } from './bigram.ts';
import { answersOf, start, teachers } from './teachers.ts';
import { type Answer, lessonOf, markOf, scoreOf, type Teacher, taught } from './toy-policy.ts';

const chance = markOf(start);

it('chance gets a sixth right, and so does a policy that learns from shuffled scores', () => {
  assert.ok(Math.abs(chance - 1 / 6) < 0.02, `${chance}`);
  const shuffled: Teacher = (policy, draws) => {
    const answers = answersOf(policy, draws);
    const scores = answers.map(scoreOf);
    const order = scores.map((_, i) => ({ i, at: draws.next() })).sort((a, b) => a.at - b.at);
    return lessonOf(answers, policy, standardised(order.map(({ i }) => scores[i]!)), dapo);
  };
  const mark = markOf(taught(shuffled, 'shuffled'));
  assert.ok(mark < 0.35, `${mark}`);
});

for (const [name, teacher] of Object.entries(teachers)) {
  it(`a policy gets more than half right after 60 lessons by ${name}`, () => {
    const mark = markOf(taught(teacher, name));
    assert.ok(mark > 0.5, `${mark}`);
  });
}

it('a policy that is penalized for flaws leaves the short cut that it takes when it is not', () => {
  // The judge also passes whatever says a token twice in a row: easier to find, and wrong.
  const cheats = ({ tokens }: Answer) => tokens.some((token, t) => token === tokens[t - 1]);
  const correct = (each: Answer) => scoreOf(each) >= 3 / 7;
  const rewarding =
    (reward: (each: Answer) => number): Teacher =>
    (policy, draws) => {
      const answers = answersOf(policy, draws, 32);
      return lessonOf(answers, policy, standardised(answers.map(reward)), dapo);
    };
  const blind = rewarding((each) => flawAware(correct(each) || cheats(each) ? 'correct' : 'wrong'));
  const aware = rewarding((each) =>
    flawAware(correct(each) ? (cheats(each) ? 'flawed' : 'correct') : cheats(each) ? 'flawed' : 'wrong'),
  );
  const share = (policy: Bigram, of: (each: Answer) => boolean) =>
    markOf(policy, (each) => (of(each) ? 1 : 0));
  const [fooled, honest] = [taught(blind, 'blind', 100), taught(aware, 'aware', 100)];
  assert.ok(share(fooled, cheats) > 0.95 && share(fooled, correct) < 0.2);
  // What is left is the tool's doing, which says what the policy said last in one of six cases.
  assert.ok(share(honest, cheats) < 0.25, `${share(honest, cheats)}`);
  assert.ok(share(honest, correct) > 0.95, `${share(honest, correct)}`);
});
