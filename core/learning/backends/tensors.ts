/** The core of TensorFlow.js, from any of its packages. */
export type Tensors = typeof import('@tensorflow/tfjs-core');
