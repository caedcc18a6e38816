import { type Node, parse } from '../../core/languages/javascript/parse.ts';
import { contains, walk } from '../../core/languages/javascript/walk.ts';
import type { Random } from '../../core/search/random.ts';
import { applyEdits, type Edit } from '../../core/text/edit.ts';

/** Says the same in other words, as far as the text gives occasion; written on the text, apart from the normal form. */
export type Rewrite = (text: string, random: Random) => string | undefined;

interface Found {
  readonly node: Node;
  readonly parent: Node | undefined;
}

function found(text: string): Found[] {
  const parsed = parse(text, 'javascript');
  const list: Found[] = [];
  if ('program' in parsed) walk(parsed.program, (node, parent) => list.push({ node, parent }));
  return list;
}

/** Edits one of the places that a test finds. */
function one(
  test: (each: Found, all: readonly Found[]) => boolean,
  edits: (each: Found, text: string, random: Random) => Edit[],
): Rewrite {
  return (text, random) => {
    const all = found(text);
    const places = all.filter((each) => test(each, all));
    return places.length > 0 ? applyEdits(text, edits(random.pick(places), text, random)) : undefined;
  };
}

const slice = (text: string, node: Node) => text.slice(node.start, node.end);
const around = ({ start, end }: Node, before: string, after: string): Edit[] => [
  { start, end: start, text: before },
  { start: end, end, text: after },
];
const inBlock = ({ node, parent }: Found) =>
  /(Statement|VariableDeclaration)$/.test(node.type) && parent?.type === 'BlockStatement';
const acts = (node: Node) =>
  contains(node, (each) => /Call|New|Assignment|Update|Await|Yield|Function/.test(each.type));
const isText = (node: Node) =>
  contains(node, (each) => each.type === 'TemplateLiteral' || typeof each.value === 'string');
const isArithmetic = ({ node }: Found, operators: RegExp) =>
  node.type === 'BinaryExpression' && operators.test(node.operator) && !isText(node);
const isPlain = (node: Node) =>
  node.declarations?.length === 1 &&
  node.declarations[0].id.type === 'Identifier' &&
  node.declarations[0].init;
const fresh = (text: string, random: Random) => {
  for (;;) {
    const name = `v${random.int(1e6)}`;
    if (!text.includes(name)) return name;
  }
};
const mentions = (node: Node, name: string) =>
  contains(node, (each) => each.type === 'Identifier' && each.name === name);

const rename: Rewrite = (text, random) => {
  const all = found(text);
  const names = all.filter(
    ({ node, parent }) =>
      node.type === 'Identifier' && parent?.type === 'VariableDeclarator' && parent.id === node,
  );
  if (names.length === 0) return undefined;
  const { name } = random.pick(names).node;
  const uses = all.filter(({ node }) => node.type === 'Identifier' && node.name === name);
  const property = ({ node, parent }: Found) =>
    parent?.type === 'Property' ||
    /^Export/.test(parent?.type ?? '') ||
    (parent?.type === 'MemberExpression' && !parent.computed && parent.property === node);
  const exported = all.some(
    ({ node }) =>
      node.type === 'ExportNamedDeclaration' &&
      node.declaration?.declarations?.some((each: Node) => each.id.name === name),
  );
  if (exported || uses.some(property)) return undefined;
  const to = fresh(text, random);
  return applyEdits(
    text,
    uses.map(({ node }) => ({ start: node.start, end: node.end, text: to })),
  );
};

const comment = one(inBlock, ({ node }, _, random) => [
  { start: node.start, end: node.start, text: random.next() < 0.5 ? '// as before\n' : '/* the same */ ' },
]);
const reformat = one(
  ({ node }) => node.type === 'BlockStatement' || node.type === 'BinaryExpression',
  ({ node }) =>
    node.type === 'BlockStatement'
      ? around({ ...node, start: node.start + 1, end: node.end - 1 }, '\n\n\t', '\n')
      : around(node, '(\n ', ' )'),
);
const commute = one(
  (each) => isArithmetic(each, /^[+*]$/) && !acts(each.node),
  ({ node }, text) => [
    {
      start: node.start,
      end: node.end,
      text: `((${slice(text, node.right)}) ${node.operator} (${slice(text, node.left)}))`,
    },
  ],
);
const mirror = one(
  (each) => isArithmetic(each, /^[<>]=?$/) && !acts(each.node),
  ({ node }, text) => {
    const operator = node.operator.replace(/[<>]/, (mark: string) => (mark === '<' ? '>' : '<'));
    return [
      {
        start: node.start,
        end: node.end,
        text: `(${slice(text, node.right)}) ${operator} (${slice(text, node.left)})`,
      },
    ];
  },
);
const reorder: Rewrite = (text, random) => {
  const pairs = found(text).flatMap(({ node }) => {
    const list: Node[] = node.type === 'BlockStatement' || node.type === 'Program' ? node.body : [];
    return list.slice(1).flatMap((second, i) => {
      const first = list[i]!;
      const functions = first.type === 'FunctionDeclaration' && second.type === 'FunctionDeclaration';
      const values =
        isPlain(first) &&
        isPlain(second) &&
        !acts(first) &&
        !acts(second) &&
        !mentions(second, first.declarations[0].id.name);
      return functions || values ? [{ first, second }] : [];
    });
  });
  if (pairs.length === 0) return undefined;
  const { first, second } = random.pick(pairs);
  return (
    text.slice(0, first.start) +
    slice(text, second) +
    text.slice(first.end, second.start) +
    slice(text, first) +
    text.slice(second.end)
  );
};
const dead = one(inBlock, ({ node }, text, random) => {
  const name = fresh(text, random);
  const what = [
    `if (false) { ${name}(); }\n`,
    `const ${name} = ${1 + random.int(9)} * 3;\n`,
    ';',
    'void 0;\n',
    `let ${name};\n`,
    '{ }\n',
  ];
  return [{ start: node.start, end: node.start, text: random.pick(what) }];
});
const neutral = one(
  (each) => isArithmetic(each, /^[-*/]$/),
  ({ node }, _, random) => around(node, '((', random.pick([') * 1)', ') + 0)', ') / 1)', ') - 0)'])),
);
const jitter: Rewrite = (text, random) => {
  const numbers = found(text).filter(
    ({ node }) => typeof node.value === 'number' && /^\d*\.\d+$/.test(node.raw) && node.value !== 0,
  );
  if (numbers.length === 0) return undefined;
  const chosen = random.next() < 0.5 ? numbers : [random.pick(numbers)];
  return applyEdits(
    text,
    chosen.map(({ node }) => ({
      start: node.start,
      end: node.end,
      text: String(node.value * (1 + 0.006 * (random.next() - 0.5))),
    })),
  );
};
const extract = one(
  ({ node, parent }) =>
    parent?.type === 'BlockStatement' &&
    ((node.type === 'ReturnStatement' && node.argument) ||
      (isPlain(node) && node.declarations[0].init.type === 'BinaryExpression' && !acts(node))),
  ({ node }, text, random) => {
    const name = fresh(text, random);
    const value: Node =
      node.type === 'ReturnStatement'
        ? node.argument
        : random.pick([node.declarations[0].init.left, node.declarations[0].init.right]);
    return [
      { start: node.start, end: node.start, text: `const ${name} = ${slice(text, value)};\n` },
      { start: value.start, end: value.end, text: name },
    ];
  },
);
const inline: Rewrite = (text, random) => {
  const all = found(text);
  const assigned = new Set(
    all.flatMap(({ node }) =>
      /^(Assignment|Update)Expression$/.test(node.type) ? [(node.left ?? node.argument).name] : [],
    ),
  );
  const places = all.filter((each) => {
    if (!inBlock(each) || !isPlain(each.node)) return false;
    const { id, init } = each.node.declarations[0];
    const steady =
      !/Array|Object/.test(init.type) &&
      !contains(
        init,
        (part) =>
          /Member|Array|Object/.test(part.type) || (part.type === 'Identifier' && assigned.has(part.name)),
      );
    const declared = all.filter(
      ({ node, parent }) =>
        node.name === id.name &&
        (parent?.type === 'VariableDeclarator'
          ? parent.id === node
          : /Function|Property|Pattern/.test(parent?.type ?? '')),
    );
    return !acts(each.node) && steady && !assigned.has(id.name) && declared.length === 1;
  });
  if (places.length === 0) return undefined;
  const { node } = random.pick(places);
  const { id, init } = node.declarations[0];
  const uses = all.filter(
    (each) => each.node.type === 'Identifier' && each.node.name === id.name && each.node !== id,
  );
  if (
    uses.some(
      ({ node: use, parent }) =>
        parent?.type === 'MemberExpression' && parent.property === use && !parent.computed,
    )
  )
    return undefined;
  return applyEdits(text, [
    { start: node.start, end: node.end, text: '' },
    ...uses.map((use) => ({ start: use.node.start, end: use.node.end, text: `(${slice(text, init)})` })),
  ]);
};
const keyword = one(
  (each) => inBlock(each) && each.node.kind === 'const',
  ({ node }) => [{ start: node.start, end: node.start + 5, text: 'let' }],
);
const routine = one(
  ({ node }) => node.type === 'ArrowFunctionExpression' && node.body.type !== 'BlockStatement' && !node.async,
  ({ node }, text, random) => {
    const parameters = node.params.map((each: Node) => slice(text, each)).join(', ');
    const body = `{ return ${slice(text, node.body)}; }`;
    return [
      {
        start: node.start,
        end: node.end,
        text: random.next() < 0.5 ? `(${parameters}) => ${body}` : `(function (${parameters}) ${body})`,
      },
    ];
  },
);
const swapped = one(
  ({ node }) =>
    node.type === 'IfStatement' &&
    node.alternate &&
    node.alternate.type !== 'IfStatement' &&
    node.consequent.type === 'BlockStatement',
  ({ node }, text) => [
    ...around(node.test, '!(', ')'),
    { start: node.consequent.start, end: node.consequent.end, text: slice(text, node.alternate) },
    { start: node.alternate.start, end: node.alternate.end, text: slice(text, node.consequent) },
  ],
);

/** Rewrites that keep a program's meaning, numbers moved by at most 0.3 % aside. */
export const rewrites: Readonly<Record<string, Rewrite>> = {
  rename,
  comment,
  reformat,
  commute,
  mirror,
  reorder,
  dead,
  neutral,
  jitter,
  extract,
  inline,
  keyword,
  routine,
  swapped,
};

/** A duplicate made by one to three rewrites, with their names. */
export function rewritten(
  text: string,
  random: Random,
): { readonly text: string; readonly by: readonly string[] } | undefined {
  const by: string[] = [];
  let now = text;
  const wanted = 1 + random.int(3);
  for (let tries = 0; tries < 20 && by.length < wanted; tries++) {
    const name = random.pick(Object.keys(rewrites));
    const next = name === 'jitter' && by.includes(name) ? undefined : rewrites[name]!(now, random);
    if (next === undefined || next === now || 'error' in parse(next, 'javascript')) continue;
    now = next;
    by.push(name);
  }
  return by.length > 0 ? { text: now, by } : undefined;
}
