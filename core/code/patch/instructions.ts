import type { Language } from '../../language.ts';
import type { Source } from '../../program.ts';
import { regionsOf } from '../regions.ts';
import type { Form } from './patch.ts';

const note = 'Before the code write one line `NOTE: what you changed and why` (up to 200 characters).';

/** The text in a prompt that teaches a model a form, with an example; of files and markers only where there are some. */
export const instructions: Readonly<Record<Form, (source: Source, language: Language) => string>> = {
  diff: (source, language) =>
    lines(
      'State the change as one or more SEARCH/REPLACE blocks:',
      '',
      `NOTE: ${language.prompt.example.note}`,
      ...(isMany(source) ? [Object.keys(source)[0]!] : []),
      '<<<<<<< SEARCH',
      language.prompt.example.before,
      '=======',
      language.prompt.example.after,
      '>>>>>>> REPLACE',
      '',
      `- ${note}`,
      '- SEARCH repeats whole, consecutive lines of the program exactly, with their indentation, and enough of them to stand in one place only. Never shorten with `...`.',
      '- Every block is matched against the program as it is shown, so blocks must not overlap. An empty REPLACE deletes the lines; to insert, repeat a neighbouring line.',
      isMany(source) && '- Write the path of the file on the line before each block. Add no files.',
      isMarked(source, language) &&
        '- Only lines between EVOLVE-BLOCK-START and EVOLVE-BLOCK-END may change; a block never quotes these two lines.',
      '- If one block does not apply, none does.',
    ),
  whole: (source, language) =>
    lines(
      isMany(source)
        ? 'Answer with the complete text of each file that changes, each in a fenced code block of its own with its path on the line before:'
        : 'Answer with the complete changed program in one fenced code block:',
      '',
      `NOTE: ${language.prompt.example.note}`,
      ...example(source, 'the complete program, every line of it', language),
      '',
      `- ${note}`,
      `- Write every line out; never stand in for code with \`${language.comments[0]} ...\`. Keep the exported names.`,
      '- Quote no other code in fences after the answer; the last complete program counts.',
      isMany(source) && '- Files that you do not give stay as they are. Add no files.',
      isMarked(source, language) &&
        '- Repeat the EVOLVE-BLOCK-START and EVOLVE-BLOCK-END lines as they are. Only what stands between them may change.',
    ),
  part: (source, language) =>
    lines(
      `Answer with the declarations that change (${language.parts?.kinds}), each complete, in a fenced code block:`,
      '',
      `NOTE: ${language.prompt.example.note}`,
      ...example(source, language.parts?.example ?? '', language),
      '',
      `- ${note}`,
      '- Each declaration takes the place of the one with the same name; new ones are added above the first that changes. All others stay: do not repeat them.',
      `- Write each declaration out in full; never stand in for code with \`${language.comments[0]} ...\`. The block holds nothing but declarations.`,
      isMany(source) && '- Write the path of the file on the line before each code block. Add no files.',
      isMarked(source, language) &&
        '- Only declarations between EVOLVE-BLOCK-START and EVOLVE-BLOCK-END may change; leave these two lines out.',
    ),
};

function example(source: Source, code: string, { fences }: Language): string[] {
  const path = Object.keys(source)[0]!;
  return [...(isMany(source) ? [`${path}:`] : []), `\`\`\`${fences[0]}`, code, '```'];
}

function lines(...all: (string | false)[]): string {
  return all.filter((line) => line !== false).join('\n');
}

function isMany(source: Source): boolean {
  return Object.keys(source).length > 1;
}

/** Whether markers say what may change. */
function isMarked(source: Source, language: Language): boolean {
  return Object.values(source).some((text) => {
    const [first, ...more] = regionsOf(text, language);
    return more.length > 0 || first!.start > 0 || first!.end < text.length;
  });
}
