import ivm from 'isolated-vm';
import type { Input, Usage } from '../../core/search/roles.ts';
import type { Guest, Load, Loaded } from './guest.ts';
import type { Failed, Reply, Request, SandboxResult, Setup } from './message.ts';
import { enter, snapshotCode } from './snapshot.ts';

/** Evaluations after which a reused isolate is replaced, whatever its heap. */
const mostUses = 500;

/** V8 makes no isolate smaller than this, in MiB. */
const leastMb = 8;

/** An isolate, and how often it was used. */
interface Isolate {
  readonly vm: ivm.Isolate;
  /** The harness, in a context of its own that outlives programs: what V8 has compiled for one serves the next. */
  guest: ivm.Reference<Guest>;
  readonly enterGuest: ivm.Script;
  readonly enterLoad: ivm.Script;
  /** Bytes of its heap before it ran a program. */
  readonly heap: number;
  uses: number;
}

/**
 * Where programs run inside a child process: each in a fresh context of frozen intrinsics, started from a
 * snapshot, and called from the context of the harness. Blocks its thread while a program runs: only killing the
 * process ends it in time.
 */
export function openWorld({ harness, isolation, limits, known }: Setup): (request: Request) => Reply {
  const snapshot = ivm.Isolate.createSnapshot([{ code: snapshotCode(harness) }]);
  const flat = (inputs: readonly Input[]) => inputs.flatMap(({ id, json }) => [id, json]);
  const texts = known.map(flat);
  let current: Isolate | undefined;

  const drop = () => {
    if (current && !current.vm.isDisposed) current.vm.dispose();
    current = undefined;
  };

  return ({ script, inputs, wallMs }) => {
    current ??= openIsolate(snapshot, limits.memoryMb);
    const { vm } = current;
    const before = heapOf(vm);
    const started = process.threadCpuUsage();
    const start = performance.now();
    const used = (memoryMb: number): Usage => {
      const { user, system } = process.threadCpuUsage(started);
      const wallMs = performance.now() - start;
      return { cpuMs: (user + system) / 1000, wallMs: round(wallMs), memoryMb: round(memoryMb) };
    };
    try {
      const context = vm.createContextSync();
      const load = current.enterLoad.runSync(context, { reference: true }) as ivm.Reference<Load>;
      const loaded = load.applySync(undefined, [script], {
        timeout: wallMs,
        result: { reference: true },
      }) as unknown as ivm.Reference<Loaded>;
      const cases = typeof inputs === 'number' ? texts[inputs]! : flat(inputs);
      const given = [loaded.derefInto(), limits.outputBytes, ...cases] as never;
      const timeout = Math.max(1, Math.ceil(wallMs - (performance.now() - start)));
      const result = current.guest.applySync(undefined, given, { timeout }) as unknown as string;
      const usage = used(Math.max(0, heapOf(vm) - before) / 2 ** 20);
      load.release();
      loaded.release();
      context.release();
      if (isolation === 'isolate' || needsRecycling(current, limits.memoryMb)) drop();
      // A program that failed may have left the harness half way.
      else if (result.endsWith('}}')) renew(current);
      return { result, usage };
    } catch (error) {
      const failed = causeOf(error, vm.isDisposed);
      const usage = used(vm.isDisposed ? limits.memoryMb : Math.max(0, heapOf(vm) - before) / 2 ** 20);
      drop();
      const result = JSON.stringify({ outputs: [], failed } satisfies SandboxResult);
      return { result, usage, ...(failed.status === 'timeout' ? { timedOut: true } : {}) };
    }
  };
}

/** Microseconds and KiB are enough, and short to write down. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function openIsolate(snapshot: ivm.ExternalCopy<ArrayBuffer>, memoryMb: number): Isolate {
  const vm = new ivm.Isolate({
    snapshot,
    memoryLimit: Math.max(leastMb, Math.ceil(memoryMb)),
    // The isolate is lost and its thread may be too: only a new process is sure.
    onCatastrophicError: () => process.kill(process.pid, 'SIGKILL'),
  });
  const [enterGuest, enterLoad] = [
    vm.compileScriptSync(`{${enter('guest')}}`),
    vm.compileScriptSync(`{${enter('load')}}`),
  ];
  const guest = guestIn(vm, enterGuest);
  return { vm, guest, enterGuest, enterLoad, heap: heapOf(vm), uses: 0 };
}

function guestIn(vm: ivm.Isolate, enterGuest: ivm.Script): ivm.Reference<Guest> {
  return enterGuest.runSync(vm.createContextSync(), { reference: true }) as ivm.Reference<Guest>;
}

/** Puts a new harness in place of one that may have been left half way. */
function renew(isolate: Isolate): void {
  isolate.guest.release();
  isolate.guest = guestIn(isolate.vm, isolate.enterGuest);
}

function heapOf(vm: ivm.Isolate): number {
  return vm.getHeapStatisticsSync().used_heap_size;
}

/** Whether an isolate should be replaced, so that garbage of earlier programs is not counted against the next one. */
function needsRecycling(isolate: Isolate, memoryMb: number): boolean {
  isolate.uses++;
  if (isolate.uses >= mostUses) return true;
  return isolate.uses % 4 === 0 && heapOf(isolate.vm) - isolate.heap > memoryMb * 2 ** 18;
}

/** What ended a call that the guest could not end itself. */
function causeOf(error: unknown, disposed: boolean): Failed {
  const text = error instanceof Error ? error.message : String(error);
  if (/timed out/.test(text)) return { status: 'timeout', message: 'passed the time limit' };
  if (disposed || /memory|allocation/i.test(text))
    return { status: 'memory', message: 'passed the memory limit' };
  return { status: 'crashed', message: text };
}
