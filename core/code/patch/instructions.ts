import type { Source } from '../../program.ts';
import { regionsOf } from '../regions.ts';
import type { Form } from './patch.ts';

const note = 'Before the code write one line `NOTE: what you changed and why` (up to 200 characters).';

/** The text in a prompt that teaches a model a form, with an example; of files and markers only where there are some. */
export const instructions: Readonly<Record<Form, (source: Source) => string>> = {
  diff: (source) =>
    lines(
      'State the change as one or more SEARCH/REPLACE blocks:',
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
      '- SEARCH repeats whole, consecutive lines of the program exactly, with their indentation, and enough of them to stand in one place only. Never shorten with `...`.',
      '- Every block is matched against the program as it is shown, so blocks must not overlap. An empty REPLACE deletes the lines; to insert, repeat a neighbouring line.',
      isMany(source) && '- Write the path of the file on the line before each block. Add no files.',
      isMarked(source) &&
        '- Only lines between EVOLVE-BLOCK-START and EVOLVE-BLOCK-END may change; a block never quotes these two lines.',
      '- If one block does not apply, none does.',
    ),
  whole: (source) =>
    lines(
      isMany(source)
        ? 'Answer with the complete text of each file that changes, each in a fenced code block of its own with its path on the line before:'
        : 'Answer with the complete changed program in one fenced code block:',
      '',
      'NOTE: break ties by the smaller index, so that equal items keep their order',
      ...example(source, 'the complete program, every line of it'),
      '',
      `- ${note}`,
      '- Write every line out; never stand in for code with `// ...`. Keep the exported names.',
      '- Quote no other code in fences after the answer; the last complete program counts.',
      isMany(source) && '- Files that you do not give stay as they are. Add no files.',
      isMarked(source) &&
        '- Repeat the EVOLVE-BLOCK-START and EVOLVE-BLOCK-END lines as they are. Only what stands between them may change.',
    ),
  part: (source) =>
    lines(
      'Answer with the declarations that change (functions, classes, variables at the top level), each complete, in a fenced code block:',
      '',
      'NOTE: break ties by the smaller index, so that equal items keep their order',
      ...example(source, 'function compare(a, b) {\n  return a.value - b.value || a.index - b.index;\n}'),
      '',
      `- ${note}`,
      '- Each declaration takes the place of the one with the same name; new ones are added above the first that changes. All others stay: do not repeat them.',
      '- Write each declaration out in full; never stand in for code with `// ...`. The block holds nothing but declarations.',
      isMany(source) && '- Write the path of the file on the line before each code block. Add no files.',
      isMarked(source) &&
        '- Only declarations between EVOLVE-BLOCK-START and EVOLVE-BLOCK-END may change; leave these two lines out.',
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
