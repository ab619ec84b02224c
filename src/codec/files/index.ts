/** Reading and writing files: for Node, the rest of the library runs anywhere. */
export { readFile, writeFile } from './file.js'
export { readMnist } from './mnist.js'
