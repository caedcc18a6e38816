import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { openJournal } from '../../../core/journal/journal.ts';
import { journalContract } from '../../contracts/journal.ts';
import { memoryJournal } from '../search/memory-journal.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-contract-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let directories = 0;

journalContract('of a run directory', () => {
  const dir = join(folder, String(directories++));
  return () => openJournal(dir);
});

journalContract('of a run directory in many short segments', () => {
  const dir = join(folder, String(directories++));
  return () => openJournal(dir, { segmentBytes: 300 });
});

journalContract('in memory', () => {
  const lines: string[] = [];
  return async () => memoryJournal(lines);
});
