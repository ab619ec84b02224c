/**
 * Programs keep the meaning before any fast engine runs them: interpreted one number at a time, with buffers apart, they are the
 * reference bit for bit; and passes over them, and letting buffers share memory, change no bit.
 */
import { it } from 'vitest'
import { check, engineLaws, passLaws } from '../../laws/index.js'
import { passes } from '../../src/engine/program/passes.js'
import { reference } from '../../src/engine/reference/index.js'
import { interpreter } from '../engine/program/interpreter.js'

const apart = interpreter({ pass: (instructions) => instructions, shared: false })
const shared = interpreter({ pass: passes, shared: true })

/** Whole trainings, number by number, are slow. */
const runsOf = (name: string): number => (/\.(network|image|training)$/.test(name) ? 30 : 100)

/** Windows that overlap are added in float32, and rounded each time; the reference adds in float64, and rounds once: of images the bits may differ. */
const lowered = passLaws('lowering', apart, reference).filter(({ name }) => name !== 'pass.lowering.image')

for (const law of [...engineLaws(shared), ...lowered, ...passLaws('passes and planning', shared, apart)])
  it(law.name, () => check(law, { runs: runsOf(law.name) }))
