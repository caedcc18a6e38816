import { scriptOf } from '../../core/code/script/module.ts';
import type { Ran, Runner } from '../../core/roles.ts';
import { toolbox } from '../library.ts';
import type { InputsSent, Post, Told } from '../message.ts';
import type { Warden } from '../warden.ts';

const nothing = { cpuMs: 0, wallMs: 0, memoryMb: 0 };

/** Runs JavaScript and TypeScript programs one at a time in the process of a warden. */
export function threadRunner(
  { language, entry, known }: Pick<Post, 'language' | 'entry' | 'known'>,
  warden: Warden,
): Pick<Runner, 'run'> & { sent(inputs: InputsSent): Parameters<Runner['run']>[1] } {
  return {
    sent: (inputs) => (typeof inputs === 'number' ? known[inputs]! : inputs),
    async run(program, inputs): Promise<Ran> {
      const made = scriptOf(program, language, entry, toolbox);
      if ('refused' in made)
        return { outputs: [], end: { status: 'refused', message: made.refused }, usage: nothing };
      const at = known.indexOf(inputs);
      const { told, usage } = await warden.run(made.script, at < 0 ? inputs : at);
      const { outputs, failed }: Told = JSON.parse(told);
      return { outputs, end: failed ?? { status: 'done' }, usage };
    },
  };
}
