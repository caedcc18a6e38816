import type { Language } from '../../search/language.ts';
import type { Source } from '../../search/program.ts';
import { regionsOf } from '../regions.ts';
import type { Form } from './patch.ts';

const note = 'Before the code, write one line `NOTE: what you changed and why` (at most 200 characters).';

/** The text in a prompt that teaches a model a form, with an example; files and markers are mentioned only where there are some. */
export const instructions: Readonly<Record<Form, (source: Source, language: Language) => string>> = {
  diff: (source, language) =>
    lines(
      'State the change as one or more SEARCH/REPLACE blocks, like this:',
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
      '- SEARCH repeats whole, consecutive lines of the program exactly, indentation included, and enough of them to match in one place only. Do not abbreviate with `...`.',
      '- Every block is matched against the program as shown, so blocks must not overlap. An empty REPLACE deletes the lines. To insert lines, repeat a neighbouring line in SEARCH and in REPLACE.',
      isMany(source) && '- Write the path of the file on the line before each block. Do not add files.',
      isMarked(source, language) &&
        '- Only lines between EVOLVE-BLOCK-START and EVOLVE-BLOCK-END may change. Do not quote these two lines in a block.',
      '- If one block cannot be applied, none is.',
    ),
  whole: (source, language) =>
    lines(
      isMany(source)
        ? 'Answer with the complete text of each file that changes, each in its own fenced code block with its path on the line before, like this:'
        : 'Answer with the complete changed program in one fenced code block, like this:',
      '',
      `NOTE: ${language.prompt.example.note}`,
      ...example(source, 'the complete program, every line of it', language),
      '',
      `- ${note}`,
      `- Write out every line. Do not abbreviate code with \`${language.comments[0]} ...\`. Keep the exported names.`,
      '- Put no other fenced code after the answer: the last complete program counts.',
      isMany(source) && '- Files that you leave out stay as they are. Do not add files.',
      isMarked(source, language) &&
        '- Repeat the EVOLVE-BLOCK-START and EVOLVE-BLOCK-END lines unchanged. Only the code between them may change.',
    ),
  part: (source, language) =>
    lines(
      `Answer with the declarations that change (${language.parts?.kinds}), each complete, in a fenced code block, like this:`,
      '',
      `NOTE: ${language.prompt.example.note}`,
      ...example(source, language.parts?.example ?? '', language),
      '',
      `- ${note}`,
      '- Each declaration replaces the one with the same name. New declarations and imports are added above the first one that changes. Everything else stays: do not repeat it.',
      `- Write out each declaration in full. Do not abbreviate code with \`${language.comments[0]} ...\`. Write declarations and imports only, no other statements.`,
      isMany(source) && '- Write the path of the file on the line before each code block. Do not add files.',
      isMarked(source, language) &&
        '- Only declarations between EVOLVE-BLOCK-START and EVOLVE-BLOCK-END may change. Leave these two lines out.',
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
