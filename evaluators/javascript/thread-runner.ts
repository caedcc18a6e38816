import { scriptOf } from '../../core/languages/javascript/script/module.ts';
import type { Source } from '../../core/search/program.ts';
import type { Input, Ran, Runner } from '../../core/search/roles.ts';
import type { ChildRunner } from './child-process.ts';
import { toolbox } from './library.ts';
import type { InputsSent, Reply, SandboxResult, WorkerSetup } from './message.ts';

/** Runs JavaScript and TypeScript programs one at a time in a child process. */
export interface ThreadRunner extends Pick<Runner, 'run'> {
  /** The same, with outputs and end still in JSON, ready to be sent on. */
  send(program: Source, inputs: InputsSent): Promise<Reply>;
}

const nothing = { cpuMs: 0, wallMs: 0, memoryMb: 0 };

export function threadRunner(
  { language, entry, known }: Pick<WorkerSetup, 'language' | 'entry' | 'known'>,
  child: ChildRunner,
): ThreadRunner {
  const send = async (program: Source, inputs: InputsSent): Promise<Reply> => {
    const made = scriptOf(program, language, entry, toolbox);
    if (!('refused' in made)) return child.run(made.script, inputs);
    const result: SandboxResult = { outputs: [], failed: { status: 'refused', message: made.refused } };
    return { result: JSON.stringify(result), usage: nothing };
  };
  return {
    send,
    run: async (program, inputs) => ranOf(await send(program, sentAs(inputs, known))),
  };
}

/** Inputs as they travel: by position where the other end knows the list. */
export function sentAs(inputs: readonly Input[], known: WorkerSetup['known']): InputsSent {
  const at = known.indexOf(inputs);
  return at < 0 ? inputs : at;
}

/** The run that a reply reports. */
export function ranOf({ result, usage }: Reply): Ran {
  const { outputs, failed }: SandboxResult = JSON.parse(result);
  return { outputs, end: failed ?? { status: 'done' }, usage };
}
