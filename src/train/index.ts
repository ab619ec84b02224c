/** Training: a pure step, iterated by an explicit loop. */
export { iterate } from './iterate.js'
export { type Examples, type Training, type TrainState, train, trainState } from './train.js'
export { type Diverged, type Watched, watch, watched } from './watch.js'
