import { languageNamed } from '../../../core/languages/registry.ts';
import { answer } from '../../../core/prompts/answer.ts';
import { described } from '../../../core/prompts/describe.ts';
import type { Language } from '../../../core/search/language.ts';
import type { Scored } from '../../../core/search/outcome.ts';
import { type Elite, type Source, sizeOf } from '../../../core/search/program.ts';
import { lead } from '../../../core/search/ranking.ts';
import { instructions } from '../../../core/text/patch/instructions.ts';
import { applyReply } from '../../../core/text/patch/patch.ts';
import { answerName, exchangeName, type Origin, type TrialRecord } from './account.ts';
import { diverse } from './diverse.ts';
import { assistantTurn, type Example, type Kind } from './kind.ts';
import { type ChatTurn, plainNote } from './views.ts';

/**
 * Edits with their direction (DivoT5, Liang 2025): the edit that improved a program, and the reverse edit, which makes it
 * worse, so that a model learns the direction of improvement. `states` are the programs after the first of several hunks,
 * after the first two, and so on.
 */
export const edits: Kind = {
  name: 'edits',
  what: 'an edit forwards (better) and backwards (worse), with the states between',
  takes: 'improved on one parent',
  compares: true,
  accepts: ({ verdict, parents }) => (verdict === 'improved' || verdict === 'best') && parents.length === 1,
  plans: (summaries, { near, caps, into }) =>
    into
      .keep(
        diverse(summaries, near, caps, into),
        'unstated',
        'trials',
        'a change that no edit states exactly',
        ({ keys }) => keys.synthetic !== undefined,
      )
      .map((summary) => ({
        summaries: [summary],
        textKind: 'synthetic',
        also: summary.grandparents,
        priority: summary.reward,
      })),
  rows(_, [rendered]) {
    const { record } = rendered!;
    const { origin, parents } = record;
    const parent = { ...parents[0]!, id: exchangeName(origin, parents[0]!.id) };
    const child = childOf(record);
    const gain = lead(child, parent);
    const better = row(origin, parent, child, plainNote(record.note), 'better', gain);
    const worse = row(origin, child, parent, '', 'worse', -gain);
    return better && worse ? [better, worse] : [];
  },
};

const requests = {
  better: 'Change the program so that it scores higher.',
  worse: 'Change the program so that it scores lower.',
} as const;

function row(
  origin: Origin,
  from: Elite,
  to: Elite,
  note: string,
  direction: 'better' | 'worse',
  gain: number,
): Example | undefined {
  const language = languageNamed(origin.problem.language);
  const completion = answer('diff', from.source, to.source, note, language);
  if (completion === undefined) return undefined;
  const row = {
    prompt: promptFor(origin, from, requests[direction], language),
    completion: assistantTurn(completion),
    direction,
    gain,
    before: JSON.stringify(from.source),
    after: JSON.stringify(to.source),
    states: between(from.source, completion, language).map((state) => JSON.stringify(state)),
  };
  const answers = [{ id: to.id, score: to.outcome.score }];
  return { row, provenance: { form: 'diff', base: from.source, answers } };
}

function promptFor({ problem }: Origin, from: Elite, request: string, language: Language): ChatTurn[] {
  const system = `You change a program so that its score moves in the requested direction.\n\n# Problem\n\n${problem.brief.trim()}\n\n# How to answer\n\n${instructions.diff(from.source, language)}`;
  return [
    { role: 'system', content: system },
    { role: 'user', content: `# Program\n\n${described(from, language)}\n\n# Instruction\n\n${request}` },
  ];
}

/** The programs after the first hunk, the first two, and so on, without the last one. */
function between(from: Source, completion: string, language: Language): Source[] {
  const ends = Array.from(
    completion.matchAll(/^>>>>>>> REPLACE$/gm),
    ({ index, 0: { length } }) => index + length,
  );
  return ends.slice(0, -1).flatMap((end) => {
    const made = applyReply('diff', from, `${completion.slice(0, end)}\n`, language, false);
    return 'source' in made ? [made.source] : [];
  });
}

function childOf(record: TrialRecord): Elite {
  const source = record.source!;
  const outcome = record.outcome as Scored;
  return { id: answerName(record), source, outcome, parents: [], arm: record.arm, size: sizeOf(source) };
}
