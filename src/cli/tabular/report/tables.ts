/** Tables of the page, each with its caption. */
import { seriesOf } from './curves.js'
import { figure, figureFor } from './figures.js'
import { byImportance, meanAndDeviation } from './importance.js'
import { clipped, shortened } from './label.js'
import { type Markup, markup } from './markup.js'
import type { Bin, Column, Confusion, Epoch, Folds, Importance, Report, Results } from './report.js'
import { strideFor, thinned } from './thinned.js'

/** So many epochs are listed at the most. */
const mostListed = 200

/** The first cell of a row names it. */
const table = (kind: 'texts' | 'numbers', caption: string, head: readonly string[], rows: readonly (readonly string[])[]): Markup => {
  const heads = head.map((name) => markup`<th scope="col">${clipped(name)}</th>`)
  const line = ([name = '', ...cells]: readonly string[]): Markup =>
    markup`<tr><th scope="row">${clipped(name)}</th>${cells.map((cell) => markup`<td>${clipped(cell)}</td>`)}</tr>\n`
  return markup`<div class="across" tabindex="0" role="region" aria-label="${caption}"><table class="${kind}">
<caption>${caption}</caption>
${heads.length === 0 ? undefined : markup`<thead><tr>${heads}</tr></thead>`}
<tbody>
${rows.map(line)}</tbody>
</table></div>`
}

/** A table that is there for whoever asks for it. */
const folded = (summary: string, inside: Markup): Markup => markup`<details><summary>${summary}</summary>
${inside}
</details>`

export const factsTable = (facts: Report['facts']): Markup | undefined =>
  facts.length === 0 ? undefined : table('texts', 'What was done', [], facts)

export const columnsTable = (columns: readonly Column[]): Markup | undefined =>
  columns.length === 0
    ? undefined
    : table(
        'texts',
        'What each column was taken for, and why',
        ['column', 'kind', 'why'],
        columns.map(({ name, kind, reason }) => [name, kind, reason]),
      )

/** Numbers of a measure are written alike. */
export const resultsTable = ({ measures, rows }: Results): Markup | undefined => {
  if (rows.length === 0) return undefined
  const written = measures.map((_, i) => figureFor(rows.map(({ values }) => values[i] ?? Number.NaN)))
  const cells = rows.map(({ name, values }) => [name, ...written.map((write, i) => write(values[i] ?? Number.NaN))])
  return table('numbers', 'The network beside simpler models', ['', ...measures], cells)
}

export const foldsTable = ({ measures, rows, count }: Folds): Markup | undefined => {
  if (rows.length === 0) return undefined
  const written = measures.map((_, i) =>
    figureFor(rows.flatMap(({ means, deviations }) => [means[i] ?? Number.NaN, deviations[i] ?? Number.NaN])),
  )
  const cells = rows.map(({ name, means, deviations }) => [
    name,
    ...written.map((write, i) => `${write(means[i] ?? Number.NaN)} ± ${write(deviations[i] ?? Number.NaN)}`),
  ])
  return table('numbers', `Mean and standard deviation over ${count} folds`, ['', ...measures], cells)
}

export const epochsTable = (epochs: readonly Epoch[], bestEpoch: number): Markup | undefined => {
  if (epochs.length === 0) return undefined
  const stride = strideFor(epochs.length, mostListed)
  const listed = thinned(epochs, stride, ({ epoch }) => epoch === bestEpoch)
  const columns = seriesOf(epochs).map((series) => [series, figureFor(listed.map((epoch) => epoch[series]))] as const)
  const caption = stride === 1 ? 'Costs by epoch' : `Costs by epoch, one in ${stride}`
  const rows = listed.map((epoch) => [
    epoch.epoch === bestEpoch && columns.length > 1 ? `${epoch.epoch} (best)` : String(epoch.epoch),
    ...columns.map(([series, written]) => written(epoch[series])),
  ])
  return folded(caption, table('numbers', caption, ['epoch', ...columns.map(([series]) => series)], rows))
}

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0)
const share = (part: number, whole: number): string => (whole === 0 ? '–' : (part / whole).toFixed(3))

/** The class that examples of another are most often taken for. */
const takenFor = ({ classes, counts }: Confusion, truth: number): string => {
  const others = (counts[truth] ?? []).map((count, i) => (i === truth ? 0 : count))
  const most = others.reduce((a, b) => Math.max(a, b), 0)
  return most === 0 ? '–' : `${shortened(classes[others.indexOf(most)] ?? '')} (${figure(most)})`
}

/** What of a class is found, what of what is taken for it is right, and what it is taken for. */
export const classesTable = (confusion: Confusion): Markup | undefined => {
  const { classes, counts } = confusion
  if (classes.length === 0) return undefined
  const rows = classes.map((name, i) => {
    const [right, examples, predicted] = [counts[i]?.[i] ?? 0, sum(counts[i] ?? []), sum(counts.map((row) => row[i] ?? 0))]
    return [name, figure(examples), figure(predicted), share(right, predicted), share(right, examples), takenFor(confusion, i)]
  })
  const caption = 'Precision and recall by class'
  return folded(caption, table('numbers', caption, ['class', 'examples', 'predicted', 'precision', 'recall', 'most often taken for'], rows))
}

export const calibrationTable = (bins: readonly Bin[]): Markup | undefined => {
  if (bins.length === 0) return undefined
  const share = figureFor(bins.flatMap(({ predicted, observed }) => [predicted, observed]))
  const count = figureFor(bins.map((bin) => bin.count))
  const rows = bins.map((bin) => [share(bin.predicted), share(bin.observed), count(bin.count)])
  return folded('Calibration in numbers', table('numbers', 'Calibration in numbers', ['predicted', 'observed', 'examples'], rows))
}

export const importanceTable = (importance: readonly Importance[], of: string): Markup | undefined => {
  if (importance.length === 0) return undefined
  const written = meanAndDeviation(importance)
  const rows = byImportance(importance).map((entry) => [entry.name, written(entry)])
  return folded('Importance of all columns', table('numbers', 'Importance of all columns', ['column', `loss of ${of}`], rows))
}
