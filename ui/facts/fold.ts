import { sameArm } from '../../core/search/arm.ts';
import type { Begun, Completed, Event, Migrated, Opened } from '../../core/search/event.ts';
import { betterFinal } from '../../core/search/final.ts';
import { begin } from '../../core/search/tally.ts';
import { noteAnswer } from './answers.ts';
import { admit } from './entries.ts';
import type { Entry, Facts, ModelFacts } from './facts.ts';
import { logEntryOf } from './log.ts';
import { blankArm, modelOf } from './open.ts';
import { rescored } from './rescored.ts';
import { addAnswer, advance } from './running.ts';
import { leading, settle } from './settle.ts';

/** Migrations, notes and trainings that are remembered. */
const [movesKept, notesKept, trainingsKept] = [20, 10, 50] as const;

/** Takes an event to the facts, in a few microseconds. No clock, no draw. */
export function applyToFacts(facts: Facts, event: Exclude<Event, Opened>): void {
  noteAnswer(facts.answers, event);
  switch (event.type) {
    case 'begun':
      begun(facts, event);
      break;
    case 'settled':
      settle(facts, event);
      break;
    case 'validated':
      facts.chosen = betterFinal(facts.chosen!, { entry: facts.finalist!, validation: event.score });
      facts.finalist = null;
      break;
    case 'migrated':
      migrated(facts, event);
      break;
    case 'trained': {
      const { type: _, checkpoint: __, ...training } = event;
      keep(facts.training, { ...training, settled: facts.counts.settled }, trainingsKept);
      break;
    }
    case 'prompted':
      facts.counts.calls += 1;
      facts.prompts.push({ key: event.key, model: event.model });
      modelIn(facts, event.model).calls += 1;
      break;
    case 'completed':
      completed(facts, event);
      break;
    case 'amended':
      facts.settings = { ...facts.settings, ...event.settings };
      break;
    case 'rescored':
      rescored(facts, event, leading);
      break;
    case 'noted':
      keep(facts.notes, event.text, notesKept);
      break;
    case 'closed':
      facts.closed = event.because;
      break;
    default:
      advance(facts, event);
  }
  logEntryOf(facts, event);
}

function begun(facts: Facts, { trial, island, arm, parents, audits }: Begun): void {
  if (!facts.arms.some((each) => sameArm(each.arm, arm))) facts.arms.push(blankArm(arm));
  if (audits !== undefined) modelIn(facts, audits);
  facts.pending.push({
    trial,
    island,
    arm,
    parents,
    stage: 'proposing',
    model: null,
    began: facts.counts.milliseconds,
    calls: 0,
    evaluations: 0,
    dollars: 0,
    milliseconds: 0,
    child: null,
  });
  const tallies = begin(
    facts.arms.map(({ discounted }) => discounted),
    arm,
  );
  for (const [i, each] of facts.arms.entries()) each.discounted = tallies[i]!;
  facts.counts.begun = trial;
  facts.closed = null;
}

/** A call outside trials is over. */
function completed(facts: Facts, { key, answer, milliseconds }: Completed): void {
  const at = facts.prompts.findIndex((each) => each.key === key);
  const [{ model }] = facts.prompts.splice(at, 1) as [Facts['prompts'][number]];
  addAnswer(facts.counts, modelIn(facts, model), answer, milliseconds);
}

/** The facts of a model, which begin with its first call where the search did not open with it. */
function modelIn({ models }: Facts, model: string): ModelFacts {
  const known = models.find((each) => each.model === model);
  if (known) return known;
  const fresh = modelOf(model);
  models.push(fresh);
  return fresh;
}

function migrated({ islands, migrations, counts }: Facts, { round, cleared, moves }: Migrated): void {
  const homes = islands.map(({ residents }) => residents);
  for (const island of cleared) islands[island]!.residents = [];
  for (const { program, from, to, admission } of moves) {
    const goes = homes[from]!.find(({ id }) => id === program) as Entry;
    const island = islands[to]!;
    island.residents = admit(island.residents, goes, admission);
    if (admission.admitted) island.arrivals += 1;
    keep(migrations, { round, from, to, program, admitted: admission.admitted }, movesKept);
  }
  counts.rounds = round;
}

function keep<T>(list: T[], item: T, most: number): void {
  list.push(item);
  if (list.length > most) list.shift();
}
