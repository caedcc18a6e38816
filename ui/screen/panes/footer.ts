import { safe } from '../glyphs.ts';
import type { FrameInput } from '../scene.ts';
import { cut, type Row, span, width } from '../text.ts';

/** The last row: what is typed, asked or said, else the keys. */
export function footer({ view, standing, glyphs }: FrameInput, columns: number): Row {
  if (view.prompt) return prompt(view.prompt, glyphs, columns);
  if (view.asking === 'quit') {
    return [
      span(' Stop now? ', 'chosen'),
      span(
        // The full text needs 110 columns.
        columns < 110
          ? ' y: stop (trials restart on resume)  s: finish them first  other: no'
          : ' y: stop now (running trials restart on resume)  s: finish them first  any other key: continue',
      ),
    ];
  }
  if (view.asking === 'stop') {
    return [
      span(' Stop? ', 'chosen'),
      span(' y: cancel calls, finish evaluations, then end  any other key: continue'),
    ];
  }
  if (view.message) return [span(safe(view.message, glyphs), 'warning')];
  const steer = standing.kind === 'run' && standing.state !== 'ended' ? keysFor(standing.state) : [];
  const keys = view.program
    ? ['1-5 Tab tabs', '←→ parent, child', '↑↓ scroll', 'Esc back', '? help', 'q quit']
    : ['? help', 'q quit', 'Tab 1-9 pane', '↑↓ Enter open', ...steer, 'z zoom', 'x y axes'];
  const text = keys.join('  ');
  return [span(glyphs.unicode ? text : text.replace('←→', 'h l').replace('↑↓', 'j k'), 'quiet')];
}

function keysFor(state: FrameInput['standing']['state']): string[] {
  return [state === 'paused' ? 'p resume' : 'p pause', 's stop', 'b budget', 'n note'];
}

/** The end of what is typed is always seen. */
function prompt(
  { of, text, error }: NonNullable<FrameInput['view']['prompt']>,
  glyphs: FrameInput['glyphs'],
  columns: number,
): Row {
  const head = of === 'budget' ? ' Budget ' : ' Note to the models ';
  const hint =
    text !== ''
      ? ''
      : of === 'budget'
        ? ' such as evaluations 5000, or dollars none'
        : ' is added to all later prompts';
  const room = Math.max(8, columns - head.length - 2 - (error ? Math.min(60, columns >> 1) : 0));
  const typed = safe(text, glyphs);
  let shown = typed;
  while (width(shown) > room) shown = [...shown].slice(1).join('');
  return [
    span(head, 'chosen'),
    span(` ${shown}`),
    span(' ', 'chosen'),
    ...(error ? [span(` ${cut(safe(error, glyphs), columns)}`, 'bad')] : [span(hint, 'quiet')]),
  ];
}
