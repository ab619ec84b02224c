/** The transformations whose promises have laws of their own. */
import type * as ours from '../../../src/optimise/index.js'

/** What the laws are about. */
export type Transformations = Pick<
  typeof ours,
  | 'accumulateDamped'
  | 'adaGrad'
  | 'adaMax'
  | 'adam'
  | 'adamW'
  | 'amsGrad'
  | 'averageParameters'
  | 'centredRmsProp'
  | 'clipByGlobalNorm'
  | 'clipByValue'
  | 'lion'
  | 'masked'
  | 'maxNorm'
  | 'multiSteps'
  | 'nAdam'
  | 'nesterov'
  | 'nesterovLookAhead'
  | 'partition'
  | 'project'
  | 'rAdam'
  | 'rmsProp'
  | 'scaleByAmsGrad'
  | 'scaleBySchedule'
>
