import { scriptOf } from '../../core/languages/javascript/script/module.ts';
import type { Source } from '../../core/search/program.ts';
import type { Input, Ran, Runner } from '../../core/search/roles.ts';
import type { ChildRunner } from './child-process.ts';
import { toolbox } from './library.ts';
import type { InputsSent, Post, Reply, Told } from './message.ts';

/** Runs JavaScript and TypeScript programs one at a time in the process of a warden. */
export interface ThreadRunner extends Pick<Runner, 'run'> {
  /** The same, with outputs and end still in JSON, as they travel on. */
  send(program: Source, inputs: InputsSent): Promise<Reply>;
}

const nothing = { cpuMs: 0, wallMs: 0, memoryMb: 0 };

export function threadRunner(
  { language, entry, known }: Pick<Post, 'language' | 'entry' | 'known'>,
  warden: ChildRunner,
): ThreadRunner {
  const send = async (program: Source, inputs: InputsSent): Promise<Reply> => {
    const made = scriptOf(program, language, entry, toolbox);
    if (!('refused' in made)) return warden.run(made.script, inputs);
    const told: Told = { outputs: [], failed: { status: 'refused', message: made.refused } };
    return { told: JSON.stringify(told), usage: nothing };
  };
  return {
    send,
    run: async (program, inputs) => ranOf(await send(program, sentAs(inputs, known))),
  };
}

/** Inputs as they travel: by position where the other end knows the list. */
export function sentAs(inputs: readonly Input[], known: Post['known']): InputsSent {
  const at = known.indexOf(inputs);
  return at < 0 ? inputs : at;
}

/** What a reply says. */
export function ranOf({ told, usage }: Reply): Ran {
  const { outputs, failed }: Told = JSON.parse(told);
  return { outputs, end: failed ?? { status: 'done' }, usage };
}
