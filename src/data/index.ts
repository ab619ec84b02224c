/** Data sets and batches. */
export { balanced } from './balanced.js'
export { type BatchOptions, batches, examplesAt, inSequence, permutation } from './batches.js'
export { type Dataset, type DatasetOf, type DatasetSpec, dataset, type RawExamples } from './dataset.js'
export { decodeIdx, type Idx } from './idx.js'
export { oneHotLabels } from './labels.js'
export { type Mnist, type MnistFiles, mnist } from './mnist.js'
export { type FoldOptions, kFold, type Split, type SplitOptions, split } from './split.js'
export * from './transform/index.js'
