import { type Arm, armName } from '../../../core/search/arm.ts';

/** API keys in the providers' formats, tokens in headers, private keys. */
const keys =
  /\bsk-[A-Za-z0-9_-]{16,}|\bAIza[\w-]{30,}|\bgh[pousr]_[A-Za-z0-9]{30,}|\bhf_[A-Za-z0-9]{30,}|\bAKIA[A-Z0-9]{16}\b|\bBearer\s+[\w.~+/-]{16,}|-----BEGIN [A-Z ]*PRIVATE KEY/;

/** Absolute paths of usual folders. */
const paths =
  /(?<![\w.])(?:file:\/\/)?\/(?:home|Users|root|tmp|var|private|opt|mnt|work|workspace|etc)\/[\w.-]+|(?<!\w)[A-Za-z]:\\(?:Users|Windows|Program)/;

/** Whether a text contains something like a key, or an absolute path. */
export function isPrivate(text: string): boolean {
  return keys.test(text) || paths.test(text);
}

/** A model's spec without hosts, folders and commands: `compatible:qwen@http://10.0.0.1/v1` is `compatible:qwen`. */
export function publicSpec(spec: string): string {
  const at = spec.indexOf(':');
  const [kind, rest] = at < 0 ? [spec, ''] : [spec.slice(0, at), spec.slice(at + 1)];
  if (kind === 'exec' || kind === 'manual') return kind;
  const name = rest.replace(/[@#].*$/s, '');
  return rest === '' ? kind : `${kind}:${kind === 'gguf' ? name.split(/[\\/]/).at(-1) : name}`;
}

/** The name of an arm without the private parts of its model's spec: `diff@exec:cat` is `diff@exec`. */
export function publicArm({ operator, model }: Arm): string {
  return armName(model === undefined ? { operator } : { operator, model: publicSpec(model) });
}
