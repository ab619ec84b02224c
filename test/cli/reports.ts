/** Reports as `foldgrad train` makes them, and some that it hardly ever does. */
import type { Report } from '../../src/cli/tabular/report/page.js'

/** Numbers that look random and are the same everywhere: a hash of an index, between 0 and 1. */
const random = (i: number): number => {
  const mixed = Math.imul(i ^ (i >>> 15) ^ 0x2c1b3c6d, 0x297a2d39 + 2 * i)
  return (Math.imul(mixed ^ (mixed >>> 13), 0x1b56c4e9) >>> 8) / 2 ** 24
}
const bell = (i: number): number => random(i * 3 + 1) + random(i * 7 + 2) + random(i * 11 + 5) - 1.5

const epochs = (count: number, floor: number): Report['epochs'] =>
  Array.from({ length: count }, (_, i) => ({
    epoch: i + 1,
    train: 1.1 * Math.exp(-i / 9) + floor * Math.exp(-i / 60) + 0.004 * random(i),
    validation: 1.05 * Math.exp(-i / 9) + floor * 2 + (floor * i) / 80 + 0.01 * random(i + 7),
  }))

/** Of iris: three classes. */
export const iris: Report = {
  title: 'species of iris.csv',
  facts: [
    ['rows', '150: 105 for training, 22 for validation, 23 for testing'],
    ['columns', '4 of 5'],
    ['network', '4 → 32 relu → 32 relu → 3, 1,315 parameters'],
    ['likelihood', 'categorical, since species has 3 classes'],
    ['optimiser', 'adamw, learning rate 0.003, weight decay 0.01'],
    ['seed', '0'],
    ['epochs', '80; stopped after 20 without a better validation cost'],
  ],
  columns: [
    { name: 'sepal_length', kind: 'number', reason: 'all 150 cells are numbers' },
    { name: 'sepal_width', kind: 'number', reason: 'all 150 cells are numbers' },
    { name: 'petal_length', kind: 'number', reason: 'all 150 cells are numbers' },
    { name: 'petal_width', kind: 'number', reason: 'all 150 cells are numbers' },
    { name: 'id', kind: 'left out', reason: 'every row has another' },
  ],
  results: {
    measures: ['accuracy', 'cost (nats)'],
    rows: [
      { name: 'network', values: [0.956_521, 0.1123] },
      { name: 'linear model', values: [0.913_043, 0.2101] },
      { name: 'majority class', values: [0.347_826, 1.098_612] },
    ],
  },
  folds: {
    measures: ['accuracy', 'cost (nats)'],
    rows: [
      { name: 'network', means: [0.96, 0.1187], deviations: [0.0211, 0.0312] },
      { name: 'linear model', means: [0.953, 0.1412], deviations: [0.0245, 0.0287] },
    ],
    count: 5,
  },
  epochs: epochs(80, 0.05),
  bestEpoch: 60,
  confusion: {
    classes: ['setosa', 'versicolor', 'virginica'],
    counts: [
      [8, 0, 0],
      [0, 6, 1],
      [0, 0, 8],
    ],
  },
  calibration: Array.from({ length: 10 }, (_, i) => ({
    predicted: (i + 0.3 + 0.4 * random(i)) / 10,
    observed: Math.min(1, Math.max(0, (i + 0.5) / 10 + 0.12 * bell(i))),
    count: Math.round(20 + 8 * (i - 4.5) ** 2),
  })),
  importance: [
    { name: 'petal_length', mean: 0.2871, deviation: 0.041 },
    { name: 'petal_width', mean: 0.3144, deviation: 0.052 },
    { name: 'sepal_width', mean: -0.0087, deviation: 0.0121 },
    { name: 'sepal_length', mean: 0.0201, deviation: 0.0154 },
  ],
  importanceOf: 'accuracy',
}

/** Of prices: a number is predicted, and there are many columns. */
export const houses: Report = {
  title: 'median_house_value of houses.csv',
  facts: iris.facts,
  columns: iris.columns,
  results: {
    measures: ['RMSE (USD)', 'MAE (USD)', 'R²'],
    rows: [
      { name: 'network', values: [48_912.4, 32_107.9, 0.8201] },
      { name: 'linear model', values: [68_231.1, 49_873.2, 0.6399] },
      { name: 'mean', values: [115_391.8, 91_201.7, -0.0002] },
    ],
  },
  epochs: epochs(12, 0.4),
  bestEpoch: 9,
  scatter: {
    unit: 'USD',
    points: Array.from({ length: 2000 }, (_, i) => {
      const actual = 15_000 + 485_000 * random(i) ** 1.6
      return [actual, Math.max(1000, actual * 0.9 + 18_000 + 60_000 * bell(i))]
    }),
  },
  importance: Array.from({ length: 31 }, (_, i) => ({
    name: i % 4 === 2 ? `ocean_proximity_of_the_block_in_metres_${i}` : `feature ${i}`,
    mean: 42_000 * Math.exp(-i / 4) - 300,
    deviation: 2500 * Math.exp(-i / 6),
  })),
  importanceOf: 'RMSE',
}

/** Many classes, none of which is confused with far ones. */
export const ofClasses = (count: number, name: (i: number) => string = (i) => `class ${i}`): Report => ({
  ...iris,
  confusion: {
    classes: Array.from({ length: count }, (_, i) => name(i)),
    counts: Array.from({ length: count }, (_row, i) =>
      Array.from({ length: count }, (_cell, j) =>
        i === j ? 60 + Math.floor(40 * random(i)) : Math.floor((30 * random(i * count + j) ** 3) / Math.abs(i - j)),
      ),
    ),
  },
})

/** Nothing that need not be there. */
export const empty: Report = {
  title: '',
  facts: [],
  columns: [],
  results: { measures: [], rows: [] },
  epochs: [],
  bestEpoch: 0,
  importance: [],
  importanceOf: 'accuracy',
}

/** What somebody could write into the first line of a file. */
export const hostile = `<script>alert("1")</script> ]]> & <!-- '</style></title> \u0000\u001b[31m\ud800\uffff \u202e ${'x'.repeat(5000)}`

/** The hostile text wherever a text can be, and numbers that are none wherever a number can be. */
export const worst: Report = {
  title: hostile,
  facts: [[hostile, hostile]],
  columns: [{ name: hostile, kind: hostile, reason: hostile }],
  results: { measures: [hostile, 'b', 'c'], rows: [{ name: hostile, values: [Number.NaN, Number.POSITIVE_INFINITY] }] },
  folds: { measures: [hostile], rows: [{ name: hostile, means: [Number.NEGATIVE_INFINITY], deviations: [Number.NaN] }], count: 2 },
  epochs: [
    { epoch: 1, train: 1, validation: Number.NaN },
    { epoch: 2, train: Number.POSITIVE_INFINITY, validation: 1e308 },
    { epoch: 3, train: 5e-324, validation: -1e308 },
  ],
  bestEpoch: 2,
  confusion: {
    classes: [hostile, `${hostile}2`],
    counts: [
      [0, 0],
      [3, 1e6],
    ],
  },
  calibration: [
    { predicted: Number.NaN, observed: 0.5, count: 3 },
    { predicted: 0.5, observed: 0.5, count: 1 },
  ],
  scatter: {
    unit: hostile,
    points: [
      [1, Number.NaN],
      [Number.POSITIVE_INFINITY, 2],
      [3, 3],
    ],
  },
  importance: [
    { name: hostile, mean: Number.NaN, deviation: Number.NaN },
    { name: 'b', mean: Number.POSITIVE_INFINITY, deviation: 1 },
    { name: 'c', mean: 0, deviation: 0 },
  ],
  importanceOf: hostile,
}
