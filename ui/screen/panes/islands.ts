import type { Facts, MigrationMove } from '../../facts/facts.ts';
import { brief, figure, scoreWidth } from '../figures.ts';
import { bar } from '../glyphs.ts';
import type { FrameInput, Pane } from '../scene.ts';
import { choice } from '../table.ts';
import { left, type Row, right, type Span, span } from '../text.ts';

/** Rows of an island on the map, and columns between two. */
const [tall, gap] = [4, 4] as const;
/**
 * The islands side by side: the best of each, its size, and the last migrations. A table if the map does not fit.
 */
export const islandsPane: Pane = (scene, size) => {
  const { islands } = scene.facts;
  const wide = Math.max(14, scoreWidth(scene) + 1);
  const across = Math.max(1, Math.floor((size.columns + gap) / (wide + gap)));
  const down = Math.ceil(islands.length / across);
  if (down * (tall + 1) - 1 > size.rows) return asTable(scene, size);
  const rows: Row[] = [];
  for (let first = 0; first < islands.length; first += across) {
    const line = islands.slice(first, first + across).map((_, i) => first + i);
    for (let y = 0; y < tall; y++) rows.push(band(scene, line, y, wide));
    rows.push([]);
  }
  return [...rows.slice(0, -1), ...ways(scene, size.rows - rows.length + 1)];
};

/** Row `y` of islands that stand side by side, with arrows between neighbours in the first. */
function band(scene: FrameInput, line: readonly number[], y: number, wide: number): Row {
  const spans: Span[] = [];
  for (const [i, number] of line.entries()) {
    if (i > 0) spans.push(y === 0 ? between(scene, number - 1, number) : span(' '.repeat(gap)));
    spans.push(...face(scene, number, y, wide));
  }
  return spans;
}

function face(scene: FrameInput, number: number, y: number, wide: number): Span[] {
  const { facts, glyphs, view } = scene;
  const { residents, admitted, arrivals } = facts.islands[number]!;
  const [leader] = residents;
  switch (y) {
    case 0: {
      const leads = leader?.id === facts.best.id;
      const name = `island ${number + 1}`;
      const chosen = view.focus === 'islands' && view.chosen.islands === number;
      const tone = chosen ? 'chosen' : leads ? 'good' : 'strong';
      return [left(`${name}${leads ? ` ${glyphs.best}` : ''}`, wide, tone)];
    }
    case 1:
      return [left(leader ? figure(scene, leader.score) : 'empty', wide, leader ? 'plain' : 'quiet')];
    case 2: {
      const most = Math.max(1, ...facts.islands.map((each) => each.residents.length));
      const length = wide - 5;
      return [
        span(bar(residents.length / most, length, glyphs), 'curve'),
        right(String(residents.length), 5),
      ];
    }
    default:
      return [left(`+${brief(admitted)} ${glyphs.down}${brief(arrivals)}`, wide, 'quiet')];
  }
}

/** The last migrations between two neighbours on the map. */
function between({ facts, glyphs }: FrameInput, a: number, b: number): Span {
  const went = (from: number, to: number): boolean =>
    lastMoves(facts).some((move) => move.from === from && move.to === to);
  const [there, back] = [went(a, b), went(b, a)];
  const [h, e, w] = glyphs.unicode ? ['─', '▶', '◀'] : ['-', '>', '<'];
  if (!there && !back) return span(' '.repeat(gap));
  return span(` ${back ? w : h}${there ? e : h} `, 'warning');
}

/** Moves of the last round that moved anything. */
function lastMoves({ migrations }: Facts): MigrationMove[] {
  const round = migrations.at(-1)?.round;
  return migrations.filter((move) => move.round === round);
}

function ways({ facts, glyphs }: FrameInput, room: number): Row[] {
  const moves = lastMoves(facts);
  if (moves.length === 0) return [];
  const words = moves.map(
    ({ from, to, program, admitted }) =>
      `${program}: ${from + 1} ${glyphs.arrow} ${to + 1}${admitted ? '' : ' (rejected)'}`,
  );
  return [
    [span(`Migration ${moves[0]!.round}: ${words.join(', ')}`, 'quiet')],
    [span(`+ children admitted, ${glyphs.down} arrivals from other islands`, 'quiet')],
  ].slice(0, Math.max(0, room));
}

const titles = [
  { title: 'island', width: 6, side: 'right' },
  { title: 'best', width: 12, side: 'right' },
  { title: 'program', width: 12, grows: true, drop: 1 },
  { title: 'size', width: 5, side: 'right' },
  { title: 'admitted', width: 8, side: 'right', drop: 3 },
  { title: 'arrivals', width: 8, side: 'right', drop: 2 },
] as const;

function asTable(scene: FrameInput, size: Parameters<Pane>[1]): Row[] {
  const { facts, view, glyphs } = scene;
  const lines = facts.islands.map(({ residents, admitted, arrivals }, i) => {
    const [leader] = residents;
    const leads = leader?.id === facts.best.id;
    return [
      { text: `${leads ? `${glyphs.best} ` : ''}${i + 1}` },
      { text: leader ? figure(scene, leader.score) : 'empty' },
      { text: leader?.id ?? '' },
      { text: String(residents.length) },
      { text: brief(admitted) },
      { text: brief(arrivals) },
    ];
  });
  const columns = titles.map((each) =>
    each.title === 'best' ? { ...each, width: scoreWidth(scene) } : each,
  );
  return choice(columns, lines, { chosen: view.chosen.islands, active: view.focus === 'islands' }, size);
}
