import type { Source } from '../../program.ts';
import { regionsOf } from '../regions.ts';
import type { Form } from './patch.ts';

const note = 'Before the code, write one line `NOTE: what you changed and why` (at most 200 characters).';

/** The text in a prompt that teaches a model a form, with an example; of files and markers only where there are some. */
export const instructions: Readonly<Record<Form, (source: Source) => string>> = {
  diff: (source) =>
    lines(
      'State the change as one or more SEARCH/REPLACE blocks, like this:',
      '',
      'NOTE: break ties by the smaller index, so that equal items keep their order',
      ...(isMany(source) ? [Object.keys(source)[0]!] : []),
      '<<<<<<< SEARCH',
      '  return a.value - b.value;',
      '=======',
      '  return a.value - b.value || a.index - b.index;',
      '>>>>>>> REPLACE',
      '',
      `- ${note}`,
      '- SEARCH repeats whole, consecutive lines of the program exactly, indentation included, and enough of them to match in one place only. Do not abbreviate with `...`.',
      '- Every block is matched against the program as shown, so blocks must not overlap. An empty REPLACE deletes the lines. To insert lines, repeat a neighbouring line in SEARCH and in REPLACE.',
      isMany(source) && '- Write the path of the file on the line before each block. Do not add files.',
      isMarked(source) &&
        '- Only lines between EVOLVE-BLOCK-START and EVOLVE-BLOCK-END may change. Do not quote these two lines in a block.',
      '- If one block cannot be applied, none is.',
    ),
  whole: (source) =>
    lines(
      isMany(source)
        ? 'Answer with the complete text of each file that changes, each in its own fenced code block with its path on the line before, like this:'
        : 'Answer with the complete changed program in one fenced code block, like this:',
      '',
      'NOTE: break ties by the smaller index, so that equal items keep their order',
      ...example(source, 'the complete program, every line of it'),
      '',
      `- ${note}`,
      '- Write out every line. Do not abbreviate code with `// ...`. Keep the exported names.',
      '- Put no other fenced code after the answer: the last complete program counts.',
      isMany(source) && '- Files that you leave out stay as they are. Do not add files.',
      isMarked(source) &&
        '- Repeat the EVOLVE-BLOCK-START and EVOLVE-BLOCK-END lines unchanged. Only the code between them may change.',
    ),
  part: (source) =>
    lines(
      'Answer with the top-level declarations (functions, classes, variables) that change, each complete, in a fenced code block, like this:',
      '',
      'NOTE: break ties by the smaller index, so that equal items keep their order',
      ...example(source, 'function compare(a, b) {\n  return a.value - b.value || a.index - b.index;\n}'),
      '',
      `- ${note}`,
      '- Each declaration replaces the one with the same name. New declarations and imports are added above the first one that changes. Everything else stays: do not repeat it.',
      '- Write out each declaration in full. Do not abbreviate code with `// ...`. Write declarations and imports only, no other statements.',
      isMany(source) && '- Write the path of the file on the line before each code block. Do not add files.',
      isMarked(source) &&
        '- Only declarations between EVOLVE-BLOCK-START and EVOLVE-BLOCK-END may change. Leave these two lines out.',
    ),
};

function example(source: Source, code: string): string[] {
  const path = Object.keys(source)[0]!;
  return [
    ...(isMany(source) ? [`${path}:`] : []),
    `\`\`\`${/\.m?ts$/.test(path) ? 'ts' : 'js'}`,
    code,
    '```',
  ];
}

function lines(...all: (string | false)[]): string {
  return all.filter((line) => line !== false).join('\n');
}

function isMany(source: Source): boolean {
  return Object.keys(source).length > 1;
}

/** Whether markers say what may change. */
function isMarked(source: Source): boolean {
  return Object.values(source).some((text) => {
    const [first, ...more] = regionsOf(text);
    return more.length > 0 || first!.start > 0 || first!.end < text.length;
  });
}
