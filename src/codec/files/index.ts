/** Reading and writing files: for Node, the rest of the library runs anywhere. */
export { canWrite, type ReadOptions, readDefaults, readFile, writeFile } from './file.js'
export { readMnist } from './mnist.js'
