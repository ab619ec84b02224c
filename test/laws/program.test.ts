/**
 * Programs keep the meaning before any fast engine runs them: interpreted one number at a time, with buffers apart, they are the
 * reference bit for bit; and fusing them, and letting buffers share memory, changes no bit.
 */
import { it } from 'vitest'
import { check, engineLaws, passLaws } from '../../laws/index.js'
import { fuse } from '../../src/engine/program/fusion/fuse.js'
import { reference } from '../../src/engine/reference/index.js'
import { interpreter } from '../engine/program/interpreter.js'

const apart = interpreter({ pass: (instructions) => instructions, shared: false })
const shared = interpreter({ pass: fuse, shared: true })

/** Whole trainings, number by number, are slow. */
const runsOf = (name: string): number => (/\.(network|image|training)$/.test(name) ? 30 : 100)

for (const law of [...engineLaws(shared), ...passLaws('lowering', apart, reference), ...passLaws('fusion and planning', shared, apart)])
  it(law.name, () => check(law, { runs: runsOf(law.name) }))
