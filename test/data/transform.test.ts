/** Fitted transforms: what scikit-learn computes, the laws, and what is refused, in one sentence. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it, test } from 'vitest'
import {
  type CategoricalColumn,
  columnTransformer,
  composeTransforms,
  type Features,
  type Fitting,
  featureHasher,
  imputer,
  minMaxScaler,
  type NumericColumn,
  numericColumn,
  oneHotEncoder,
  pipeline,
  standardScaler,
  type Transform,
} from '../../src/data/index.js'
import { murmurHash } from '../../src/data/transform/murmur.js'
import { batched } from '../../src/graph/index.js'
import { input, scalingOf, standardise } from '../../src/layer/index.js'
import { key } from '../../src/random/index.js'
import { matrix, tensor, toArray, toNested, zeros } from '../../src/tensor/index.js'
import { categories, categoriesOrMissing, category, invertible, numbers, numbersOrMissing, table, whole } from './tables.js'

const rowsOf = (x: Features): readonly (readonly number[])[] => toNested(x) as number[][]
/** As near as float64 computes it, to the largest number that it was computed from. */
const near = (size: number) => (a: number, b: number) => Math.abs(a - b) <= 1e-14 * Math.max(size, 1e-9)
const largest = (x: readonly (number | undefined)[]): number => Math.max(...x.map((n) => Math.abs(n ?? 0)))
const scaled = <I extends boolean>(fit: Fitting<Features, I>) => pipeline(numericColumn, fit)

describe('scikit-learn', () => {
  it('standardises by the population deviation', () => {
    const scaler = standardScaler(matrix([[0, 0], [0, 0], [1, 1], [1, 1]])) // biome-ignore format: as in its documentation
    expect(scaler.description).toEqual({ kind: 'standardScaler', mean: [0.5, 0.5], deviation: [0.5, 0.5] })
    expect(rowsOf(scaler.apply(matrix([[2, 2]])))).toEqual([[3, 3]])
    const four = standardScaler(tensor([4, 1], [1, 2, 3, 6], 'float64'))
    expect(rowsOf(four.apply(tensor([1, 1], [3], 'float64')))).toEqual([[0]])
    expect(four.description['deviation']).toEqual([Math.sqrt(3.5)])
  })
  it('scales to [0, 1], and what it was not fitted to beyond', () => {
    const scaler = minMaxScaler()(matrix([[-1, 2], [-0.5, 6], [0, 10], [1, 18]])) // biome-ignore format: as in its documentation
    expect(rowsOf(scaler.apply(matrix([[-1, 2], [-0.5, 6], [0, 10], [1, 18], [2, 2]])))).toEqual([[0, 0], [0.25, 0.25], [0.5, 0.5], [1, 1], [1.5, 0]]) // biome-ignore format: as in its documentation
  })
  it('makes one-hot rows of sorted categories, and reads them', () => {
    const gender = oneHotEncoder()(['Male', 'Female', 'Female'])
    const group = oneHotEncoder()(['1', '3', '2'])
    expect(gender.names(['gender'])).toEqual(['gender=Female', 'gender=Male'])
    expect(rowsOf(gender.apply(['Female', 'Male']))).toEqual([[1, 0], [0, 1]]) // biome-ignore format: rows
    expect(rowsOf(group.apply(['1', '4']))).toEqual([[1, 0, 0], [0, 0, 0]]) // biome-ignore format: rows
    expect(gender.inverse(matrix([[0, 1], [0, 0]]))).toEqual(['Male', undefined]) // biome-ignore format: rows
    const dropped = oneHotEncoder({ drop: true })(['1', '3', '2'])
    expect(dropped.names(['group'])).toEqual(['group=2', 'group=3'])
    expect(rowsOf(dropped.apply(['1', '2', '3']))).toEqual([[0, 0], [1, 0], [0, 1]]) // biome-ignore format: rows
    expect(dropped.inverse(matrix([[0, 0], [0, 1], [0.2, 0.3]]))).toEqual(['1', '3', '1']) // biome-ignore format: rows
  })
  it('imputes the mean of the others', () => {
    expect(rowsOf(imputer({ value: 'mean' })([2, undefined, 5]).apply([undefined, 2]))).toEqual([[3.5], [2]])
    expect(rowsOf(imputer({ value: 'mean', indicator: true })([2, undefined, 5]).apply([undefined, 2]))).toEqual([[3.5, 1], [2, 0]]) // biome-ignore format: rows
  })
  it('hashes to the same buckets, with the same signs', () => {
    const hasher = featureHasher({ size: 10 })([])
    const bucket = (word: string): readonly [number, number] => {
      const [row = []] = rowsOf(hasher.apply([word]))
      const at = row.findIndex((value) => value !== 0)
      return [at, row[at] ?? 0]
    }
    expect(['dog', 'cat', 'elephant', 'run'].map(bucket)).toEqual([[3, -1], [9, 1], [2, -1], [4, -1]]) // biome-ignore format: as in its documentation
  })
})

test('the layer standardise(scalingOf(x)) does the same', () => {
  const x = matrix([[1, 5, 2], [3, 5, 7], [4, 5, 1]], 'float64') // biome-ignore format: rows
  const net = pipe(input(3), standardise(scalingOf(x)))
  expect(toArray(standardScaler(x).apply(x))).toEqual(toArray(batched(net(net.init(key(1))))(x)))
})

test.each([
  ['', 0, 0],
  ['', 1, 0x514e28b7],
  ['test', 0, 0xba6bd213],
  ['Hello, world!', 0, 0xc0363e43],
  ['The quick brown fox jumps over the lazy dog', 0, 0x2e4ff723],
])('murmurHash(%j) with the seed %i is that of its author', (text, seed, hash) => expect(murmurHash(text, seed) >>> 0).toBe(hash))

describe('there is a way back', () => {
  test.each([
    ['standardScaler', scaled(standardScaler)],
    ['minMaxScaler', scaled(minMaxScaler({ low: -2, high: 5 }))],
    ['imputer', imputer({ value: 0, indicator: true }) as Fitting<NumericColumn, true>],
    ['imputer, scaled', pipeline(imputer({ value: 0, indicator: true }), standardScaler)],
  ])('from %s', (name, fitting) =>
    fc.assert(
      fc.property(name.startsWith('imputer') ? numbersOrMissing : numbers, (x) => {
        const t = fitting(x)
        const back = t.inverse(t.apply(x))
        return x.every((n, i) => (n === undefined ? back[i] === undefined : near(largest(x))(n, back[i] as number)))
      }),
    ),
  )
  test.each(['zeros', 'feature'] as const)('from one-hot rows, missing ones as %s', (missing) =>
    fc.assert(
      fc.property(categoriesOrMissing, (x) => {
        fc.pre(x.some((value) => value !== undefined))
        const t = oneHotEncoder({ missing })(x)
        // What is missing has no category to go back to, in either way.
        expect(t.inverse(t.apply(x))).toEqual(x)
      }),
    ),
  )
  it('from one-hot rows without the first category', () =>
    fc.assert(
      fc.property(categories, (x) => {
        const t = oneHotEncoder({ drop: true })(x)
        expect(t.inverse(t.apply(x))).toEqual(x)
      }),
    ))
  it('from a table', () =>
    fc.assert(
      fc.property(table, (given) => {
        const t = invertible(given)
        const back = t.inverse(t.apply(given))
        expect(back.species).toEqual(given.species)
        const close = (a: number, b: number, size: number): boolean => Math.abs(a - b) <= 1e-6 * Math.max(size, 1e-3)
        expect(back.size.every((n, i) => close(n ?? Number.NaN, given.size[i] ?? 0, largest(given.size)))).toBe(true)
        expect(given.age.every((n, i) => (n === undefined ? back.age[i] === undefined : close(n, back.age[i] ?? Number.NaN, largest(given.age))))).toBe(true) // biome-ignore format: one condition
      }),
    ))
  it('from probabilities: the likeliest', () =>
    expect(oneHotEncoder()(['b', 'a', 'c']).inverse(matrix([[0.2, 0.5, 0.3], [0.4, 0.3, 0.4]]))).toEqual(['b', 'a'])) // biome-ignore format: rows
  it('but not from hashes', () => {
    expect(featureHasher({ size: 2 })([]).inverse).toBe(undefined)
    expect(pipeline(featureHasher({ size: 2 }), standardScaler)(['a']).inverse).toBe(undefined)
    expect(columnTransformer({ a: featureHasher({ size: 2 }), b: numericColumn })({ a: ['x'], b: [1] }).inverse).toBe(undefined)
  })
})

describe('what is fitted', () => {
  it('standardScaler: mean 0 and deviation 1, of a constant 0 and 0', () =>
    fc.assert(
      fc.property(numbers, (x) => {
        const y = scaled(standardScaler)(x).apply(x)
        const values = Array.from(toArray(y))
        const mean = values.reduce((sum, n) => sum + n, 0) / values.length
        const deviation = Math.sqrt(values.reduce((sum, n) => sum + (n - mean) ** 2, 0) / values.length)
        const spread = Math.max(...x) - Math.min(...x)
        // Of numbers that differ by what is little to their size, little is known.
        const sure = 1e-12 * Math.max(1, largest(x) / spread)
        if (spread <= 1e-9 * largest(x)) return
        expect(Math.abs(mean)).toBeLessThan(1e-9 + sure)
        expect(Math.abs(deviation - 1)).toBeLessThan(1e-9 + sure)
      }),
    ))
  it('minMaxScaler: in [0, 1], both ends reached, or 0 of a constant', () =>
    fc.assert(
      fc.property(numbers, (x) => {
        const values = Array.from(toArray(scaled(minMaxScaler())(x).apply(x)))
        expect(Math.min(...values)).toBe(0)
        expect(Math.max(...values)).toBe(new Set(x.map((n) => n + 0)).size === 1 ? 0 : 1)
      }),
    ))
  it('oneHotEncoder: rows add up to 1, or to 0 where nothing is known', () =>
    fc.assert(
      fc.property(categories, categoriesOrMissing, (x, other) => {
        const t = oneHotEncoder()(x)
        expect(rowsOf(t.apply(other)).map((row) => row.reduce((sum, n) => sum + n, 0))).toEqual(other.map((c) => Number(c !== undefined && x.includes(c)))) // biome-ignore format: one equation
        expect(t.unknown(other)).toEqual(other.flatMap((value, row) => (value === undefined || x.includes(value) ? [] : [{ row, value }])))
        for (const fitting of [
          oneHotEncoder({ unknown: 'feature', missing: 'feature' }),
          oneHotEncoder({ unknown: 'feature', missing: 'mostFrequent' }),
        ])
          expect(rowsOf(fitting(x).apply(other)).map((row) => row.reduce((sum, n) => sum + n, 0))).toEqual(other.map(() => 1))
      }),
    ))
  it('featureHasher: rows add up to 1, with signs to ±1, of what is missing to 0', () =>
    fc.assert(
      fc.property(categoriesOrMissing, fc.integer({ min: 1, max: 9 }), (x, size) => {
        const sums = (signed: boolean) =>
          rowsOf(featureHasher({ size, signed })(x).apply(x)).map((row) => row.reduce((sum, n) => sum + n, 0))
        expect(sums(false)).toEqual(x.map((value) => Number(value !== undefined)))
        expect(sums(true)).toEqual(x.map((value) => (value === undefined ? 0 : murmurHash(value) < 0 ? -1 : 1)))
      }),
    ))
  it('does not depend on the order of the examples', () =>
    fc.assert(
      fc.property(categories, (x) => {
        const options = { unknown: 'feature', missing: 'mostFrequent' } as const
        expect(oneHotEncoder(options)([...x].reverse()).description).toEqual(oneHotEncoder(options)(x).description)
        const sizes = x.map((text) => text.length)
        for (const value of ['median', 'mostFrequent'] as const)
          expect(imputer({ value })([...sizes].reverse()).description).toEqual(imputer({ value })(sizes).description)
      }),
    ))
  it('imputes the median, the most frequent, or what it is told', () => {
    const filled = (value: 'median' | 'mostFrequent' | number, x: NumericColumn) => rowsOf(imputer({ value })(x).apply([undefined]))
    expect(filled('median', [9, 1, undefined, 2])).toEqual([[2]])
    expect(filled('median', [9, 1, 4, 2])).toEqual([[3]])
    expect(filled('mostFrequent', [3, 9, 1, undefined, 9, 1, undefined, undefined])).toEqual([[1]])
    expect(filled(-1, [])).toEqual([[-1]])
  })
  it('stands for a missing category: the most frequent, of several the first', () =>
    expect(rowsOf(oneHotEncoder({ missing: 'mostFrequent' })(['b', 'c', 'b', 'c', 'a']).apply([undefined]))).toEqual([[0, 1, 0]]))
  it('may be one row, a constant, and be applied to none', () => {
    expect(rowsOf(standardScaler(matrix([[7, -2]])).apply(matrix([[8, -2]])))).toEqual([[1, 0]])
    expect(rowsOf(minMaxScaler()(matrix([[7, -2]])).apply(matrix([[8, -2]])))).toEqual([[1, 0]])
    for (const t of [standardScaler(matrix([[7, -2]])), minMaxScaler()(matrix([[7, -2]]))])
      expect(t.apply(zeros([0, 2])).shape).toEqual([0, 2])
    expect(oneHotEncoder({ drop: true })(['a', 'a']).apply(['a', 'a']).shape).toEqual([2, 0])
    expect(invertible({ size: [1], age: [2], species: ['a'] }).apply({ size: [], age: [], species: [] }).shape).toEqual([0, 6])
  })
  it('has the precision of what it is applied to; columns have float64, and tables float32 unless said otherwise', () => {
    expect(standardScaler(matrix([[1]], 'float64')).apply(matrix([[1]])).precision).toBe('float32')
    expect(standardScaler(matrix([[1]], 'int32')).apply(matrix([[1]], 'float64')).precision).toBe('float64')
    expect(standardScaler(matrix([[1], [2]], 'int32')).apply(matrix([[2]], 'int32'))).toEqual(matrix([[1]]))
    expect(numericColumn([1]).apply([1]).precision).toBe('float64')
    expect(columnTransformer({ x: numericColumn })({ x: [1] }).apply({ x: [1] }).precision).toBe('float32')
    expect(columnTransformer({ x: numericColumn }, { precision: 'float64' })({ x: [1] }).apply({ x: [1] }).precision).toBe('float64')
  })
  it('keeps milliseconds of dates, which float32 does not', () => {
    const t = columnTransformer({ day: pipeline(numericColumn, standardScaler) })({ day: [1.7e12, 1.7e12 + 2] })
    expect(rowsOf(t.apply({ day: [1.7e12 + 1, 1.7e12 + 3] }))).toEqual([[0], [2]])
    expect(t.inverse(t.apply({ day: [1.7e12 + 3] }))).toEqual({ day: [1.7e12 + 3] })
  })
})

describe('a table', () => {
  const given = { size: [1, 3], age: [undefined, 4], species: ['b', 'a'] }
  it('names its features, and joins its columns', () => {
    const t = invertible(given)
    expect(t.names()).toEqual(['size', 'age', 'age missing', 'species=a', 'species=b', 'species unknown', 'species missing'])
    expect(rowsOf(t.apply(given))).toEqual([[-1, -1, 1, 0, 1, 0, 0], [1, -1, -1, 1, 0, 0, 0]]) // biome-ignore format: rows
    expect(t.outputs).toBe(7)
  })
  it('says which categories are unknown, in which row of which column', () =>
    expect(invertible(given).unknown({ ...given, species: ['z', 'a'] })).toEqual([{ column: 'species', row: 0, value: 'z' }]))
  it('is its columns, beside each other', () =>
    fc.assert(
      fc.property(table, (any) => {
        const parts = [oneHotEncoder()(any.species).apply(any.species), imputer()(any.age).apply(any.age)].map(rowsOf)
        const t = columnTransformer({ species: oneHotEncoder(), age: imputer() }, { precision: 'float64' })(any)
        expect(rowsOf(t.apply(any))).toEqual(any.age.map((_, i) => parts.flatMap((rows) => rows[i] ?? [])))
      }),
    ))
  it('may have columns of any name', () => {
    const odd = JSON.parse('{ "__proto__": [1], "constructor": ["a"], "1": [2] }') as Record<string, never>
    const fits = Object.fromEntries([['1', numericColumn], ['constructor', oneHotEncoder()], ['__proto__', numericColumn]]) // biome-ignore format: pairs
    const t = columnTransformer(fits as unknown as { readonly x: typeof numericColumn })(odd as never)
    expect(t.names()).toEqual(['1', 'constructor=a', '__proto__'])
    expect(rowsOf(t.apply(odd as never))).toEqual([[2, 1, 1]])
    expect(Object.entries(t.inverse(t.apply(odd as never)))).toEqual(Object.entries({ 1: [2], constructor: ['a'], ['__proto__']: [1] }))
    expect(() => columnTransformer({ toString: numericColumn } as never)({} as never)).toThrow(
      'columnTransformer expects the column toString',
    )
  })
})

describe('transforms compose', () => {
  const [f, g, h] = [numericColumn, standardScaler, minMaxScaler()] as const
  it('as functions do, there and back', () =>
    fc.assert(
      fc.property(numbers, (x) => {
        const first = f(x)
        const second = g(first.apply(x))
        const both = composeTransforms(first, second)
        expect(toArray(both.apply(x))).toEqual(toArray(second.apply(first.apply(x))))
        expect(both.inverse(both.apply(x))).toEqual(first.inverse(second.inverse(both.apply(x))))
        expect(pipeline(f, g)(x).description).toEqual(both.description)
      }),
    ))
  it('in any order of joining', () => {
    const x = [1, 2, 4]
    const [left, right] = [pipeline(pipeline(f, g), h)(x), pipeline(f, (y: Features) => pipeline(g, h)(y))(x)]
    expect(left.description).toEqual(right.description)
    expect(left.description['steps']).toHaveLength(3)
    expect(toArray(left.apply(x))).toEqual(toArray(right.apply(x)))
  })
  it('but not where one does not take what the other gives', () => {
    const two = standardScaler(matrix([[1, 2]]))
    expect(() => composeTransforms(numericColumn([1]), two)).toThrow(
      'composeTransforms expects a transform of 1 features, receives one of 2, of features',
    )
    expect(() => composeTransforms(two, numericColumn([1]) as never)).toThrow(
      'composeTransforms expects a transform of 2 features, receives one of 1, of numbers',
    )
  })
})

describe('what is refused, is refused in one sentence', () => {
  const scaler = standardScaler(matrix([[1, 2]]))
  const huge = matrix([[1e308], [-1e308]], 'float64')
  const flowers = columnTransformer({ age: numericColumn, species: oneHotEncoder({ drop: true }) })({ age: [1], species: ['a'] })
  test.each<readonly [string, () => unknown]>([
    ['standardScaler expects at least one example, receives [0, 3]', () => standardScaler(zeros([0, 3]))],
    ['minMaxScaler expects at least one example, receives [0, 3]', () => minMaxScaler()(zeros([0, 3]))],
    ['standardScaler expects finite numbers, receives NaN (row 1, column 0)', () => standardScaler(matrix([[1, 2], [Number.NaN, 1]]))], // biome-ignore format: rows
    ['minMaxScaler expects finite numbers, receives Infinity (train, row 0, column 1)', () => minMaxScaler()(matrix([[1, 1 / 0]]), 'train')],
    ['standardScaler expects numbers whose variance is finite, receives Infinity', () => standardScaler(huge)],
    ['minMaxScaler expects numbers whose range is finite, receives Infinity', () => minMaxScaler()(huge)],
    ['standardScaler expects features [N, 2], receives [1, 3]', () => scaler.apply(matrix([[1, 2, 3]]))],
    ['standardScaler expects features [N, D], receives [2]', () => standardScaler(tensor([2], [1, 2]) as never)],
    ['minMaxScaler expects high above low, receives 1 and 0', () => minMaxScaler({ low: 1, high: 0 })],
    ['minMaxScaler expects a number for low, receives "0"', () => minMaxScaler({ low: '0' as never })],
    ['numericColumn expects a number in every row, receives a missing one; let imputer() say what stands for it (row 1)', () => numericColumn([1, undefined])],
    ['numericColumn expects a number in every row, receives a missing one; let imputer() say what stands for it (age, row 1)', () => flowers.apply({ age: [1, undefined], species: ['a', 'a'] })],
    ['imputer expects finite numbers, or undefined where one is missing, receives NaN (row 2)', () => imputer()([1, undefined, Number.NaN])],
    ['imputer expects finite numbers, or undefined where one is missing, receives "3" (row 0)', () => imputer()(['3' as never])],
    ['imputer expects finite numbers, or undefined where one is missing, receives null (row 0)', () => imputer({ value: 0 })([1]).apply([null as never])],
    ['imputer expects a number to take the median of, receives a column without one; or give one: imputer({ value: 0 })', () => imputer()([undefined])],
    ['imputer expects numbers whose mean is finite, receives Infinity; or give one: imputer({ value: 0 })', () => imputer({ value: 'mean' })([1e308, 1e308])],
    ['imputer expects mean, median, mostFrequent or a number for its value, receives "mode"', () => imputer({ value: 'mode' as never })],
    ['imputer expects true or false for indicator, receives 1', () => imputer({ indicator: 1 as never })],
    ['oneHotEncoder expects at least one category to be fitted to, receives none', () => oneHotEncoder()([undefined])],
    ['oneHotEncoder expects texts, or undefined where one is missing, receives 3 (row 1)', () => oneHotEncoder()(['a', 3 as never])],
    ['oneHotEncoder expects zeros or feature for unknown, receives "error"', () => oneHotEncoder({ unknown: 'error' as never })],
    ['oneHotEncoder expects zeros or feature or mostFrequent for missing, receives "mean"', () => oneHotEncoder({ missing: 'mean' as never })],
    ["oneHotEncoder expects a category in every row, the first being a row of zeros, receives a missing one; say missing: 'feature' or missing: 'mostFrequent' (species, row 0)", () => flowers.apply({ age: [1], species: [undefined] })],
    ['oneHotEncoder expects true or false for drop, receives "first"', () => oneHotEncoder({ drop: 'first' as never })],
    ['oneHotEncoder expects unknown, missing or drop, receives the option dropp; did you mean drop?', () => oneHotEncoder({ dropp: true } as never)],
    ['featureHasher expects a whole number of features from 1 to 1048576 for size, receives 2000000', () => featureHasher({ size: 2e6 })],
    ['featureHasher expects true or false for signed, receives 0', () => featureHasher({ size: 2, signed: 0 as never })],
    ['columnTransformer expects the column species, receives age, Species', () => flowers.apply({ age: [1], Species: ['a'] } as never)],
    ['columnTransformer expects as many rows in every column, receives 1 in "age" and 2 in "species"', () => flowers.apply({ age: [1], species: ['a', 'a'] })],
    ['columnTransformer expects as many rows in every column, receives 1 in "a" and 2 in "b"', () => columnTransformer({ a: numericColumn, b: numericColumn })({ a: [1], b: [1, 2] })],
    ['columnTransformer expects a fitting for at least one column, receives {}', () => columnTransformer({})],
    ['columnTransformer expects a transform of a column for a, receives one of columns', () => columnTransformer({ a: (() => flowers) as never })({ a: [1] } as never)],
    ['columnTransformer expects a fitted transform, receives 1', () => columnTransformer({ a: (() => 1) as never })({ a: [1] } as never)],
    ['columnTransformer expects float32 or float64 for precision, receives "int32"', () => columnTransformer({ a: numericColumn }, { precision: 'int32' as never })],
    ['columnTransformer expects numbers that float32 holds, receives Infinity (row 0, column 0)', () => columnTransformer({ a: numericColumn })({ a: [1e300] }).apply({ a: [1e300] })],
    ['standardScaler expects numbers that float64 holds, receives Infinity (row 0, column 0)', () => standardScaler(matrix([[0], [1e-160]], 'float64')).apply(matrix([[1e300]], 'float64'))],
  ])('%s', (sentence, f) => expect(f).toThrow(sentence)) // biome-ignore format: a table
})

describe('a fitted transform is a value', () => {
  it('that does not change with what it was fitted to', () => {
    const x = ['a', 'b']
    const t = oneHotEncoder()(x)
    x[0] = 'z'
    expect(rowsOf(t.apply(['a']))).toEqual([[1, 0]])
    expect(Object.isFrozen(t) && Object.isFrozen(t.description) && Object.isFrozen(t.description['categories'])).toBe(true)
  })
  it('whose features depend on each row alone', () =>
    fc.assert(
      fc.property(table, (given) => {
        const t = whole(given)
        const at = <X>(column: readonly X[], i: number): readonly X[] => column.slice(i, i + 1)
        const one = (i: number) => ({
          size: at(given.size, i),
          age: at(given.age, i),
          species: at(given.species, i),
          street: at(given.street, i),
        })
        expect(given.size.map((_, i) => rowsOf(t.apply(one(i)))[0])).toEqual(rowsOf(t.apply(given)))
      }),
    ))
  it('of as many names as features', () =>
    fc.assert(
      fc.property(table, fc.array(category), (given, words) => {
        for (const t of [whole(given), invertible(given)] as unknown as readonly Transform<typeof given>[]) {
          expect(t.apply(given).shape).toEqual([given.size.length, t.outputs])
          expect(t.names()).toHaveLength(t.outputs)
        }
        const column: CategoricalColumn = ['a', ...words]
        expect(new Set(oneHotEncoder()(column).names()).size).toBe(oneHotEncoder()(column).outputs)
      }),
    ))
})
