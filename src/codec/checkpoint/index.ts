/** Training states as files. */
export { decodeState, encodeState } from './checkpoint.js'
