/** Reading and writing files: for Node, the rest of the library runs anywhere. */
export { type Checkpoint, type CheckpointOptions, checkpointDefaults, lastCheckpoint, saveCheckpoint } from './checkpoints.js'
export { canWrite, type ReadOptions, readDefaults, readFile, writeFile } from './file.js'
export { readMnist } from './mnist.js'
