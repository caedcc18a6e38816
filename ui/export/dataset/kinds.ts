import { edits } from './edits.ts';
import type { Kind } from './kind.ts';
import { kto } from './kto.ts';
import { predict } from './predict.ts';
import { dpo, openai } from './preferences.ts';
import { refine } from './refine.ts';
import { grpo, verl } from './rollouts.ts';
import { sft } from './sft.ts';
import { tree } from './tree.ts';

/** Every kind of data set. */
export const kinds: readonly Kind[] = [sft, dpo, kto, grpo, verl, openai, refine, edits, predict, tree];
