import { ConfigError, expected } from './errors.ts';
import { checkFields } from './fields.ts';
import { notJson } from './json.ts';
import type { Language } from './language.ts';
import { checkGoals } from './objectives.ts';
import {
  type Case,
  defaultLimits,
  type Limits,
  type Problem,
  type ProblemDraft,
  searchedOn,
  uses,
} from './problem.ts';

/**
 * Checks a problem and fills in its limits; `languageNamed` knows the languages (core/languages/registry.ts).
 * @throws ConfigError naming the first field that is not as it must be.
 */
export function checkedProblem<I = any, O = any>(
  draft: ProblemDraft<I, O>,
  languageNamed: (name: string, where: string) => Language,
): Problem<I, O> {
  const at = `problem ${typeof draft?.name === 'string' ? draft.name : '?'}`;
  if (typeof draft?.name !== 'string' || !/^[a-z0-9][a-z0-9-]*$/.test(draft.name)) {
    throw expected('`name` to be lower case letters, digits and hyphens', draft?.name, 'problem');
  }
  if (typeof draft.brief !== 'string' || !draft.brief.trim())
    throw expected('`brief` to be a text', draft.brief, at);
  const language = languageNamed(draft.language, at);
  if (typeof draft.entry !== 'string' || !/^[A-Za-z_$][\w$]*$/.test(draft.entry)) {
    throw expected('`entry` to name an exported function', draft.entry, at);
  }
  if (typeof draft.judge !== 'function') throw expected('`judge` to be a function', typeof draft.judge, at);
  const unfit = draft.harness === undefined ? undefined : language.harnessError(draft.harness);
  if (unfit) throw expected(`\`harness\` to be one in ${language.title}`, unfit, at);
  if (draft.residuals !== undefined && typeof draft.residuals !== 'function') {
    throw expected('`residuals` to be a function', typeof draft.residuals, at);
  }
  if (draft.prepare !== undefined && typeof draft.prepare !== 'function') {
    throw expected('`prepare` to be a function', typeof draft.prepare, at);
  }
  if (draft.picture !== undefined && typeof draft.picture !== 'function') {
    throw expected('`picture` to be a function', typeof draft.picture, at);
  }
  checkKnown(draft, at);
  checkSeeds(draft.seeds, at);
  checkCases(draft.cases, at);
  return { ...draft, limits: checkLimits(draft.limits ?? {}, at) };
}

/** Every field of a problem: what is not among them would be ignored. */
const fields: Readonly<Record<keyof Problem, true>> = {
  name: true,
  brief: true,
  language: true,
  seeds: true,
  entry: true,
  cases: true,
  judge: true,
  harness: true,
  residuals: true,
  prepare: true,
  limits: true,
  describe: true,
  objectives: true,
  constraints: true,
  target: true,
  references: true,
  show: true,
  picture: true,
  module: true,
};

/** Words of other engines, and what says the same here. */
const higher = 'a higher score is always better: let `judge` negate a cost, or state `objectives`';
const elsewhere = {
  maximize: higher,
  maximise: higher,
  minimize: higher,
  minimise: higher,
  direction: higher,
  goal: higher,
  drive: 'did you mean `harness`?',
  evaluate: 'did you mean `judge`?',
  fitness: 'did you mean `judge`?',
  timeout: 'did you mean `limits.wallMs`?',
};

/** Refuses what would be ignored, and checks the goals and figures. */
function checkKnown(draft: ProblemDraft, at: string): void {
  checkFields(draft, Object.keys(fields), 'a problem', at, elsewhere);
  checkGoals(draft, at);
  if (draft.target !== undefined && !Number.isFinite(draft.target)) {
    throw expected('`target` to be a finite number', draft.target, at);
  }
  for (const reference of draft.references ?? []) {
    checkFields(reference, ['name', 'score', 'on', 'source'], 'a reference', at);
    if (Number.isFinite(reference.score)) continue;
    throw expected('the `score` of each reference to be a finite number', reference.score, at);
  }
}

function checkSeeds(seeds: unknown, at: string): void {
  if (!Array.isArray(seeds) || seeds.length === 0)
    throw expected('`seeds` to hold at least one program', seeds, at);
  for (const seed of seeds) {
    const files = seed && typeof seed === 'object' ? Object.entries(seed) : [];
    if (files.length === 0 || files.some(([, text]) => typeof text !== 'string')) {
      throw expected('each seed to be files by path, such as { "program.js": "..." }', seed, at);
    }
    for (const [path] of files) {
      if (path.startsWith('/') || path.split('/').includes('..') || path.includes('\\')) {
        throw expected('a seed file to have a relative path with forward slashes', path, at);
      }
    }
  }
}

function checkCases(cases: unknown, at: string): void {
  if (!Array.isArray(cases) || cases.length === 0)
    throw expected('`cases` to hold at least one case', cases, at);
  const ids = new Set<string>();
  for (const each of cases as Case[]) {
    if (typeof each?.id !== 'string' || !each.id || ids.has(each.id)) {
      throw expected('each case to have an `id` of its own', each?.id, at);
    }
    ids.add(each.id);
    checkFields(each, ['id', 'input', 'use'], 'a case', `${at}, case ${each.id}`, {
      expected: 'what `judge` compares with is part of `input`',
      output: 'what `judge` compares with is part of `input`',
    });
    if (!uses.includes(each.use)) {
      const known = '`use` to be `shown`, `scored`, `validation` or `held-out`';
      throw expected(known, each.use, `${at}, case ${each.id}`);
    }
    const odd = notJson(each.input);
    if (odd) throw new ConfigError(`Expected inputs to be JSON, got ${odd} (${at}, case ${each.id})`);
  }
  if (!(cases as Case[]).some(({ use }) => searchedOn(use))) {
    throw expected('at least one case that is shown or scored', 'none', at);
  }
}

function checkLimits(given: Partial<Limits>, at: string): Limits {
  const limits = { ...defaultLimits, ...given };
  checkFields(given, Object.keys(defaultLimits), '`limits`', at);
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isFinite(value) || value <= 0)
      throw expected(`\`limits.${name}\` to be a number above 0`, value, at);
  }
  return limits;
}
