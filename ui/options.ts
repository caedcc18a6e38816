import type { Command } from 'commander';
import { configure, readSetting } from '../core/config.ts';
import { expected } from '../core/errors.ts';

/** What a search may spend; shared by `run` and `resume`. */
export function budgetOptions(command: Command): Command {
  return command
    .option('--evaluations <n>', 'programs to evaluate')
    .option('--calls <n>', 'calls to models, failed ones among them')
    .option('--tokens <n>', 'tokens that models read and write')
    .option('--dollars <x>', 'dollars that models may cost')
    .option('--minutes <m>', 'wall clock, all sessions together')
    .option('--target <s>', 'score at which to stop');
}

/** The budgets that were given, checked. @throws ConfigError */
export function budgetsOf(options: Record<string, string | undefined>): Record<string, number> {
  const given: Record<string, number> = {};
  for (const name of ['evaluations', 'calls', 'tokens', 'dollars', 'minutes', 'target']) {
    const text = options[name];
    if (text !== undefined) given[name] = readSetting(text) as number;
  }
  configure(given);
  return given;
}

export function outputOptions(command: Command): Command {
  return command
    .option('--plain', 'a log of lines')
    .option('--json', 'events as JSON lines on stdout, a summary last');
}

/** Reads a whole number of at least `least`. */
export function integer(name: string, least: number): (text: string) => number {
  return (text) => {
    const value = readSetting(text);
    if (!Number.isSafeInteger(value) || (value as number) < least) {
      throw expected(`\`${name}\` to be a whole number of at least ${least}`, value);
    }
    return value as number;
  };
}

/** Where calls to models are kept or come from; shared by `run` and `resume`. */
export function tapeOptions(command: Command): Command {
  return command
    .option('--record <file>', 'keep every call to a model and its answer')
    .option('--replay <file>', 'answer every call from such a file; no provider is asked');
}

/** What trains a model beside the search; shared by `run`, `resume` and `train`. */
export function trainerOption(command: Command): Command {
  return command.option(
    '--trainer <spec>',
    'what trains the model: tinker, or vllm:COMMAND (docs/training.md)',
  );
}

/** Gathers a repeated option. */
export function several(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Gathers repeated `key=value`. */
export function pairs(text: string, before: Record<string, unknown>): Record<string, unknown> {
  const at = text.indexOf('=');
  if (at < 1) throw expected('`--set` to be followed by key=value', text);
  return { ...before, [text.slice(0, at)]: readSetting(text.slice(at + 1)) };
}
