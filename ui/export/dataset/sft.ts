import { diverse } from './diverse.ts';
import { assistantTurn, exampleOf, type Kind, viewOf } from './kind.ts';
import { bestTextKind } from './plan.ts';

/** Prompts with the answers that improved on a parent, in the shape of TRL's SFTTrainer. */
export const sft: Kind = {
  name: 'sft',
  what: 'prompt and answer of trials that improved: TRL SFTTrainer',
  takes: 'improved on their parents',
  compares: true,
  accepts: ({ verdict }) => verdict === 'improved' || verdict === 'best',
  plans: (summaries, { near, caps, into }) =>
    diverse(summaries, near, caps, into).map((summary) => ({
      summaries: [summary],
      textKind: bestTextKind(summary),
      priority: summary.reward,
    })),
  rows(plan, [rendered]) {
    const { prompt, completion } = viewOf(rendered!, plan);
    return [exampleOf({ prompt, completion: assistantTurn(completion) }, plan, [rendered!])];
  },
};
