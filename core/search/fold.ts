import { countOffspring, settle } from './archive.ts';
import { sameArm } from './arm.ts';
import { remember, retried } from './attempts.ts';
import { addCost, countCall, exhaust, releaseCall, reopen, reserveCall } from './budget.ts';
import { JournalError } from './errors.ts';
import type {
  Answered,
  Begun,
  Completed,
  Event,
  Fact,
  Migrated,
  Opened,
  Prompted,
  Settled,
  Trained,
  Validated,
} from './event.ts';
import { betterFinal } from './final.ts';
import type { Elite, ProgramId } from './program.ts';
import { addVariant, countFollowed, variantIn } from './prompt-variants.ts';
import { rescored } from './rescored.ts';
import type { Attempt, NoReply } from './roles.ts';
import { childOf, type Pending, type State } from './state.ts';
import { begin as beginTally, emptyTally, tally } from './tally.ts';
import { withoutThoughts } from './thoughts.ts';
import { decodeVector } from './vector.ts';

/** What a person told the models: the newest so many are remembered. */
const notesKept = 5;

/** The fold: carries out what an event says. No policy, no clock, no draw. */
export function applyEvent(state: State, event: Exclude<Event, Opened>): void {
  switch (event.type) {
    case 'begun':
      begun(state, event);
      break;
    case 'settled':
      settled(state, event);
      break;
    case 'validated':
      validated(state, event);
      break;
    case 'migrated':
      migrated(state, event);
      break;
    case 'trained':
      trained(state, event);
      break;
    case 'prompted':
      prompted(state, event);
      break;
    case 'completed':
      completed(state, event);
      break;
    case 'amended':
      state.settings = { ...state.settings, ...event.settings };
      state.spending = reopen(state.spending);
      break;
    case 'rescored':
      rescored(state, event);
      break;
    case 'noted':
      state.notes = [...state.notes, event.text].slice(-notesKept);
      break;
    case 'closed':
      state.closed = event.because;
      break;
    default:
      advance(state, event);
  }
}

/** The trial after it found something out. */
function advance(state: State, fact: Fact): void {
  const pending = state.pending.get(fact.trial)!;
  state.pending.set(fact.trial, { ...pending, ...newsOf(fact, pending) });
  if (fact.type === 'asked') state.spending = countCall(state.spending);
  if (fact.type === 'answered') {
    const { model } = pending.callInFlight!;
    state.spending = addCost(state.spending, fact.answer.cost);
    if ('text' in fact.answer) {
      state.models.set(model, { answers: state.models.get(model)!.answers + 1, silence: 0 });
    }
  }
  if (fact.type === 'replied' && 'unheard' in fact.reply) unheard(state, fact.reply);
}

function unheard(state: State, { model, because }: NoReply): void {
  if (because === 'silent') {
    const { answers, silence } = state.models.get(model)!;
    state.models.set(model, { answers, silence: silence + 1 });
  } else if (because !== 'over') state.spending = exhaust(state.spending, because);
}

function newsOf(fact: Fact, pending: Pending): Partial<Pending> {
  const { replies, evaluations, milliseconds } = pending;
  switch (fact.type) {
    case 'asked': {
      const first = pending.question ?? (fact.purpose === 'propose' ? fact.messages : undefined);
      return { callInFlight: fact, calls: pending.calls + 1, ...(first ? { question: first } : {}) };
    }
    case 'answered':
      return answered(fact, pending);
    case 'replied':
      return { replies: [...replies, fact.reply], evaluations: evaluations + fact.evaluations };
    case 'proposed':
      return { proposal: fact };
    case 'passed':
      return { canonical: fact.canonical, sketch: fact.sketch };
    case 'evaluated':
      return {
        outcome: fact.outcome,
        evaluations: evaluations + 1,
        milliseconds: milliseconds + fact.milliseconds,
      };
  }
}

/** A text is the reply to the step; after a fault the step stays open. */
function answered({ answer, milliseconds }: Answered, pending: Pending): Partial<Pending> {
  const news = {
    callInFlight: undefined,
    dollars: pending.dollars + answer.cost.dollars,
    milliseconds: pending.milliseconds + milliseconds,
  };
  if (!('text' in answer)) return news;
  const { text, ended } = answer;
  const { purpose } = pending.callInFlight!;
  const lesson = purpose === 'lesson' ? withoutThoughts(text)?.trim() : undefined;
  const kept = lesson ? { learnt: lesson } : purpose === 'embed' ? { vector: text } : {};
  return { ...news, ...kept, replies: [...pending.replies, { text, ended }] };
}

function begun(state: State, event: Begun): void {
  const { trial, island, arm, allowance } = event;
  const home = state.islands[island]!;
  const attempt = state.attempts.find((each) => each.trial === event.mends);
  const find = (id: ProgramId): Elite =>
    home.elites.find(({ elite }) => elite.id === id)?.elite ?? elsewhere(state, attempt, id);
  const parents = event.parents.map(find);
  state.pending.set(trial, {
    trial,
    island,
    arm,
    parents,
    inspirations: (event.inspirations ?? []).map(find),
    ...(attempt ? { attempt } : {}),
    attempts: state.attempts,
    lesson: state.lesson,
    notes: state.notes,
    reflects: event.reflects ?? false,
    guidance: event.guidance ?? 0,
    ...(event.audits === undefined ? {} : { audits: event.audits }),
    allowance,
    settledAtStart: state.settled,
    replies: [],
    calls: 0,
    dollars: 0,
    milliseconds: 0,
    evaluations: 0,
  });
  if (attempt) state.attempts = retried(state.attempts, attempt);
  else for (const { id } of parents) state.islands[island] = countOffspring(state.islands[island]!, id);
  if (event.reflects) state.sinceLesson = 0;
  if (event.audits !== undefined) state.models.set(event.audits, { answers: 0, silence: 0 });
  state.tallies = beginTally(state.tallies, arm);
  state.reserved += allowance;
  state.begun = trial;
  state.closed = undefined;
}

function settled(state: State, event: Settled): void {
  const { trial, verdict, admission, gain, evaluations } = event;
  const pending = state.pending.get(trial)!;
  const child = childOf(pending);
  if (child && admission.admitted) {
    state.islands[pending.island] = settle(state.islands[pending.island]!, child, admission);
  }
  if (child && verdict === 'best') state.best = child;
  if (child && event.contends) state.finalist = child;
  const { canonical, sketch, vector, dollars } = pending;
  if (canonical !== undefined && !state.seen.has(canonical)) state.seen.set(canonical, trial);
  if (sketch !== undefined) state.sketches.push({ trial, sketch });
  if (vector !== undefined && canonical !== undefined) {
    state.vectors.push({ trial, vector: decodeVector(vector) });
  }
  const news = { arm: pending.arm, gain, evaluations, dollars, seconds: pending.milliseconds / 1000 };
  state.tallies = tally(state.tallies, news, state.settings.banditHorizon);
  state.pending.delete(trial);
  state.settled += 1;
  state.reserved -= pending.allowance;
  state.evaluations += evaluations;
  state.barrenTrials = evaluations === 0 ? state.barrenTrials + 1 : 0;
  if (pending.calls > 0) learn(state, event, pending);
}

function validated(state: State, { score: validation }: Validated): void {
  state.final = betterFinal(state.final!, { elite: state.finalist!, validation });
  state.finalist = undefined;
}

/** Weights that are promoted may bring arms, and close those of older versions. */
function trained(state: State, { arms = [], closes = [] }: Trained): void {
  const left = state.tallies.filter(({ arm }) => !closes.some((each) => sameArm(each, arm)));
  state.tallies = [...left, ...arms.map((arm) => ({ arm, ...emptyTally }))];
}

/** A call outside trials counts as its worst price until it is over: an engine that dies meanwhile spends no more than that. */
function prompted(state: State, { key, quote }: Prompted): void {
  state.prompts.set(key, quote);
  state.spending = reserveCall(state.spending, quote);
}

function completed(state: State, { key, answer }: Completed): void {
  state.spending = releaseCall(state.spending, state.prompts.get(key)!, answer.cost);
  state.prompts.delete(key);
}

/** A program that does not live on the island in question. */
function elsewhere(state: State, attempt: Attempt | undefined, id: ProgramId): Elite {
  if (attempt?.parent.id === id) return attempt.parent;
  if (state.best.id === id) return state.best;
  for (const { elites } of state.islands) {
    const found = elites.find(({ elite }) => elite.id === id);
    if (found) return found.elite;
  }
  throw new JournalError(`Expected ${id} to live on an island, got a journal in which it does not`);
}

/** What a trial that asked a model leaves to those after it. */
function learn(state: State, event: Settled, pending: Pending): void {
  state.attempts = remember(state.attempts, event, pending);
  state.sinceLesson += 1;
  if (!pending.attempt) state.guidance = countFollowed(state.guidance, pending.guidance, event.gain);
  if (pending.newLesson === undefined) return;
  state.lesson = pending.newLesson;
  if (state.settings.promptVariants === 'evolving') {
    state.guidance = addVariant(state.guidance, variantIn(pending.newLesson));
  }
}

function migrated(state: State, event: Migrated): void {
  const before = [...state.islands];
  for (const island of event.cleared) state.islands[island] = { elites: [] };
  for (const { program, from, to, admission } of event.moves) {
    const elite = before[from]!.elites.find((each) => each.elite.id === program)!.elite;
    state.islands[to] = settle(state.islands[to]!, elite, admission);
  }
  state.rounds = event.round;
}
