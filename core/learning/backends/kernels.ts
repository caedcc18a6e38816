import type { KernelConfig, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { Tensors } from './tensors.ts';

/** A kernel as another kernel calls it. */
type Run = (inputs: Record<string, TensorInfo>, attrs: NamedAttrMap) => TensorInfo;

/** A back end that exposes its tensors as typed arrays. */
interface Memory {
  makeOutput(shape: number[], dtype: string): TensorInfo;
  typedArrayFromHeap(tensor: TensorInfo): Float32Array | Int32Array;
  disposeData(id: object): boolean;
}

let fixed = false;

/**
 * Adds the kernel for the gradient of `gather` to the WebAssembly back end, and replaces its matrix product, which is fast only
 * for a single pair without transposition, while gradients need batches and transposed factors.
 */
export function fixKernels(tensors: Tensors): void {
  if (fixed) return;
  fixed = true;
  const old = tensors.getKernel('BatchMatMul', 'wasm');
  tensors.unregisterKernel('BatchMatMul', 'wasm');
  tensors.registerKernel({ ...old, kernelFunc: product(tensors, old) } as KernelConfig);
  tensors.registerKernel({ kernelName: 'UnsortedSegmentSum', backendName: 'wasm', kernelFunc: segmentSum });
}

/** Sums the rows of `x` that have the same segment number. */
const segmentSum: KernelConfig['kernelFunc'] = ({ inputs, backend, attrs }) => {
  const { x, segmentIds } = inputs as { x: TensorInfo; segmentIds: TensorInfo };
  const memory = backend as unknown as Memory;
  const count = (attrs as unknown as { numSegments: number }).numSegments;
  const shape = x.shape.slice(segmentIds.shape.length);
  const width = shape.reduce((size, each) => size * each, 1);
  const out = memory.makeOutput([count, ...shape], x.dtype);
  const [from, to, ids] = [x, out, segmentIds].map((each) => memory.typedArrayFromHeap(each)) as [
    Float32Array,
    Float32Array,
    Int32Array,
  ];
  to.fill(0);
  ids.forEach((id, row) => {
    if (id < 0 || id >= count) return;
    for (let i = 0; i < width; i++) to[id * width + i]! += from[row * width + i]!;
  });
  return out;
};

/** Transposes first, then multiplies pair by pair. */
function product(tensors: Tensors, old: KernelConfig): KernelConfig['kernelFunc'] {
  return (given) => {
    const { inputs, backend, attrs } = given;
    const run = (
      config: KernelConfig,
      its: Record<string, TensorInfo>,
      attributes: NamedAttrMap,
    ): TensorInfo => config.kernelFunc({ inputs: its, backend, attrs: attributes }) as TensorInfo;
    const named =
      (name: string): Run =>
      (its, attributes) =>
        run(tensors.getKernel(name, 'wasm'), its, attributes);
    const [transpose, slice, concat, reshape] = ['Transpose', 'Slice', 'Concat', 'Reshape'].map(named) as [
      Run,
      Run,
      Run,
      Run,
    ];
    const plain = { transposeA: false, transposeB: false };
    const made: TensorInfo[] = [];
    const keep = (each: TensorInfo): TensorInfo => {
      made.push(each);
      return each;
    };
    const upright = (x: TensorInfo, lies: boolean): TensorInfo => {
      const order = x.shape.map((_, i) => i);
      return lies
        ? keep(transpose({ x }, { perm: [...order.slice(0, -2), order.at(-1)!, order.at(-2)!] }))
        : x;
    };
    const { transposeA, transposeB } = attrs as { transposeA?: boolean; transposeB?: boolean };
    const a = upright(inputs.a as TensorInfo, transposeA === true);
    const b = upright(inputs.b as TensorInfo, transposeB === true);
    const pairs = sizeOf(a);
    let out: TensorInfo;
    if (pairs !== sizeOf(b) || pairs < 2) out = run(old, { a, b }, plain);
    else {
      const flat = (x: TensorInfo): TensorInfo =>
        keep(reshape({ x }, { shape: [pairs, ...x.shape.slice(-2)] }));
      const [many, others] = [flat(a), flat(b)];
      const at = (x: TensorInfo, i: number): TensorInfo =>
        keep(slice({ x }, { begin: [i, 0, 0], size: [1, ...x.shape.slice(1)] }));
      const parts = Array.from({ length: pairs }, (_, i) =>
        keep(run(old, { a: at(many, i), b: at(others, i) }, plain)),
      );
      const joined = keep(concat(parts as unknown as Record<string, TensorInfo>, { axis: 0 }));
      out = reshape({ x: joined }, { shape: [...a.shape.slice(0, -1), b.shape.at(-1)!] });
    }
    for (const each of made) (backend as unknown as Memory).disposeData(each.dataId);
    return out;
  };
}

/** Number of matrices in a tensor. */
function sizeOf({ shape }: TensorInfo): number {
  return shape.slice(0, -2).reduce((size, each) => size * each, 1);
}
