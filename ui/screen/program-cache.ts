import { isSeed, type ProgramId } from '../../core/search/program.ts';
import type { ProgramDetail } from './program-detail.ts';
import type { FrameInput } from './scene.ts';

/** Programs that are kept once read. */
const most = 50;

/** Programs that were opened, as far as they were read. */
export interface ProgramCache {
  readonly dossiers: FrameInput['dossiers'];
  /** Sees to it that a program and its first parent are there soon; what is under way is read anew. */
  fetch(id: ProgramId): void;
}

/** An empty shelf; `changed` is called when something was read. */
export function openProgramCache(
  read: (id: ProgramId) => Promise<ProgramDetail>,
  changed: () => void,
): ProgramCache {
  const dossiers = new Map<ProgramId, ProgramDetail | 'reading' | { readonly error: string }>();
  const keep = (id: ProgramId, dossier: ProgramDetail | 'reading' | { readonly error: string }): void => {
    dossiers.delete(id);
    dossiers.set(id, dossier);
    if (dossiers.size > most) dossiers.delete(dossiers.keys().next().value!);
  };
  const fetch = async (id: ProgramId): Promise<ProgramDetail | undefined> => {
    const known = dossiers.get(id);
    if (known === 'reading') return undefined;
    // What is over never changes.
    if (known && 'id' in known && (known.verdict !== null || isSeed(known.id))) return known;
    if (!known) keep(id, 'reading');
    try {
      const dossier = await read(id);
      keep(id, dossier);
      return dossier;
    } catch (error) {
      keep(id, { error: (error as Error).message });
      return undefined;
    } finally {
      changed();
    }
  };
  return {
    dossiers,
    fetch(id) {
      void fetch(id).then((dossier) => {
        const [parent] = dossier?.parents ?? [];
        if (parent !== undefined) void fetch(parent);
      });
    },
  };
}
