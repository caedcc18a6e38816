import { diverse } from './diverse.ts';
import { assistantTurn, exampleOf, type Kind, viewOf } from './kind.ts';
import type { TrialSummary } from './mark.ts';
import { bestTextKind, keyOf } from './plan.ts';

/** Answers labelled good or bad (Ethayarajh 2024), about as many of each, in the shape of TRL's KTOTrainer. */
export const kto: Kind = {
  name: 'kto',
  what: 'prompt, answer and whether it improved: TRL KTOTrainer',
  takes: 'have an answer that improved on the parents, or that failed or made things worse',
  compares: true,
  accepts: ({ verdict, exchange, source }) =>
    verdict !== 'duplicate' && (exchange !== undefined || source !== undefined),
  plans(summaries, { near, caps, into }) {
    const apart = diverse(
      into.keep(
        summaries,
        'neither',
        'trials',
        'as good as its parent, so neither label applies',
        ({ improved, tier, score, before }) => improved || tier !== 'valid' || score! < before,
      ),
      near,
      caps,
      into,
    );
    const good = apart.filter(({ improved }) => improved);
    const keys = new Set(good.map((summary) => keyOf(summary, bestTextKind(summary))));
    // A bad answer is most informative beside a good one to the same prompt.
    const beside = (summary: TrialSummary): number =>
      keys.has(keyOf(summary, bestTextKind(summary))) ? 0 : 1;
    const bad = apart
      .filter(({ improved }) => !improved)
      .sort((a, b) => beside(a) - beside(b) || a.at - b.at);
    const kept = bad.slice(0, good.length);
    into.count(
      'unbalanced',
      'trials',
      'a bad answer beyond the number of good ones',
      bad.length - kept.length,
    );
    // By rank, so that a limit leaves as many of one as of the other.
    return [good, kept].flatMap((summaries) =>
      summaries.map((summary, rank) => ({
        summaries: [summary],
        textKind: bestTextKind(summary),
        priority: -rank,
      })),
    );
  },
  rows(plan, [rendered]) {
    const { prompt, completion } = viewOf(rendered!, plan);
    const row = { prompt, completion: assistantTurn(completion), label: rendered!.summary.improved };
    return [exampleOf(row, plan, [rendered!])];
  },
};
