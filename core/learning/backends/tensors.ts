/** As much of TensorFlow.js as is used here: its core, whichever package it comes from. */
export type Tensors = typeof import('@tensorflow/tfjs-core');
