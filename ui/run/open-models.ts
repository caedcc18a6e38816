import { ConfigError } from '../../core/search/errors.ts';
import type { Model } from '../../core/search/model.ts';
import type { Settings } from '../../core/search/settings.ts';

/** Which models a search asks, and how. */
export interface ModelOptions {
  /** Specs of those that make children, as `openai:gpt-5#effort=high`. */
  readonly models: readonly string[];
  /** What names further models, and whether a budget of dollars must hold, which needs the price of each. */
  readonly settings: Pick<Settings, 'embeddingModel' | 'noveltyModel' | 'dollars'>;
  /** Every call is written there. */
  readonly record?: string | undefined;
  /** Every call is answered from there, and no provider is asked. */
  readonly replay?: string | undefined;
  /** Answers that are drawn in pieces are kept there. */
  readonly parked?: string | undefined;
}

/** Where calls to models are written to, or answered from. */
export type CassetteOptions = Pick<ModelOptions, 'record' | 'replay'>;

/** Models that are open, by spec. */
export interface OpenModels extends AsyncDisposable {
  readonly all: ReadonlyMap<string, Model>;
  /** Lines for the user before any call. */
  readonly warnings: readonly string[];
  /** Opens one more, once. @throws ConfigError */
  bring(spec: string): Promise<Model>;
  /** Whether a budget can hold. @throws ConfigError for one of dollars where the price of a model is not known. */
  allow(budget: { readonly dollars?: number | null }): void;
}

/** Opens each model. @throws ConfigError for a spec, a key or a price that is missing, before anything is asked. */
export async function openModels(options: ModelOptions): Promise<OpenModels> {
  const { models, settings, record, replay, parked } = options;
  const { embeddingModel, noveltyModel, dollars } = settings;
  if (record && replay) throw new ConfigError('Expected one of --record and --replay, got both');
  const all = new Map<string, Model>();
  if (models.length === 0)
    return { all, warnings: [], bring: unasked, allow() {}, async [Symbol.asyncDispose]() {} };
  // Loaded here, for a search without models has no need of clients and price tables.
  const { isPriced, openEmbedder, openModel, quotesOf } = await import('../../core/models/open.ts');
  const { shortKeys } = await import('../../core/models/keys.ts');
  const { recording, replaying } = await import('../../core/models/cassette.ts');
  const specs = [...new Set([...models, ...[embeddingModel, noveltyModel].filter((each) => each !== null)])];
  const open: OpenModels = {
    all,
    warnings: replay ? [] : [...new Set(specs.flatMap((spec) => shortKeys(spec, process.env)))],
    async bring(spec) {
      const there = all.get(spec);
      if (there) return there;
      const live = replay
        ? replaying(spec, replay, quotesOf(spec))
        : await (spec === embeddingModel ? openEmbedder : openModel)(spec, process.env, parked);
      const model = record ? recording(live, record) : live;
      all.set(spec, model);
      return model;
    },
    allow({ dollars = null }) {
      const unpriced = dollars === null ? undefined : specs.find((spec) => !isPriced(spec));
      if (unpriced === undefined) return;
      throw new ConfigError(
        `Expected a price for ${unpriced}, since dollars are limited, got none: add #price=IN/OUT, in dollars per million tokens`,
      );
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(Array.from(all.values(), (model) => model[Symbol.asyncDispose]()));
    },
  };
  try {
    const twice = models.find((spec, i) => models.indexOf(spec) !== i);
    if (twice) throw new ConfigError(`Expected each --model once, got ${twice} twice`);
    open.allow({ dollars });
    for (const spec of specs) {
      await open.bring(spec);
    }
  } catch (error) {
    await open[Symbol.asyncDispose]();
    throw error;
  }
  return open;
}

async function unasked(spec: string): Promise<Model> {
  throw new ConfigError(`Expected a search that asks models, got ${spec} in one that does not`);
}
