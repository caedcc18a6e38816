import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError } from '../../search/errors.ts';

/** Converts between text and tokens. */
export interface Tokenizer {
  encode(text: string): number[];
  /** The text of tokens; those without text are skipped. */
  decode(tokens: readonly number[]): string;
}

/**
 * The tokenizer of a trainable model. `target` is `bytes` for a model of UTF-8 bytes; a file with a JSON list of the
 * texts that its tokens 0, 1, 2 ... stand for; or a model's `tokenizer.json`, or the folder that holds it, read
 * through the package `@huggingface/tokenizers` where that is installed.
 * @throws ConfigError for a file that is none of these, or a missing package.
 */
export async function openTokenizer(
  target: string,
  load: () => Promise<unknown> = () => import(packageName),
): Promise<Tokenizer> {
  if (target === 'bytes') return bytes;
  const file = existsSync(target) && statSync(target).isDirectory() ? join(target, 'tokenizer.json') : target;
  const content = read(file);
  if (Array.isArray(content)) return pieces(content, file);
  const config = join(dirname(file), 'tokenizer_config.json');
  return huggingFace(content, existsSync(config) ? read(config) : {}, file, load);
}

const bytes: Tokenizer = {
  encode: (text) => [...Buffer.from(text)],
  decode: (tokens) => Buffer.from(tokens.filter((token) => token < 256)).toString(),
};

/** A tokenizer of given pieces: greedily the longest that fits; a character that begins no piece has no token. */
export function pieces(content: readonly unknown[], file: string): Tokenizer {
  if (!content.every((piece) => typeof piece === 'string')) {
    throw new ConfigError(`Expected ${file} to be a list of texts, got one that holds something else`);
  }
  const byLength = content
    .map((piece, token) => ({ piece, token }))
    .filter(({ piece }) => piece !== '')
    .sort((a, b) => b.piece.length - a.piece.length || a.token - b.token);
  return {
    encode(text) {
      const tokens: number[] = [];
      for (let at = 0; at < text.length; ) {
        const found = byLength.find(({ piece }) => text.startsWith(piece, at));
        if (found) tokens.push(found.token);
        at += found?.piece.length ?? 1;
      }
      return tokens;
    },
    decode: (tokens) => tokens.map((token) => content[token] ?? '').join(''),
  };
}

/** The part of `@huggingface/tokenizers` that is used here. */
interface Package {
  Tokenizer: new (
    content: unknown,
    config: unknown,
  ) => {
    encode(text: string, options: { add_special_tokens: boolean }): { ids: number[] };
    decode(
      tokens: number[],
      options: { skip_special_tokens: boolean; clean_up_tokenization_spaces: boolean },
    ): string;
  };
}

/** In a variable, since the package is optional. */
const packageName = '@huggingface/tokenizers';

async function huggingFace(
  content: unknown,
  config: unknown,
  file: string,
  load: () => Promise<unknown>,
): Promise<Tokenizer> {
  let found: Package;
  try {
    found = (await load()) as Package;
  } catch (error) {
    throw new ConfigError(
      `Expected the package ${packageName} to read ${file}, got none: npm install ${packageName}`,
      { cause: error },
    );
  }
  try {
    const tokenizer = new found.Tokenizer(content, config);
    // Keeps spaces before a full stop, which belong to a program.
    const options = { skip_special_tokens: true, clean_up_tokenization_spaces: false };
    return {
      encode: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids,
      decode: (tokens) => tokenizer.decode([...tokens], options),
    };
  } catch (error) {
    throw new ConfigError(`Expected ${file} to be a tokenizer, got ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(`Expected ${file} to be a tokenizer, got ${(error as Error).message}`, {
      cause: error,
    });
  }
}
