/** The report of a training run: one page of HTML that needs no other file, no script and no network. */
import { reliability } from './calibration.js'
import { curves } from './curves.js'
import { heatMap } from './heat-map.js'
import { bars } from './importance.js'
import { clipped } from './label.js'
import { type Markup, markup } from './markup.js'
import type { Report } from './report.js'
import { scatterPlot } from './scatter.js'
import { style } from './style.js'
import {
  calibrationTable,
  classesTable,
  columnsTable,
  epochsTable,
  factsTable,
  foldsTable,
  importanceTable,
  resultsTable,
} from './tables.js'

export type { Report } from './report.js'

/** A heading, and what there is below it; nothing, if there is nothing. */
const section = (heading: string, ...parts: readonly (Markup | undefined)[]): Markup => {
  const there = parts.filter((part) => part !== undefined)
  return there.length === 0 ? markup`` : markup`<section>\n<h2>${heading}</h2>\n${there.map((part) => markup`${part}\n`)}</section>\n`
}

/** What runs or fetches nothing, whatever a name holds. */
const policy = "default-src 'none'; style-src 'unsafe-inline'"

/**
 * The page. It is HTML and well-formed XML at once; the same report gives the same text.
 *
 * @example
 * reportPage({ title: 'species of iris.csv', … }) // => '<!DOCTYPE html>…'
 */
export const reportPage = (report: Report): string => {
  const { title, facts, columns, results, folds, epochs, bestEpoch, confusion, calibration, scatter, importance, importanceOf } = report
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${policy}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>${clipped(title)}</title>
<style>${{ markup: style }}</style>
</head>
<body>
<main>
<h1>${clipped(title)}</h1>
${section('Results', resultsTable(results))}
${section('Cross-validation', folds && foldsTable(folds))}
${section('Training', factsTable(facts))}
${section('Learning curves', curves(epochs, bestEpoch), epochsTable(epochs, bestEpoch))}
${section('Confusion matrix', confusion && heatMap(confusion), confusion && classesTable(confusion))}
${section('Calibration', calibration && reliability(calibration), calibration && calibrationTable(calibration))}
${section('Predicted against actual', scatter && scatterPlot(scatter))}
${section('What the predictions rest on', bars(importance, importanceOf), importanceTable(importance, importanceOf))}
${section('Columns', columnsTable(columns))}
</main>
</body>
</html>
`.markup
}
