import type { Language } from '../../../core/search/language.ts';
import type { Source } from '../../../core/search/program.ts';
import { applyReply } from '../../../core/text/patch/patch.ts';
import type { Provenance } from './kind.ts';

/** A claim about a program: how to build it, and its score. */
export interface ProvenanceClaim {
  readonly id: string;
  readonly score: number | null;
  make(language: Language): Source | undefined;
}

/** The claims of a row of any kind except `predict`, given its provenance. */
export function provenanceOf(row: any, { form, base, answers }: Provenance): ProvenanceClaim[] {
  if (row.nodes) return claimsOfTree(row);
  const texts = answersIn(row);
  return answers.flatMap(({ id, score }, i) => {
    const make: ProvenanceClaim['make'] = (language) => applied(form, base, texts[i] ?? '', language);
    return score === undefined ? [] : [{ id, score, make }];
  });
}

function claimsOfTree(row: any): ProvenanceClaim[] {
  const programs = new Map<string, Source>([[row.root.id, JSON.parse(row.root.files)]]);
  return row.nodes.map(({ id, parent, form, completion, score }: any) => ({
    id,
    score,
    make: (language: Language) => {
      const made = applied(form, programs.get(parent)!, completion, language);
      if (made) programs.set(id, made);
      return made;
    },
  }));
}

function applied(
  form: Provenance['form'],
  base: Source,
  text: string,
  language: Language,
): Source | undefined {
  const made = applyReply(form, base, text, language, false);
  return 'source' in made ? made.source : undefined;
}

/** The answers in a row, in the order of its provenance. */
function answersIn(row: any): string[] {
  if (row.completion) return [row.completion[0].content];
  if (row.chosen) return [row.chosen[0].content, row.rejected[0].content];
  if (row.preferred_output) return [row.preferred_output[0].content, row.non_preferred_output[0].content];
  const rollouts = row.rollouts ?? (row.extra_info && JSON.parse(row.extra_info.rollouts));
  return rollouts ? rollouts.map(({ completion }: { completion: string }) => completion) : [];
}
