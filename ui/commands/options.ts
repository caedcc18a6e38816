import type { Command } from 'commander';
import { amendable, type Budgets, readBudgets } from '../../core/search/amendments.ts';
import { readSetting } from '../../core/search/configure.ts';
import { expected } from '../../core/search/errors.ts';

/** What a search may spend; shared by `run` and `resume`. */
export function budgetOptions(command: Command): Command {
  return command
    .option('--evaluations <n>', 'programs to evaluate')
    .option('--calls <n>', 'calls to models, failed ones included')
    .option('--tokens <n>', 'tokens that models read and write')
    .option('--dollars <x>', 'dollars that models may cost')
    .option('--minutes <m>', 'wall clock, over all sessions')
    .option('--target <s>', 'score at which the search stops')
    .option('--patience <n>', 'stop after N trials in a row with nothing new to evaluate');
}

/** The budgets that were given, checked; `none` takes one away. @throws ConfigError */
export function budgetsOf(options: Readonly<Record<string, string | undefined>>): Budgets {
  return readBudgets(amendable.map((name) => [name, options[name]] as const));
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
    .option('--record <file>', 'record every call to a model and its answer')
    .option('--replay <file>', 'answer every call from such a recording; no provider is asked');
}

/** What trains a model beside the search; shared by `run`, `resume` and `train`. */
export function trainerOption(command: Command): Command {
  return command.option(
    '--trainer <spec>',
    'trainer of the model: tinker, or vllm:COMMAND (docs/training.md)',
  );
}

/** Gathers a repeated option. */
export function several(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Gathers repeated `key=value`. */
export function pairs(text: string, before: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const at = text.indexOf('=');
  if (at < 1) throw expected('`--set` to be followed by key=value', text);
  return { ...before, [text.slice(0, at)]: readSetting(text.slice(at + 1)) };
}
