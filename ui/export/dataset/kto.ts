import { diverse } from './diverse.ts';
import { type Kind, made, said, viewOf } from './kind.ts';
import type { TrialSummary } from './mark.ts';
import { bestTold, keyOf } from './plan.ts';

/** Answers labelled good or bad (Ethayarajh 2024), about as many of each, in the shape of TRL's KTOTrainer. */
export const kto: Kind = {
  name: 'kto',
  what: 'prompt, answer and whether it improved: TRL KTOTrainer',
  takes: 'have an answer that improved on the parents, or that failed or made things worse',
  compares: true,
  accepts: ({ verdict, asked, source }) =>
    verdict !== 'duplicate' && (asked !== undefined || source !== undefined),
  plans(marks, { near, caps, into }) {
    const apart = diverse(
      into.keep(
        marks,
        'neither',
        'trials',
        'as good as its parent, so neither label fits',
        ({ improved, rung, score, before }) => improved || rung !== 'valid' || score! < before,
      ),
      near,
      caps,
      into,
    );
    const good = apart.filter(({ improved }) => improved);
    const keys = new Set(good.map((mark) => keyOf(mark, bestTold(mark))));
    // A bad answer teaches most beside a good one to the same prompt.
    const beside = (mark: TrialSummary): number => (keys.has(keyOf(mark, bestTold(mark))) ? 0 : 1);
    const bad = apart
      .filter(({ improved }) => !improved)
      .sort((a, b) => beside(a) - beside(b) || a.at - b.at);
    const kept = bad.slice(0, good.length);
    into.count(
      'unbalanced',
      'trials',
      'a bad answer more than there are good ones',
      bad.length - kept.length,
    );
    // By rank, so that a limit leaves as many of one as of the other.
    return [good, kept].flatMap((marks) =>
      marks.map((mark, rank) => ({ marks: [mark], told: bestTold(mark), worth: -rank })),
    );
  },
  rows(plan, [told]) {
    const { prompt, completion } = viewOf(told!, plan);
    const row = { prompt, completion: said(completion), label: told!.mark.improved };
    return [made(row, plan, [told!])];
  },
};
