import { waitsIn } from '../../text/waits.ts';
import { count, duration, scoreIn } from '../../text/words.ts';
import { budgetUse, nearest } from '../budget-use.ts';
import { figure, money, percent } from '../figures.ts';
import { bar, safe } from '../glyphs.ts';
import type { FrameInput, Pane, RunStatus } from '../scene.ts';
import { type Row, span, type Tone } from '../text.ts';

const tones: Record<RunStatus['state'], Tone> = {
  running: 'good',
  paused: 'warning',
  stopping: 'warning',
  ended: 'strong',
  interrupted: 'warning',
};

/** Three rows: the problem and the run's status, the best program, and the use of the nearest budget. */
export const headerPane: Pane = (scene) => [subject(scene), best(scene), budget(scene)];

function subject({ facts, standing, glyphs }: FrameInput): Row {
  const { state, kind, run } = standing;
  const closed = facts.closed === null || state !== 'ended' ? '' : `: ${facts.closed}`;
  return [
    span(' atoll ', 'chosen'),
    span(` ${safe(facts.problem.name, glyphs)} `, 'strong'),
    span(duration(standing.elapsed).padStart(8)),
    span(`  ${state}${closed}`, tones[state]),
    span(kind === 'watch' ? ', read only' : '', 'quiet'),
    span(
      `  random seed ${facts.settings.seed}, islands ${facts.settings.islands}, ${safe(run, glyphs)}`,
      'quiet',
    ),
  ];
}

function best(scene: FrameInput): Row {
  const { facts, known, glyphs } = scene;
  const { score, id } = facts.best;
  const { chosen } = facts;
  const { dollars, calls } = facts.counts;
  return [
    span(`${glyphs.best} best `),
    span(scoreIn(known, score), 'good'),
    span(` by ${id}`),
    span(chosen && chosen.entry.id !== id ? `, ${chosen.entry.id} selected` : '', 'quiet'),
    span(`  baseline ${figure(scene, facts.baseline.score)}`, 'quiet'),
    span(calls > 0 ? `  ${money(dollars)} in ${count(calls)} calls` : ''),
  ];
}

function budget(scene: FrameInput): Row {
  return [...nearestBudget(scene), ...awaited(scene)];
}

/** A wait that ends at a known time, since nothing else on the screen moves until then. */
function awaited({ standing, glyphs }: FrameInput): Row {
  const timed = (standing.waits ?? []).filter(({ until }) => until !== undefined);
  return timed.length > 0 ? [span(`  ${safe(waitsIn(timed, 1), glyphs)}`, 'warning')] : [];
}

function nearestBudget({ facts, standing, glyphs }: FrameInput): Row {
  const next = nearest(budgetUse(facts, standing));
  const { rate } = standing;
  const head = [
    span(`${count(facts.counts.evaluations).padStart(8)} evaluations`),
    span(` ${(rate === null ? '' : `${count(rate)}/s`).padStart(7)}`, 'quiet'),
  ];
  if (!next) return [...head, span('  no budget: runs until it is stopped', 'quiet')];
  return [
    ...head,
    span('  '),
    span(bar(next.share, 8, glyphs), next.share >= 0.9 ? 'warning' : 'curve'),
    span(`${percent(next.share).padStart(5)} of ${next.budget}`),
    span(next.left ? `, about ${duration(next.left)} left` : '', 'quiet'),
  ];
}
