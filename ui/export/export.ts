import { createHash } from 'node:crypto';
import { version } from '../version.ts';
import type { Share } from './dataset/choose.ts';
import type { Kind, Provenance } from './dataset/kind.ts';
import { publicSpec } from './dataset/private.ts';
import { treesOf } from './dataset/tree.ts';
import { type DatasetFile, type Folder, openFolder } from './folder.ts';
import { type Gathered, gather, keptApart, renderedOf } from './gather.ts';
import { openProgramCaller } from './predictions.ts';
import type { ExportedRun } from './runs.ts';

/** The runs, the kind and the options of an export. */
export interface ExportOptions {
  readonly kind: Kind;
  readonly runs: readonly ExportedRun[];
  readonly out: string;
  readonly share: Share;
  /** The licence of the data, in the user's words. */
  readonly licence: string | undefined;
  /** A text that no example may overlap with, and the name of its file. */
  readonly apart: { readonly name: string; readonly text: string } | undefined;
}

/** manifest.json: the kind of a data set, its origin, and the counts of its filters. */
export interface DatasetManifest {
  readonly version: 1;
  readonly kind: string;
  readonly atoll: string;
  /** The licence of the data; null where none was given. */
  readonly licence: string | null;
  readonly files: readonly DatasetFile[];
  readonly runs: readonly {
    readonly run: string;
    readonly problem: string;
    readonly hash: string;
    readonly seed: number;
    readonly models: readonly string[];
    readonly atoll: string;
  }[];
  readonly share: Share;
  /** The text, besides held-out cases, that no example overlaps with. */
  readonly apart: { readonly name: string; readonly sha256: string } | null;
  /** Number of trials read. */
  readonly trials: number;
  readonly filters: Gathered['collected']['into']['filters'];
}

/** Writes a data set; the same runs and options give the same bytes. @throws ConfigError, JournalError, SandboxError */
export async function exportRuns(options: ExportOptions): Promise<DatasetManifest> {
  const { kind, runs, out, share, apart } = options;
  const folder = openFolder(out);
  const gathered = await gather(kind, runs, keptApart(runs, apart?.text ?? ''), share);
  const files =
    kind.name === 'predict'
      ? await writePredictions(folder, runs, gathered)
      : await writeRendered(folder, kind, gathered);
  const { trials, into } = gathered.collected;
  const manifest: DatasetManifest = {
    version: 1,
    kind: kind.name,
    atoll: version,
    licence: options.licence ?? null,
    files,
    runs: runs.map(originOf),
    share,
    apart: apart ? { name: apart.name, sha256: createHash('sha256').update(apart.text).digest('hex') } : null,
    trials,
    filters: into.filters,
  };
  await folder.close(manifest);
  return manifest;
}

function originOf({ origin, manifest }: ExportedRun): DatasetManifest['runs'][number] {
  const { settings, models = [], versions } = manifest;
  return {
    run: origin.run,
    problem: origin.problem.name,
    hash: origin.hash,
    seed: settings.seed,
    models: [...new Set(models.map(publicSpec))],
    atoll: versions.atoll,
  };
}

const splits = ['train', 'test'] as const;
type Split = (typeof splits)[number];

async function writeRendered(folder: Folder, kind: Kind, gathered: Gathered): Promise<DatasetFile[]> {
  const files: (DatasetFile | undefined)[] = [];
  for (const split of splits) {
    const provenances: Provenance[] = [];
    files.push(await folder.write(`${split}.jsonl`, rowsOf(kind, gathered, split, provenances)));
    files.push(await folder.write(`provenance/${split}.jsonl`, provenances));
  }
  return files.filter((file) => file !== undefined);
}

/** The rows of a split; the provenance of each is added to `provenances`. */
function* rowsOf(
  kind: Kind,
  { rendered, collected, chosen }: Gathered,
  split: Split,
  provenances: Provenance[],
): Generator<object> {
  let index = 0;
  const plans = chosen[split];
  const all = kind.name === 'tree' ? [treesOf(plans.flatMap((plan) => renderedOf(plan, rendered)))] : plans;
  for (const each of all) {
    const made = 'summaries' in each ? kind.rows(each, renderedOf(each, rendered), { split, index }) : each;
    const lost = made.length === 0 ? 1 : 0;
    collected.into.count('unwritten', 'examples', 'a change that no edit states exactly', lost);
    index += made.length;
    for (const { row, provenance } of made) {
      provenances.push(provenance);
      yield row;
    }
  }
}

async function writePredictions(
  folder: Folder,
  runs: readonly ExportedRun[],
  gathered: Gathered,
): Promise<DatasetFile[]> {
  await using asker = await openProgramCaller(runs, gathered);
  const files: (DatasetFile | undefined)[] = [];
  for (const split of splits) {
    const rows = async function* () {
      for (const plan of gathered.chosen[split]) yield* await asker.ask(plan);
    };
    files.push(await folder.write(`${split}.jsonl`, rows()));
  }
  return files.filter((file) => file !== undefined);
}
