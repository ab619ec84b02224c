/** Training: a pure step, iterated by an explicit loop. */

export { type EpochsOptions, epochs } from './epochs.js'
export {
  bisect,
  diff,
  findFirst,
  fork,
  type History,
  type HistoryOptions,
  history,
  historyDefaults,
  type Moved,
  stateAt,
  stepsOf,
} from './history.js'
export { iterate, iterateAsync } from './iterate.js'
export { foldedGradient, type Part, partsOf, shareOf } from './parts.js'
export { type Population, population, type Seen } from './population.js'
export { type Share, shares } from './share.js'
export { type TrainFields, type Training, type TrainOptions, type TrainState, train, trainDefaults, trainState } from './train.js'
export { type Costly, type Diverged, settled, type Watched, watch, watched } from './watch.js'
