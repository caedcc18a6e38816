import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ModelServer, openModelServer } from '../../fixtures/model-server.ts';

/** A text that gets out of whatever does not escape it: elements, attributes, comments, styles, and what is not seen. */
export const wicked =
  `</pre></style></script><script>parent.owned=1;console.error('owned')</script><img src=x onerror="console.error(1)">` +
  `"'\`><svg onload=console.error(2)>&lt;&amp;&#60; <!-- ]]> \u0000\u001b[31m\u0085\u202eback\u2066\u200b\ufeff\u2028 <a href="javascript:alert(1)">`;

/** Writes a problem whose names, words and picture are all hostile; its programs return a number, the higher the better. */
export function writeHostileProblem(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const text = JSON.stringify(wicked);
  writeFileSync(
    join(folder, 'problem.ts'),
    `const wicked = ${text};
export default {
  name: 'hostile',
  brief: 'Return a large number. ' + wicked,
  language: 'javascript',
  entry: 'f',
  seeds: [{ 'program.js': 'export function f() {\\n  return 1;\\n}\\n' }],
  cases: [
    { id: 'one ' + wicked, input: 1, use: 'shown' },
    { id: 'two', input: 2, use: 'scored' },
    { id: 'held', input: 3, use: 'held-out' },
  ],
  judge: (_, y) => (typeof y === 'number' ? { score: y, feedback: wicked, measures: { size: y } } : { invalid: wicked }),
  show: (score) => score + ' points ' + wicked,
  references: [{ name: 'someone ' + wicked, score: 3, on: 'held-out', source: wicked }],
  picture: () => '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" onload="console.error(4)"><script>console.error(5)</script><image href="http://127.0.0.1:9/x.png"/><circle r="4"/></svg>',
};
`,
  );
}

/** A model whose every word is hostile: children that are twice as good, half of them broken, and notes of that kind. */
export function openHostileModel(): Promise<ModelServer> {
  let value = 1;
  return openModelServer((_prompt, { body }, count) => {
    const system: string = body.messages[0].content;
    if (system.includes('You keep the notes')) return { text: `- ${wicked}\nTRY: ${wicked}` };
    if (count % 5 === 3) return { status: 500, body: JSON.stringify({ error: { message: wicked } }) };
    if (count % 5 === 4) return { text: `I would rather not. ${wicked}` };
    value *= 2;
    // What would end the comment, or be refused by the sandbox, stays out of the program.
    const words = wicked.replace('<!--', '');
    const line = words.replace('\u2028', ' ');
    return {
      text: `NOTE: ${wicked}\n\n\`\`\`\`javascript\n// ${line}\nexport function f() {\n  const text = ${JSON.stringify(words)};\n  return text ? ${value} : 0;\n}\n\`\`\`\`\n`,
    };
  });
}
