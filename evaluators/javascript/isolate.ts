import ivm from 'isolated-vm';
import type { Input, Usage } from '../../core/search/roles.ts';
import type { Guest, Load, Loaded } from './guest.ts';
import { enter, harness } from './harness.ts';
import type { Failed, Reply, Request, Setup, Told } from './message.ts';

/** Evaluations after which a reused isolate is replaced, whatever its heap. */
const mostUses = 500;

/** V8 makes no isolate smaller than this, in MiB. */
const leastMb = 8;

/** An isolate with what it has been through. */
interface Isolate {
  readonly vm: ivm.Isolate;
  /** The drive, in a context of its own that outlives programs: what V8 has compiled for one serves the next. */
  guest: ivm.Reference<Guest>;
  readonly enterGuest: ivm.Script;
  readonly enterLoad: ivm.Script;
  readonly heap: number;
  uses: number;
}

/**
 * Where programs run inside a child process: each in a fresh context of frozen intrinsics, started from a
 * snapshot, and called from the context of the drive. Blocks its thread while a program runs; whoever needs an answer in
 * time kills the process.
 */
export function openWorld({ drive, isolation, limits, known }: Setup): (request: Request) => Reply {
  const snapshot = ivm.Isolate.createSnapshot([{ code: harness(drive) }]);
  const flat = (inputs: readonly Input[]) => inputs.flatMap(({ id, json }) => [id, json]);
  const texts = known.map(flat);
  let current: Isolate | undefined;

  const open = (): Isolate => {
    const vm = new ivm.Isolate({
      snapshot,
      memoryLimit: Math.max(leastMb, Math.ceil(limits.memoryMb)),
      // The isolate is lost and its thread may be too: only a new process is sure.
      onCatastrophicError: () => process.kill(process.pid, 'SIGKILL'),
    });
    const [enterGuest, enterLoad] = [
      vm.compileScriptSync(`{${enter('guest')}}`),
      vm.compileScriptSync(`{${enter('load')}}`),
    ];
    const guest = guestIn(vm, enterGuest);
    return { vm, guest, enterGuest, enterLoad, heap: heapOf(vm), uses: 0 };
  };
  const drop = () => {
    if (current && !current.vm.isDisposed) current.vm.dispose();
    current = undefined;
  };

  return ({ script, inputs, wallMs }) => {
    current ??= open();
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
      const told = current.guest.applySync(undefined, given, { timeout }) as unknown as string;
      const usage = used(Math.max(0, heapOf(vm) - before) / 2 ** 20);
      load.release();
      loaded.release();
      context.release();
      if (isolation === 'isolate' || worn(current, limits.memoryMb)) drop();
      // A program that failed may have done so in the midst of the drive.
      else if (told.endsWith('}}')) renew(current);
      return { told, usage };
    } catch (error) {
      const failed = causeOf(error, vm.isDisposed);
      const usage = used(vm.isDisposed ? limits.memoryMb : Math.max(0, heapOf(vm) - before) / 2 ** 20);
      drop();
      const told = JSON.stringify({ outputs: [], failed } satisfies Told);
      return { told, usage, ...(failed.status === 'timeout' ? { timedOut: true } : {}) };
    }
  };
}

/** Microseconds and KiB are enough, and short to write down. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function guestIn(vm: ivm.Isolate, enterGuest: ivm.Script): ivm.Reference<Guest> {
  return enterGuest.runSync(vm.createContextSync(), { reference: true }) as ivm.Reference<Guest>;
}

/** Puts a new drive in place of one that may have been left half way. */
function renew(isolate: Isolate): void {
  isolate.guest.release();
  isolate.guest = guestIn(isolate.vm, isolate.enterGuest);
}

function heapOf(vm: ivm.Isolate): number {
  return vm.getHeapStatisticsSync().used_heap_size;
}

/** Whether an isolate should be replaced before what it holds is taken for the next program's. */
function worn(isolate: Isolate, memoryMb: number): boolean {
  isolate.uses++;
  if (isolate.uses >= mostUses) return true;
  return isolate.uses % 4 === 0 && heapOf(isolate.vm) - isolate.heap > memoryMb * 2 ** 18;
}

/** What ended a call that the harness inside could not end itself. */
function causeOf(error: unknown, disposed: boolean): Failed {
  const text = error instanceof Error ? error.message : String(error);
  if (/timed out/.test(text)) return { status: 'timeout', message: 'passed the time limit' };
  if (disposed || /memory|allocation/i.test(text))
    return { status: 'memory', message: 'passed the memory limit' };
  return { status: 'crashed', message: text };
}
