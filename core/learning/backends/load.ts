import { createRequire } from 'node:module';
import { registerGradients } from './gradients.ts';
import { fixKernels } from './kernels.ts';
import type { Tensors } from './tensors.ts';

/** A working back end, or the reason why it does not work. */
export type Tried = { readonly name: BackendName } & (
  | { readonly tensors: Tensors }
  | { readonly why: string }
);

/** Back ends, the fastest first. */
export const backendNames = ['tfjs-node-gpu', 'webgpu', 'wasm', 'cpu'] as const;

export type BackendName = (typeof backendNames)[number];

const require = createRequire(import.meta.url);

/** The first back end that works, and all that were tried. Never throws: `cpu` works everywhere. */
export async function loadBackend(
  names: readonly BackendName[] = backendNames,
): Promise<{ readonly name: BackendName; readonly tensors: Tensors; readonly tried: readonly Tried[] }> {
  const tried: Tried[] = [];
  for (const name of names) {
    const each = await tryBackend(name);
    tried.push(each);
    if ('tensors' in each) return { ...each, tried };
  }
  return { name: 'cpu', tensors: await plain('cpu'), tried };
}

/** Loads one back end and activates it. Never throws. */
export async function tryBackend(name: BackendName): Promise<Tried> {
  try {
    return { name, tensors: await loaders[name]() };
  } catch (error) {
    return { name, why: wordsFor(error) };
  }
}

const loaders: Record<BackendName, () => Promise<Tensors>> = {
  async 'tfjs-node-gpu'() {
    shimNode();
    const tensors: Tensors = require('@tensorflow/tfjs-node-gpu');
    const backend = tensors.backend() as { readonly isGPUPackage?: boolean };
    if (!backend.isGPUPackage) throw new Error('no CUDA 11 libraries were found, so it would run on the CPU');
    return tensors;
  },
  async webgpu() {
    const { create, globals } = require('webgpu');
    const gpu = create([]);
    if (!(await gpu.requestAdapter()))
      throw new Error('no GPU adapter was found (Vulkan, Metal or Direct3D 12)');
    Object.assign(globalThis, globals);
    Object.defineProperty(globalThis, 'navigator', { value: { gpu, userAgent: 'node' }, configurable: true });
    const tensors = await core();
    require('@tensorflow/tfjs-backend-webgpu');
    return use(tensors, 'webgpu');
  },
  wasm: () => plain('wasm'),
  cpu: () => plain('cpu'),
};

async function plain(name: 'wasm' | 'cpu'): Promise<Tensors> {
  const tensors = await core();
  require('@tensorflow/tfjs-backend-cpu');
  if (name === 'wasm') {
    require('@tensorflow/tfjs-backend-wasm');
    fixKernels(tensors);
  }
  return use(tensors, name);
}

/** The core with its gradients, which it does not register itself. */
async function core(): Promise<Tensors> {
  const tensors: Tensors = require('@tensorflow/tfjs-core');
  // Otherwise the `cpu` back end prints an advertisement on first use.
  tensors.env().set('PROD', true);
  await registerGradients(require.resolve('@tensorflow/tfjs-core'));
  return tensors;
}

async function use(tensors: Tensors, name: string): Promise<Tensors> {
  if (!(await tensors.setBackend(name))) throw new Error(`${name} could not be started`);
  await tensors.ready();
  return tensors;
}

/** Restores functions that the package needs and Node 23 removed. */
function shimNode(): void {
  const old = require('node:util');
  old.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  old.isArray ??= Array.isArray;
}

function wordsFor(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const [first = ''] = String(message ?? error).split('\n');
  if (code !== 'MODULE_NOT_FOUND') return first;
  const [, name = first] = /Cannot find module '([^']+)'/.exec(first) ?? [];
  return `${name} is not installed`;
}
