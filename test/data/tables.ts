/** Random tables, and transforms of all kinds that are fitted to them. */
import * as fc from 'fast-check'
import {
  columnTransformer,
  featureHasher,
  imputer,
  minMaxScaler,
  numericColumn,
  oneHotEncoder,
  pipeline,
  standardScaler,
} from '../../src/data/index.js'

/** Numbers of every size that data have, many of them equal; not so small that their squares are 0. */
export const number = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => (Math.abs(x) < 1e-9 ? 0 : x)),
  fc.constantFrom(1.7e12, 1.7e12 + 1, -0, 1e-9),
)
/** Names that records and JSON have trouble with are among them. */
export const category = fc.oneof(
  fc.constantFrom('a', 'b', 'c', '', '__proto__', 'constructor', 'é', '😀', '\ud800', '1'),
  fc.string({ maxLength: 6 }),
)

const rows = { minLength: 1, maxLength: 12 }
export const numbers = fc.array(number, rows)
export const numbersOrMissing = fc.array(fc.option(number, { nil: undefined, freq: 4 }), rows)
export const categories = fc.array(category, rows)
export const categoriesOrMissing = fc.array(fc.option(category, { nil: undefined, freq: 4 }), rows)

/** A table of four columns, whose first row has nothing missing. */
export const table = fc
  .array(
    fc.record({
      size: number,
      age: fc.option(number, { nil: undefined, freq: 3 }),
      species: fc.option(category, { nil: undefined, freq: 3 }),
      street: category,
    }),
    rows,
  )
  .map((all) => all.map((row, i) => (i === 0 ? { ...row, age: row.age ?? 1, species: row.species ?? 'a' } : row)))
  .map((all) => ({
    size: all.map(({ size }) => size),
    age: all.map(({ age }) => age),
    species: all.map(({ species }) => species),
    street: all.map(({ street }) => street),
  }))

/** All of it has a way back. */
export const invertible = columnTransformer({
  size: pipeline(numericColumn, standardScaler),
  age: pipeline(imputer({ value: 'mean', indicator: true }), minMaxScaler({ low: -1, high: 1 })),
  species: oneHotEncoder({ missing: 'feature', unknown: 'feature' }),
})
/** Every kind of transform, and every option. */
export const whole = columnTransformer({
  size: pipeline(pipeline(numericColumn, minMaxScaler()), standardScaler),
  age: imputer({ value: 'mostFrequent' }),
  species: oneHotEncoder({ missing: 'mostFrequent', drop: true }),
  street: featureHasher({ size: 7 }),
})
