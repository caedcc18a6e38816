import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { recording, replaying } from '../../../core/models/cassette.ts';
import { ggufModel } from '../../../core/models/gguf.ts';
import { openEmbedder, openModel } from '../../../core/models/open.ts';
import type { Model } from '../../../core/search/model.ts';
import { decodeVector } from '../../../core/search/vector.ts';
import { type Asked, modelContract } from '../../contracts/model.ts';
import { vocabulary } from '../../fixtures/bigram.ts';
import { type Behaviour, openModelServer } from '../../fixtures/model-server.ts';
import { openTrainerServer } from '../../fixtures/trainer-server.ts';

type What = 'answers' | 'fails' | 'stays';

const folder = mkdtempSync(join(tmpdir(), 'atoll-contract-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let folders = 0;
const fresh = (): string => {
  const dir = join(folder, String(++folders));
  mkdirSync(dir);
  return dir;
};
const until = async (there: () => boolean): Promise<void> => {
  while (!there()) await sleep(10);
};
const last = (prompt: string): string => prompt.trim().split('\n').at(-1)!;
const isEcho = (text: string, question: string): boolean => text.trim() === `To ${question}.`;

/** A model behind a server on this machine, whose replies `say` words. */
async function served(
  open: (url: string) => Promise<Model>,
  say: (prompt: string, body: any) => Behaviour,
): Promise<Asked> {
  let what: What = 'answers';
  const server = await openModelServer((prompt, { body }) =>
    what === 'answers' ? say(prompt, body) : what === 'fails' ? { status: 500 } : 'silence',
  );
  const model = await open(server.url);
  return {
    model,
    next: (wanted) => {
      what = wanted;
    },
    get calls() {
      return server.requests.length;
    },
    inFlight: () => until(() => server.requests.length > 0),
    async [Symbol.asyncDispose]() {
      await model[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

for (const kind of ['openai', 'anthropic', 'google', 'compatible'] as const) {
  const open = (url: string): Promise<Model> => {
    const { origin } = new URL(url);
    const env = {
      ...{
        OPENAI_API_KEY: 'sk-0123456789',
        ANTHROPIC_API_KEY: 'sk-0123456789',
        GEMINI_API_KEY: 'sk-0123456789',
      },
      ...{ OPENAI_BASE_URL: url, ANTHROPIC_BASE_URL: origin, GOOGLE_BASE_URL: `${origin}/v1beta` },
    };
    const head = kind === 'compatible' ? `compatible:m@${url}` : `${kind}:m`;
    return openModel(`${head}#price=1/2,calls=2,tokens=50`, env);
  };
  const usage = { input: 9, cached: 3, output: 4, reasoning: 0 };
  modelContract(kind, () => served(open, (prompt) => ({ text: `To ${last(prompt)}.`, usage })), isEcho);
  modelContract(
    `${kind}, which sends no stream`,
    () => served(open, (prompt) => ({ text: `To ${last(prompt)}.`, usage, whole: true })),
    isEcho,
  );
}

modelContract(
  'embedding',
  () =>
    served(
      (url) => openEmbedder(`compatible:e@${url}#price=2/2`, {}),
      (_, { input }) => ({
        status: 200,
        body: JSON.stringify({
          data: [{ object: 'embedding', index: 0, embedding: [input[0].length, input[0].charCodeAt(0)] }],
          model: 'e',
          usage: { prompt_tokens: 3, total_tokens: 3 },
        }),
      }),
    ),
  (text, question) => {
    const [length, first] = decodeVector(text);
    return length === question.length && first === question.charCodeAt(0);
  },
);

modelContract(
  'exec',
  async () => {
    const dir = fresh();
    const script = `echo >> ${dir}/calls; case $(cat ${dir}/what) in answers) printf 'To %s.' "$(tail -1)";; fails) exit 3;; stays) sleep 60;; esac`;
    const model = await openModel(`exec:${script}#calls=2`, {});
    const calls = (): number =>
      existsSync(join(dir, 'calls')) ? readFileSync(join(dir, 'calls'), 'utf8').length : 0;
    return {
      model,
      next: (what) => writeFileSync(join(dir, 'what'), what),
      get calls() {
        return calls();
      },
      inFlight: () => until(() => calls() > 0),
      [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
    };
  },
  isEcho,
);

modelContract(
  'manual',
  async () => {
    const dir = fresh();
    const model = await openModel(`manual:${dir}#timeout=4`, {});
    const prompts = (): string[] => readdirSync(dir).filter((name) => name.endsWith('.prompt.md'));
    let what: What = 'answers';
    const person = setInterval(() => {
      for (const name of what === 'answers' ? prompts() : []) {
        const answer = join(dir, name.replace('prompt', 'answer'));
        if (!existsSync(answer)) writeFileSync(answer, `To ${last(readFileSync(join(dir, name), 'utf8'))}.`);
      }
    }, 20);
    return {
      model,
      next: (wanted) => {
        what = wanted;
      },
      // A prompt that stands unanswered is the same prompt when it is asked again.
      calls: undefined,
      inFlight: () => until(() => prompts().length > 0 && model.waits!().length > 0),
      async [Symbol.asyncDispose]() {
        clearInterval(person);
        await model[Symbol.asyncDispose]();
      },
    };
  },
  isEcho,
);

modelContract(
  'gguf',
  async () => {
    let what: What = 'answers';
    let calls = 0;
    class LlamaChatSession {
      setChatHistory(): void {}
      promptWithMeta(text: string, { signal }: { signal: AbortSignal }): Promise<object> {
        calls += 1;
        if (what === 'fails') return Promise.reject(new Error('out of memory'));
        if (what === 'answers')
          return Promise.resolve({ responseText: `To ${text}.`, stopReason: 'eogToken' });
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      }
      dispose(): void {}
    }
    const loaded = {
      tokenize: (text: string) => text.split(' '),
      createContext: async () => ({ getSequence: () => ({}), dispose: async () => {} }),
      dispose: async () => {},
    };
    const load = async () => ({
      getLlama: async () => ({ loadModel: async () => loaded }),
      LlamaChatSession,
    });
    const model = await ggufModel({ name: 'gguf:x', target: 'x', calls: 1, tokens: 10 }, load);
    return {
      model,
      next: (wanted) => {
        what = wanted;
      },
      get calls() {
        return calls;
      },
      inFlight: () => until(() => calls > 0),
      [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
    };
  },
  isEcho,
);

const cost = { tokens: 1, dollars: 0.5 };
const quote = () => ({ tokens: 2, dollars: 1 });

modelContract(
  'replaying',
  async () => {
    const tape = (lines: readonly object[]): string => {
      const file = join(fresh(), 'tape.jsonl');
      for (const line of lines) appendFileSync(file, `${JSON.stringify({ model: 'toy', ...line })}\n`);
      return file;
    };
    const messages = (text: string) => [
      { role: 'system', text: 'Be brief.' },
      { role: 'user', text },
    ];
    const said = ['one', 'two', 'three'].map((word) => ({
      messages: messages(word),
      answer: { text: `To ${word}.`, ended: 'stop', cost },
    }));
    const fault = {
      fault: 'Expected an answer, got none',
      kind: 'broken',
      cost: { tokens: -5, dollars: null },
    };
    const tapes: Record<What, string> = {
      answers: tape(said),
      fails: tape([{ messages: messages('one'), answer: fault }]),
      stays: tape([{ messages: messages('one') }]),
    };
    let now = replaying('toy', tapes.answers, quote);
    return {
      model: { ...now, ask: (...given) => now.ask(...given) },
      next: (what) => {
        now = replaying('toy', tapes[what], quote);
      },
      calls: undefined,
      inFlight: () => sleep(0),
      async [Symbol.asyncDispose]() {},
    };
  },
  isEcho,
);

modelContract(
  'recording',
  async () => {
    const it = await served(
      (url) => openModel(`compatible:m@${url}`, {}),
      (prompt) => ({ text: `To ${last(prompt)}.` }),
    );
    const model = recording(it.model, join(fresh(), 'tape.jsonl'));
    return {
      model,
      next: it.next,
      get calls() {
        return it.calls;
      },
      inFlight: it.inFlight,
      [Symbol.asyncDispose]: () => it[Symbol.asyncDispose](),
    };
  },
  isEcho,
);

modelContract(
  'tinker',
  async () => {
    const dir = fresh();
    const tokenizer = join(dir, 'tokens.json');
    writeFileSync(tokenizer, JSON.stringify(vocabulary));
    let server = await openTrainerServer({ dir });
    const port = Number(new URL(server.url).port);
    let what: What = 'answers';
    const model = await openModel(
      `tinker:toy@${server.url}#tokenizer=${tokenizer},chat=plain,tokens=40,price=1/2`,
      {},
    );
    return {
      model,
      async next(wanted) {
        if (wanted === what) return;
        if (what !== 'fails') await server[Symbol.asyncDispose]();
        if (wanted !== 'fails')
          server = await openTrainerServer({ dir, port, delay: wanted === 'stays' ? 60_000 : 0 });
        what = wanted;
      },
      // One call is several requests, and none where the server is away.
      calls: undefined,
      inFlight: () => until(() => server.requests.length > 0),
      async [Symbol.asyncDispose]() {
        await model[Symbol.asyncDispose]();
        if (what !== 'fails') await server[Symbol.asyncDispose]();
      },
    };
  },
  // It draws sums, whatever it is asked.
  (text) => text.length > 0,
);
