import { best } from './commands/best.ts';
import { check } from './commands/check.ts';
import { doctor } from './commands/doctor.ts';
import { evaluate } from './commands/evaluate.ts';
import { exporter } from './commands/export.ts';
import { scaffold } from './commands/new.ts';
import { problems } from './commands/problems.ts';
import { report } from './commands/report.ts';
import { resume } from './commands/resume.ts';
import { run } from './commands/run.ts';
import { train } from './commands/train.ts';
import { watch } from './commands/watch.ts';

/** Every command, in the order in which `--help` lists them; each adds itself to a command line. */
export const commands = [
  run,
  resume,
  watch,
  best,
  report,
  exporter,
  train,
  problems,
  scaffold,
  check,
  evaluate,
  doctor,
];
