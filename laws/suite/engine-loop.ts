/** The laws of an engine's loops. */
import { compile, type Engine } from '../../src/engine/index.js'
import { scan, vjp } from '../../src/graph/index.js'
import { cast } from '../../src/ops/index.js'
import { mapTree } from '../../src/params/index.js'
import { isFloat } from '../../src/prim/index.js'
import { type LoopInputs, loops, runBy } from '../arbitrary/loops.js'
import { identical, nearTrees } from '../compare.js'
import { type Law, law } from '../law.js'
import { type At, smoothBy, withDirections } from './loop.js'

const single = <T>(tree: T): T => mapTree((x) => (isFloat(x.precision) ? cast('float32')(x) : x))(tree)

/** An engine's loops: bodies of up to a hundred ops, each of which may be rounded once more, and gradients of them. */
export const engineLoopLaws = (engine: Engine, engineBound: number): readonly Law[] => [
  law(
    { name: `engine.${engine.name}.loop`, statement: 'compile(engine)(scan(f)) = scan(f), within 1e-5 of the largest number' },
    loops(),
    (example) => {
      const [f, inputs] = [runBy(scan, example), single(example.inputs)]
      const run = compile(engine)(f)
      nearTrees('scan', f(inputs), run(inputs), engineBound)
      identical('again', run(inputs), run(inputs))
    },
  ),
  law({ name: `engine.${engine.name}.loop.gradient`, statement: 'and so for its pullback' }, withDirections, ([example, , dy]) => {
    const back = ([inputs, d]: At): LoopInputs => vjp(smoothBy(scan, example))(inputs)[1](d)
    const at: At = [single(example.inputs), single(dy)]
    nearTrees('pullback', back(at), compile(engine)(back)(at), engineBound)
  }),
]
