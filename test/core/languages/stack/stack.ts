/** A third language, to prove that nothing outside its folder has to know one: a stack calculator in the manner of Forth. */
import { defineLanguage } from '../../../../core/languages/define.ts';

const operators: Record<string, (stack: number[]) => void> = {
  '+': (stack) => stack.push(stack.pop()! + stack.pop()!),
  '*': (stack) => stack.push(stack.pop()! * stack.pop()!),
  '-': (stack) => stack.push(-stack.pop()! + stack.pop()!),
  dup: (stack) => stack.push(stack.at(-1)!),
  swap: (stack) => stack.push(...stack.splice(-2).reverse()),
  if: (stack) => stack.push([stack.pop()!, stack.pop()!][stack.pop()! > 0 ? 0 : 1]!),
};

/** The words of a program: a backslash and all after it in its line is a comment. */
function wordsIn(text: string): string[] {
  return text.replace(/\\.*/g, '').split(/\s+/).filter(Boolean);
}

const isNumber = (word: string): boolean => /^-?\d+(?:\.\d+)?$/.test(word);

/** What is on top of the stack once a program has run on one number; NaN where the stack ran out. */
export function runStack(text: string, input: number): number {
  const stack = [input];
  for (const word of wordsIn(text)) {
    if (isNumber(word)) stack.push(Number(word));
    else operators[word]!(stack);
  }
  return stack.at(-1) ?? Number.NaN;
}

export const stack = defineLanguage({
  name: 'stack',
  title: 'Stack',
  extensions: ['.stk'],
  fences: ['stack', 'stk'],
  comments: ['\\'],
  prompt: {
    program: (path, entry) =>
      `a Stack program (${path}), which turns the number on the stack into \`${entry}\` of it`,
    imports: 'nothing can be imported',
    example: { note: 'square the sum and not its terms', before: 'dup * 1 +', after: '1 + dup *' },
  },
  syntaxError(text) {
    const words = wordsIn(text);
    const wrong = words.find((word) => !isNumber(word) && !Object.hasOwn(operators, word));
    return words.length === 0 ? 'no word in it' : wrong && `no such word: ${wrong}`;
  },
  normalize: (text) =>
    wordsIn(text)
      .map((word) => (isNumber(word) ? `${Number(word)}` : word))
      .join(' '),
  highlight: (text) =>
    text
      .split(/(\\.*|\s+)/)
      .filter(Boolean)
      .map((part) => ({
        kind: part[0] === '\\' ? 'comment' : isNumber(part) ? 'number' : 'plain',
        text: part,
      })),
  branches: (text) => wordsIn(text).filter((word) => word === 'if').length,
});
