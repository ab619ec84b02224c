/** The report of a run, from what is known of it. */
import { toNested } from '../../tensor/index.js'
import type { Config } from './config.js'
import type { Examples } from './examples.js'
import { actual, type Predictions } from './judge.js'
import type { Ready } from './ready.js'
import type { Bin, Report } from './report/report.js'
import type { Results } from './results.js'

/** Equal parts of [0, 1] that predictions are gathered in. */
const bins = 10
/** More points than this do not show more. */
const mostPoints = 2000

/** How often what is predicted comes true, by how probable it is said to be: the probability of the class that is most probable. */
const calibrationOf = (predicted: Predictions, y: Predictions): readonly Bin[] => {
  const truths = toNested(y)
  const said = toNested(predicted).map((p, i) => {
    const best = p.reduce((top, value, k) => (value > (p[top] ?? 0) ? k : top), 0)
    return { probability: p[best] ?? 0, isTrue: truths[i]?.[best] === 1 }
  })
  return Array.from({ length: bins }, (_, b) => said.filter(({ probability }) => Math.min(bins - 1, Math.floor(probability * bins)) === b))
    .filter((own) => own.length > 0)
    .map((own) => ({
      predicted: own.reduce((sum, { probability }) => sum + probability, 0) / own.length,
      observed: own.filter(({ isTrue }) => isTrue).length / own.length,
      count: own.length,
    }))
}
/** Pairs of what is and what was predicted, every so manieth of them. */
const pointsOf = (predicted: Predictions, y: Predictions): readonly (readonly [actual: number, predicted: number])[] => {
  const [said, is] = [toNested(predicted), toNested(y)]
  const every = Math.ceil(is.length / mostPoints)
  return is.flatMap(([own = Number.NaN], i) => (i % every === 0 ? [[own, said[i]?.[0] ?? Number.NaN] as const] : []))
}

/** What the page says. */
export const reportOf = ({ examples, learner }: Ready<Examples>, results: Results, config: Config): Report => {
  const { target, reason, transform, data, kinds, title, counts } = examples
  const { epochs, bestEpoch, judged, folds, importances, confusion } = results
  const [own] = judged
  const measures = own?.measures.map(({ name }) => name) ?? []
  const y = actual(target, data.test)
  return {
    title,
    facts: [
      ['examples', counts],
      ['target', `${target.name}: ${target.likelihood}, ${reason}`],
      ['features', String(transform.outputs)],
      ['network', config.network],
      ['parameters', learner.parameters.toLocaleString('en-US')],
      ['optimiser', config.optimiser],
      ['weight decay', String(config.weightDecay)],
      ['batch', String(config.batch)],
      ['seed', String(config.seed)],
      ['epochs', `${epochs.length}, the best of them ${bestEpoch}`],
    ],
    columns: kinds,
    results: { measures, rows: judged.map(({ name, measures: all }) => ({ name, values: all.map(({ value }) => value) })) },
    ...(folds.length === 0
      ? {}
      : {
          folds: {
            measures,
            count: config.source === 'table' ? config.folds : 0,
            rows: folds.map(({ name, spreads }) => ({
              name,
              means: spreads.map(({ mean }) => mean),
              deviations: spreads.map(({ deviation }) => deviation),
            })),
          },
        }),
    epochs,
    bestEpoch,
    ...(target.kind === 'classes' && confusion !== undefined ? { confusion: { classes: target.classes, counts: confusion } } : {}),
    ...(own === undefined
      ? {}
      : target.kind === 'classes'
        ? { calibration: calibrationOf(own.predicted, y) }
        : { scatter: { unit: '', points: pointsOf(own.predicted, y) } }),
    importance: importances,
    importanceOf: measures[0] ?? '',
  }
}
