import type { Settled } from './event.ts';
import type { Attempt } from './roles.ts';
import type { Pending } from './state.ts';

/** Attempts that are remembered: what enters a prompt is drawn from these. */
const most = 40;

/** The attempts after a trial that asked a model is over. */
export function remember(attempts: readonly Attempt[], event: Settled, pending: Pending): readonly Attempt[] {
  const { trial, island, arm, proposal, outcome } = pending;
  const made = proposal && 'source' in proposal ? proposal : undefined;
  const attempt: Attempt = {
    trial,
    island,
    arm,
    parent: pending.parents[0]!,
    note: made?.note ?? '',
    verdict: event.verdict,
    feedback: event.why ?? outcome?.feedback ?? '',
    ...(made ? { source: made.source } : {}),
    ...(outcome ? { outcome } : {}),
    ...(outcome?.status === 'scored' ? { score: outcome.score } : {}),
    ...(event.retry ? { retry: event.retry } : {}),
  };
  return [...attempts, attempt].slice(-most);
}

/** The attempts once one of them got its second try. */
export function retried(attempts: readonly Attempt[], attempt: Attempt): readonly Attempt[] {
  const { retry: _, ...rest } = attempt;
  return attempts.map((each) => (each === attempt ? rest : each));
}
