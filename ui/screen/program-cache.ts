import { isSeed, type ProgramId } from '../../core/search/program.ts';
import type { ProgramDetail } from './program-detail.ts';
import type { FrameInput } from './scene.ts';

/** Programs that are kept once read. */
const most = 50;

/** Programs that were opened, as far as they were read. */
export interface ProgramCache {
  readonly details: FrameInput['details'];
  /** Reads a program and its first parent in the background; a running one is read again. */
  fetch(id: ProgramId): void;
}

/** An empty cache; `changed` is called after each read. */
export function openProgramCache(
  read: (id: ProgramId) => Promise<ProgramDetail>,
  changed: () => void,
): ProgramCache {
  const details = new Map<ProgramId, ProgramDetail | 'reading' | { readonly error: string }>();
  const keep = (id: ProgramId, detail: ProgramDetail | 'reading' | { readonly error: string }): void => {
    details.delete(id);
    details.set(id, detail);
    if (details.size > most) details.delete(details.keys().next().value!);
  };
  const fetch = async (id: ProgramId): Promise<ProgramDetail | undefined> => {
    const known = details.get(id);
    if (known === 'reading') return undefined;
    // What is over never changes.
    if (known && 'id' in known && (known.verdict !== null || isSeed(known.id))) return known;
    if (!known) keep(id, 'reading');
    try {
      const detail = await read(id);
      keep(id, detail);
      return detail;
    } catch (error) {
      keep(id, { error: (error as Error).message });
      return undefined;
    } finally {
      changed();
    }
  };
  return {
    details,
    fetch(id) {
      void fetch(id).then((detail) => {
        const [parent] = detail?.parents ?? [];
        if (parent !== undefined) void fetch(parent);
      });
    },
  };
}
