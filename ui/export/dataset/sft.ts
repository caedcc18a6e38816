import { diverse } from './diverse.ts';
import { type Kind, made, said, viewOf } from './kind.ts';
import { bestTold } from './plan.ts';

/** Prompts with the answers that improved on a parent, in the shape of TRL's SFTTrainer. */
export const sft: Kind = {
  name: 'sft',
  what: 'prompt and answer of trials that improved: TRL SFTTrainer',
  takes: 'improved on their parents',
  compares: true,
  accepts: ({ verdict }) => verdict === 'improved' || verdict === 'best',
  plans: (marks, { near, caps, into }) =>
    diverse(marks, near, caps, into).map((mark) => ({
      marks: [mark],
      told: bestTold(mark),
      worth: mark.reward,
    })),
  rows(plan, [told]) {
    const { prompt, completion } = viewOf(told!, plan);
    return [made({ prompt, completion: said(completion) }, plan, [told!])];
  },
};
