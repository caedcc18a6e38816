import { readFileSync } from 'node:fs';
import { javascript } from '../../../../core/languages/javascript/javascript.ts';
import { typescript } from '../../../../core/languages/javascript/typescript.ts';
import type { Language } from '../../../../core/search/language.ts';
import type { Source } from '../../../../core/search/program.ts';
import type { Form } from '../../../../core/text/patch/patch.ts';

/** A reply out of `test/fixtures/replies`, and what must become of it. */
export interface Sample {
  readonly title: string;
  readonly form: Form;
  readonly language: Language;
  readonly truncated: boolean;
  readonly parent: Source;
  readonly reply: string;
  /** The program it must give, or a pattern of the refusal. */
  readonly expect: Source | RegExp;
  readonly note: string | undefined;
}

/**
 * Reads a table of replies. A line `@@@ program NAME [crlf] [bare]` starts a program (its line ends; without the last
 * one), `@@@ file PATH` one of its files, `@@@ FORM PROGRAM [cut] [ts]: TITLE` a reply, then come `@@@ gives` with the
 * program or `@@@ refuses PATTERN`, and perhaps `@@@ note TEXT`. `\t` in the table is a tab.
 */
export function corpus(name: string): Sample[] {
  const text = readFileSync(new URL(`../../../fixtures/replies/${name}.txt`, import.meta.url), 'utf8');
  const programs = new Map<string, { source: Record<string, string>; flags: readonly string[] }>();
  const samples: Sample[] = [];
  for (const part of text.split(/^@@@ (?=program |diff |whole |part )/m).slice(1)) {
    const [head, ...sections] = part.split(/^@@@ /m);
    const [line, body] = cut(head!);
    const [kind, of, ...flags] = line.split(':')[0]!.split(' ');
    if (kind === 'program') {
      const files = sections.map((each) => cut(each)).map(([path, file]) => [path.slice(5), file] as const);
      const source = files.length > 0 ? files : [['p.js', body] as const];
      programs.set(of!, {
        flags,
        source: Object.fromEntries(source.map(([path, file]) => [path, bytes(file, flags)])),
      });
      continue;
    }
    const parent = programs.get(of!);
    if (!parent) throw new Error(`no program ${of}`);
    let expect: Sample['expect'] | undefined;
    let note: string | undefined;
    for (const section of sections) {
      const [said, rest] = cut(section);
      if (said.startsWith('refuses ')) expect = new RegExp(said.slice(8), 'i');
      else if (said.startsWith('note ')) note = said.slice(5);
      else if (said.startsWith('gives'))
        expect = {
          ...(expect ?? parent.source),
          [said.slice(6) || Object.keys(parent.source)[0]!]: bytes(rest, parent.flags),
        } as Source;
    }
    if (!expect) throw new Error(`nothing expected: ${line}`);
    samples.push({
      title: line.slice(line.indexOf(':') + 2),
      form: kind as Form,
      language: flags.includes('ts') ? typescript : javascript,
      truncated: flags.includes('cut'),
      parent: parent.source,
      reply: bytes(body, []).replace(/\n$/, ''),
      expect,
      note,
    });
  }
  return samples;
}

function cut(text: string): [string, string] {
  const at = text.indexOf('\n');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function bytes(text: string, flags: readonly string[]): string {
  let result = text.replaceAll('\\t', '\t').replaceAll('\\s', ' ').replaceAll('\\ufeff', '\ufeff');
  if (flags.includes('bare')) result = result.replace(/\n$/, '');
  return flags.includes('crlf') ? result.replaceAll('\n', '\r\n') : result;
}
