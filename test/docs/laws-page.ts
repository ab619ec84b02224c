/** The page of all laws, made from the suites themselves. */
import { readFileSync } from 'node:fs'
import { pipe } from 'fp-ts/lib/function.js'
import {
  algebraLaws,
  anyTensor,
  categoryLaws,
  codecLaws,
  combinatorLaws,
  convexityLaws,
  degenerateLaws,
  engineLaws,
  equivalent,
  identityLaws,
  imageLaws,
  initialiserLaws,
  keyLaws,
  type Law,
  layerLaws,
  lbfgsLaws,
  likelihoodLaws,
  loopLaws,
  metamorphic,
  minimiserLaws,
  negated,
  networkLaws,
  noiseLaws,
  noisyLayerLaws,
  objectiveLaws,
  opLaws,
  optimiserLaws,
  passLaws,
  randomLaws,
  randomNetworkLaws,
  scheduleLaws,
  scheduleLawsOf,
  shareLaws,
  stabilityLaws,
  tensorCodec,
  trainingLaws,
  transformationLaws,
} from '../../laws/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { dense, dropout, he, input } from '../../src/layer/index.js'
import { gaussian, poissonLikelihood } from '../../src/likelihood/index.js'
import { residual } from '../../src/network/index.js'
import { constantSchedule, gradientDescent, lbfgs, nesterovLookAhead } from '../../src/optimise/index.js'
import { matrix } from '../../src/tensor/index.js'
import { train } from '../../src/train/index.js'

interface Chapter {
  readonly title: string
  /** The call that makes the suite. */
  readonly suite: string
  readonly about: string
  readonly laws: readonly Law[]
  /** What stands for one of many in a law's name; of those that are then of one name, one is shown. */
  readonly general?: readonly (readonly [pattern: RegExp, name: string])[]
}

const model = gaussian(pipe(input(2), dense(1)))
const batch = {
  x: matrix([
    [0, 1],
    [1, 1],
  ]),
  y: matrix([[1], [0]]),
}
const descent = gradientDescent({ learningRate: 0.1 })

const chapters: readonly Chapter[] = [
  {
    title: 'Layers',
    suite: 'layerLaws(layer, { input: [16] })',
    about: 'For your own layers as for ours.',
    laws: layerLaws(dense(2), { input: [2] }),
  },
  {
    title: 'Networks of random type',
    suite: 'randomNetworkLaws()',
    about: 'A category graded by parameter tuples, and back-propagation as its derivative.',
    laws: randomNetworkLaws().filter(({ name }) => name.startsWith('network.')),
  },
  {
    title: 'One network',
    suite: 'networkLaws(net)',
    about: 'Of your own: all laws of a layer, of the whole, and this one.',
    laws: networkLaws(pipe(input(2), dense(1))).filter(({ name }) => name.startsWith('network.')),
  },
  {
    title: 'Equal networks',
    suite: 'equivalent(before, after, { map })',
    about: 'A refactoring keeps the function and its gradients; `map` takes the parameters of the first to those of the second.',
    laws: equivalent(pipe(input(2), dense(1)), pipe(input(2), dense(1)), { map: (params) => params }),
  },
  {
    title: 'Changes of the input',
    suite: "metamorphic('softmax.shift', softmax, { input: [5], change: shiftedBy(3) })",
    about: 'With `negated`, `scaledBy(a)`, `shiftedBy(c)`, `permuted(order)`, `reversed()`, or any change of your own.',
    laws: [metamorphic('⟨name⟩', dense(1), { input: [2], change: negated })],
  },
  {
    title: 'Combinators',
    suite: "combinatorLaws('residual', residual, { size: 4, meaning: (f) => (x) => add(f(x))(x) })",
    about: 'Of what makes a layer of a block; what it makes obeys the laws of layers, too.',
    laws: combinatorLaws('⟨name⟩', residual as never, { size: 2, meaning: (f) => f }).filter(({ name }) => !name.includes('.layer.')),
    general: [[/\.(meaning|parameters)\..*/, '.$1']],
  },
  {
    title: 'The category of networks',
    suite: 'categoryLaws({ engine: wasm })',
    about: 'For values, for gradients, and for compiled programs.',
    laws: categoryLaws({ engine: { ...reference, name: '⟨engine⟩' } }),
  },
  {
    title: 'Convex costs',
    suite: 'convexityLaws(bernoulli(pipe(input(3), dense(1))), batch)',
    about: 'Of models that should have one minimum, such as linear and generalised linear ones.',
    laws: convexityLaws(model, batch),
  },
  {
    title: 'Likelihoods',
    suite: 'likelihoodLaws(poissonLikelihood([1]), { targets: countedTargets(60) })',
    about: 'Of your own as of ours: a distribution, by exact summation where its targets are finite or counted, by quadrature elsewhere.',
    laws: likelihoodLaws({ ...poissonLikelihood([1]), name: '⟨name⟩', quantile: () => (z) => z }, { targets: [] }),
  },
  {
    title: 'Convolution and pooling',
    suite: 'imageLaws()',
    about: 'They are their formulas, index by index.',
    laws: imageLaws(),
  },
  {
    title: 'Ops',
    suite: "opLaws('mul')",
    about: 'Of every op of the closed table; ops of integers and conditions have no derivative, and no laws about one.',
    laws: [...opLaws('mul'), ...opLaws('floor').filter(({ name }) => name.endsWith('silent'))],
    general: [[/^op\.(mul|floor)\./, 'op.⟨op⟩.']],
  },
  {
    title: 'The algebra of the ops',
    suite: 'algebraLaws()',
    about: 'What is declared of every op, and checked at every precision that it has.',
    laws: algebraLaws(),
    general: [[/\.(float32|float64|int32|uint32|bool)$/, '']],
  },
  {
    title: 'Degenerate cases',
    suite: 'degenerateLaws()',
    about: 'Functions that do nothing, axes of size 1 and 0, and the edges of the floats; on every engine.',
    laws: degenerateLaws(),
    general: [
      [/\.(float32|float64)$/, ''],
      [/^degenerate\.special\..*/, 'degenerate.special.⟨engine⟩.⟨op⟩'],
      [/^degenerate\.(reference|wasm)\./, 'degenerate.⟨engine⟩.'],
      [/^degenerate\.limit\..*/, 'degenerate.limit.⟨function⟩'],
    ],
  },
  {
    title: 'Stability',
    suite: 'stabilityLaws()',
    about: 'Of whatever claims it, at both precisions of floats.',
    laws: stabilityLaws(),
    general: [
      [/\.(float32|float64)$/, ''],
      [/^stability\.\w+\./, 'stability.⟨function⟩.'],
    ],
  },
  {
    title: 'Loops',
    suite: 'loopLaws()',
    about: 'Over loops of random bodies, with loops and gradients inside them: scan is the loop by hand, in value and in every derivative.',
    laws: loopLaws(),
  },
  {
    title: 'Identities of the chapter',
    suite: 'identityLaws()',
    about: 'What chapter 6 states of its units and costs.',
    laws: identityLaws(),
  },
  {
    title: 'Optimisers',
    suite: "optimiserLaws('adam', adam({ learningRate: 0.1 }))",
    about: 'Of every gradient transformation: chain is a monoid, and a transformation is a pure function of trees.',
    laws: optimiserLaws('⟨name⟩', nesterovLookAhead({ learningRate: 0.1 }) as never, {
      like: nesterovLookAhead({ learningRate: 0.1 }) as never,
    }),
  },
  {
    title: 'Transformations of gradients',
    suite: 'transformationLaws({ clipByValue: yours })',
    about: 'What each promises beside the laws of all.',
    laws: transformationLaws(),
  },
  {
    title: 'Schedules',
    suite: 'scheduleLaws({ cosineDecay: yours })',
    about: 'Where they begin and end, that they do not jump, that they fall; and of any schedule, `scheduleLawsOf(name, schedule)`.',
    laws: [...scheduleLaws(), ...scheduleLawsOf('⟨name⟩', constantSchedule(1))],
  },
  {
    title: 'Minimisers',
    suite: "minimiserLaws('lbfgs', lbfgs())",
    about: 'Of every minimiser of a full batch; and of L-BFGS and its line search, `lbfgsLaws()`.',
    laws: [...minimiserLaws('⟨name⟩', lbfgs()), ...lbfgsLaws()],
  },
  {
    title: 'Training',
    suite: 'trainingLaws(train(model, optimiser), batches)',
    about: 'A step is a pure function of its state, compiled or not, and it learns; the laws of keys, below, belong to it.',
    laws: trainingLaws(train(model, descent), [batch]).filter(({ name }) => name.startsWith('training.')),
  },
  {
    title: 'Objectives',
    suite: 'objectiveLaws(objective({ init, cost }), batches)',
    about: 'Of any cost, under any noise: what training goes down is what is said to be its cost.',
    laws: objectiveLaws(model, [batch]),
  },
  {
    title: 'Shares of a batch',
    suite: 'shareLaws(model, batch)',
    about: 'Gradients are a monoid: a batch is the fold of its leaves.',
    laws: shareLaws(model as never, batch),
  },
  {
    title: 'Random numbers',
    suite: 'randomLaws({ normal: yours })',
    about:
      'Keys that differ, streams that have nothing in common, distributions that are what they say: each test blames a true sample once in a million.',
    laws: randomLaws({}, [{ ...reference, name: '⟨engine⟩' }]),
  },
  {
    title: 'Keys',
    suite: 'keyLaws(train(model, optimiser), batches)',
    about: 'Found in the traced step: every counter that it encrypts, and under which key.',
    laws: keyLaws(train(model, descent), [batch], { drawn: { init: 3, example: 0 } }),
  },
  {
    title: 'Noise',
    suite: 'noiseLaws(), noisyLayerLaws(dropout(0.5), { input: [16] })',
    about: 'Every layer of a composition draws under a key of its own, and a layer without a key is the mean over all keys.',
    laws: [...noiseLaws(), ...noisyLayerLaws(dropout(0.5), { input: [4] })],
  },
  {
    title: 'Initialisers',
    suite: "initialiserLaws('he', he, { variance: (fanIn) => 2 / fanIn })",
    about: 'Small random weights, of the variance that is declared.',
    laws: initialiserLaws('⟨name⟩', he, { variance: (fanIn) => 2 / fanIn, bound: (fanIn) => Math.sqrt(6 / fanIn) }),
  },
  {
    title: 'Codecs',
    suite: "codecLaws('tensor', tensorCodec, anyTensor)",
    about: 'Tried on encodings with one thing wrong: dropped, cut, of another type, or altered; and on anything at all.',
    laws: codecLaws('⟨name⟩', tensorCodec, anyTensor),
  },
  {
    title: 'Passes',
    suite: "passLaws('fusion', wasm, withoutFusion)",
    about: 'A pass of a compiler keeps the meaning: an engine that has it, beside one that leaves it out.',
    laws: passLaws('⟨pass⟩', reference, reference),
  },
  {
    title: 'Engines',
    suite: 'engineLaws(wasm)',
    about:
      'An engine is the reference, within a bound, and always the same bits. Of one that answers later they are `asyncEngineLaws(worker)`, asked by `checkAsync`.',
    laws: engineLaws({ ...reference, name: '⟨engine⟩' }).filter(({ name }) => !name.includes('.op.') || name.includes('.op.mul')),
    general: [[/\.op\.mul/, '.op.⟨op⟩']],
  },
]

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
const row = ({ name, statement, source, tier }: Law): string => `| \`${name}\` | ${cell(statement)} | ${cell(source)} | ${tier} |`
/** The laws of a chapter under their general names, each once. */
const shown = ({ laws, general = [] }: Chapter): readonly Law[] => {
  const renamed = laws.map((law) => ({ ...law, name: general.reduce((name, [pattern, to]) => name.replace(pattern, to), law.name) }))
  return renamed.filter(({ name }, i) => renamed.findIndex((law) => law.name === name) === i)
}
const section = (chapter: Chapter): string =>
  [
    `## ${chapter.title}`,
    `${chapter.about} \`${chapter.suite}\``,
    ['| law | says | source | tier |', '|---|---|---|---|', ...shown(chapter).map(row)].join('\n'),
  ].join('\n\n')

/** The program of one's own laws, from its first import on. */
const program = (): string => {
  const text = readFileSync('docs/laws/your-own.ts', 'utf8')
  return text.slice(text.indexOf('import ')).trim()
}

const opening = (): string => `# The laws

Because layers, steps and engines are pure, what they must obey can be written down and checked. Each law below is data: a name, a
statement, its source, and a property that [fast-check](https://fast-check.dev) tries on random examples. Run them on your own code,
with any test runner:

\`\`\`ts
import { check, layerLaws } from 'foldgrad/laws'

for (const law of layerLaws(myLayer, { input: [16] })) it(law.name, () => check(law))
\`\`\`

A layer that breaks a *required* law is wrong, and \`check\` throws. One that breaks a *recommended* law is unusual: \`check\` says so and goes on, and
\`check(law, { strict: true })\` throws. A report names the parameter whose derivative is wrong and the first layer at fault, and prints the smallest example as code.

This page is made from the suites: \`npm run docs:laws\`.

## Of your own code

Every suite takes what is yours. This program, [docs/laws/your-own.ts](laws/your-own.ts), is run by the tests; the command runs it, too, and \`lawsOf(module)\` gives the laws
of all that a file exports:

\`\`\`ts
${program()}
\`\`\`

\`\`\`ts
import { check, lawsOf } from 'foldgrad/laws'

for (const { name, laws } of lawsOf(await import('./my-layers.js'), { input: [16] }))
  describe(name, () => {
    for (const law of laws) it(law.name, () => check(law))
  })
\`\`\``

export const page = (): string => `${[opening(), ...chapters.map(section)].join('\n\n')}\n`
