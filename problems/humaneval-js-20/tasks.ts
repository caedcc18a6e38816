import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type Node, parse } from '../../core/languages/javascript/parse.ts';
import { ConfigError, expected } from '../../core/search/errors.ts';
import { type Test, testsIn } from './tests.ts';

/** A function to be written, and how it is tried. */
export interface Task {
  /** Name of the function, and of the task. */
  readonly name: string;
  /** What it is to do, as a comment, and its first line. */
  readonly prompt: string;
  readonly tests: readonly Test[];
}

/** Most tasks that are taken of a file. */
const mostTasks = 20;
/** Fewest tests of a task: two to search by and two to hold out. */
const fewestTests = 4;

const own = new URL('./tasks.jsonl', import.meta.url);
/** Names that the program around the functions has itself. */
const taken = new Set(['dispatch', 'tasks']);

/**
 * The first tasks of a file in the shape of HumanEval in JavaScript, one JSON object a line, gzip or plain, that can be
 * used: their prompt begins a function and four tests or more are plain data. Our own tasks where no file is named.
 * @throws ConfigError when the file cannot be read, is of another shape or holds no such task.
 */
export function tasksFrom(file: string | undefined): readonly Task[] {
  const where = file ? 'ATOLL_TASKS' : 'tasks.jsonl';
  const text = read(file, where);
  const names = new Set(taken);
  const tasks: Task[] = [];
  for (const [k, line] of text.split('\n').entries()) {
    if (!line.trim() || tasks.length === mostTasks) continue;
    const task = taskIn(line, `${where}, line ${k + 1}`);
    const declared = namesIn(task.prompt);
    const usable = declared.includes(task.name) && task.tests.length >= fewestTests;
    if (!usable || declared.some((name) => names.has(name))) continue;
    for (const name of declared) names.add(name);
    tasks.push(task);
  }
  if (tasks.length === 0) throw expected('a file with tasks that can be used', file ?? own.pathname, where);
  return tasks;
}

/** What tells two sets of tasks apart, their answers included, without giving any away. */
export function digest(tasks: readonly Task[]): string {
  return createHash('sha256').update(JSON.stringify(tasks)).digest('hex').slice(0, 32);
}

function read(file: string | undefined, where: string): string {
  try {
    const bytes = readFileSync(file ?? own);
    return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (cause) {
    throw new ConfigError(`Expected ${where} to name a file of tasks, got ${(cause as Error).message}`, {
      cause,
    });
  }
}

function taskIn(line: string, where: string): Task {
  const shape = 'an object with the texts `prompt`, `entry_point` and `test`';
  let row: any;
  try {
    row = JSON.parse(line);
  } catch {
    throw expected(shape, line.slice(0, 60), where);
  }
  for (const field of ['prompt', 'entry_point', 'test']) {
    if (typeof row?.[field] !== 'string') throw expected(shape, JSON.stringify(row).slice(0, 60), where);
  }
  return { name: row.entry_point, prompt: row.prompt.trimEnd(), tests: testsIn(row.test, row.entry_point) };
}

/** Functions that a prompt declares, the last of them left open; none where it does not begin a function. */
function namesIn(prompt: string): string[] {
  if (prompt.includes('EVOLVE-BLOCK')) return [];
  const parsed = parse(`${prompt}\n}`, 'javascript');
  if ('error' in parsed) return [];
  const { body } = parsed.program;
  const names: string[] = body.map((node: Node) => node.id?.name);
  return body.every((node: Node) => node.type === 'FunctionDeclaration') ? names : [];
}
