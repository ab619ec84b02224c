/** Mutants of transformations, schedules and minimisers, each with the law that must notice. */
import { minimiserMutants } from './minimisers.js'
import type { Mutant } from './mutant.js'
import { scheduleMutants } from './schedules.js'
import { transformationMutants } from './transformations.js'

export const optimiserMoreMutants: readonly Mutant[] = [...transformationMutants, ...scheduleMutants, ...minimiserMutants]
