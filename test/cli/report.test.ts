/** The report is one page that any reader of HTML or XML reads, whatever stands in the file that it is about. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { figureFor, shortCount } from '../../src/cli/tabular/report/figures.js'
import { fitted, lengthOf } from '../../src/cli/tabular/report/label.js'
import { type Report, reportPage } from '../../src/cli/tabular/report/page.js'
import { extent, isDrawable, linear, logarithmic, roundLinear, type Scale, whole } from '../../src/cli/tabular/report/scale.js'
import { wilson } from '../../src/cli/tabular/report/wilson.js'
import { empty, hostile, houses, iris, ofClasses, worst } from './reports.js'
import { flawOf } from './well-formed.js'

const one: Report = { ...iris, epochs: iris.epochs.slice(0, 1), bestEpoch: 1 }
const reports = {
  iris,
  houses,
  empty,
  worst,
  one,
  'of 10 classes': ofClasses(10),
  'of 200 classes': ofClasses(200, (i) => `${hostile} ${i}`),
}
const pages = Object.entries(reports).map(([name, report]) => [name, reportPage(report)] as const)

/** What a reader sees: the text of elements, not of styles. */
const textOf = (page: string): string =>
  page
    .replace(/<style>[^<]*<\/style>/, '')
    .replace(/<[^>]*>/g, '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
const geometry = / (?:x|y|x1|x2|y1|y2|cx|cy|r|d|width|height|viewBox|transform|fill-opacity|font-size)="([^"]*)"/g
const geometryOf = (page: string): readonly string[] => [...page.matchAll(geometry)].map(([, value]) => value ?? '')
/** Numbers, letters of paths and names of transforms. */
const isGeometry = (value: string): boolean => /^(?:-?\d+(?:\.\d+)?|translate|rotate|[MLHVhv(), ]|width=device-width)*$/.test(value)

describe.each(pages)('the page of %s', (_, page) => {
  test('is well-formed', () => expect(flawOf(page)).toBeUndefined())
  test('draws with finite numbers only', () => expect(geometryOf(page).filter((value) => !isGeometry(value))).toEqual([]))
  test('fetches nothing and runs nothing', () => {
    expect(page).not.toMatch(/<(?:script|link|img|iframe|object|embed|use|image|base|form|a)\b/i)
    expect(page).not.toMatch(/ (?:href|src|srcset|xlink:href|action|on\w+)="/i)
    expect(page).not.toMatch(/url\(|@import|https?:|\/\//i)
  })
  test('has no id twice, and every reference has its id', () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    const references = [...page.matchAll(/ aria-labelledby="([^"]*)"/g)].flatMap(([, names]) => names?.split(' ') ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    expect(references.filter((id) => !ids.includes(id))).toEqual([])
  })
  test('says of every picture what it shows, and of every table what it holds', () => {
    const pictures = page.split('<svg').slice(1)
    const tables = page.split('<table').slice(1)
    expect(
      pictures.filter((svg) => !/^[^>]* role="img"[^>]*>\s*<title id="[^"]+">[^<]+<\/title>\s*<desc id="[^"]+">[^<]+<\/desc>/.test(svg)),
    ).toEqual([])
    expect(tables.filter((table) => !/^[^>]*>\s*<caption>[^<]+<\/caption>/.test(table))).toEqual([])
  })
})

test.each(Object.entries(reports))('the same report of %s gives the same page', (name, report) =>
  expect(reportPage(structuredClone(report))).toBe(pages.find(([of]) => of === name)?.[1]),
)

describe('every number is there', () => {
  const text = textOf(reportPage(iris))
  const lines = text.split('\n')
  test('of results', () => {
    expect(lines).toEqual(expect.arrayContaining(['0.9565', '0.112', '0.9130', '0.210', '0.3478', '1.099']))
    expect(textOf(reportPage(houses)).split('\n')).toEqual(expect.arrayContaining(['48,912', '115,392', '0.8201', '0.6399']))
  })
  test('of folds', () => expect(lines).toEqual(expect.arrayContaining(['0.9600 ± 0.0211', '0.1412 ± 0.0287'])))
  test('of epochs', () => {
    const listed = iris.epochs.map(({ epoch }) => (epoch === 60 ? '60 (best)' : String(epoch)))
    expect(lines).toEqual(expect.arrayContaining(listed))
    expect(text).toContain('best epoch: 60, validation cost 0.1440')
  })
  test('of the confusion matrix', () => {
    const shown = lines.filter((line) => /^\d+$/.test(line)).join(' ')
    expect(shown).toContain('8 0 0 0 6 1 0 0 8')
    expect(lines).toContain('versicolor, predicted as virginica: 1')
  })
  test('of classes', () => {
    const rows = textOf(reportPage(iris).split('Precision and recall by class').at(-1) ?? '')
      .split('\n')
      .filter((line) => line !== '')
    expect(rows.slice(6, 24)).toEqual([
      ...['setosa', '8', '8', '1.000', '1.000', '–'],
      ...['versicolor', '7', '6', '1.000', '0.857', 'virginica (1)'],
      ...['virginica', '8', '9', '0.889', '1.000', '–'],
    ])
  })
  test('of calibration', () => {
    const counts = iris.calibration?.map(({ count }) => String(count)) ?? []
    expect(lines).toEqual(expect.arrayContaining(counts))
  })
  test('of importance, the most important first', () => {
    const sorted = ['petal_width', '0.3144 ± 0.0520', 'petal_length', '0.2871 ± 0.0410', 'sepal_length', 'sepal_width', '−0.0087 ± 0.0121']
    expect(lines.filter((line) => sorted.includes(line)).slice(0, 7)).toEqual(sorted)
  })
  test('of facts and columns', () => {
    expect(lines).toEqual(expect.arrayContaining(iris.facts.flat()))
    expect(lines).toEqual(expect.arrayContaining(iris.columns.flatMap(({ name, kind, reason }) => [name, kind, reason])))
  })
  test('that is no finite number by its name', () => {
    expect(textOf(reportPage(worst)).split('\n')).toEqual(expect.arrayContaining(['NaN', '∞', '−∞ ± NaN']))
  })
})

describe('pictures', () => {
  test('of many columns show 25, and say how many more there are', () => {
    const page = reportPage(houses)
    expect(page.split('class="bar"')).toHaveLength(25 + 1)
    expect(page).toContain('and 6 more')
    expect(page).toContain('<th scope="row">feature 28</th>')
  })
  test('of many classes have no numbers, but the pointer finds them', () => {
    const page = reportPage(ofClasses(31))
    expect(page).not.toMatch(/class="(?:over|dark|count|none) middle"/)
    expect(page).toContain('<title>class 3, predicted as class 3: ')
    expect(reportPage(ofClasses(30))).toMatch(/class="over middle"/)
  })
  test('of costs of a large range have a logarithmic axis, of others none', () => {
    expect(reportPage(iris)).toContain('logarithmic')
    expect(reportPage(houses)).not.toContain('logarithmic')
    expect(reportPage({ ...iris, epochs: [...iris.epochs, { epoch: 81, train: -1, validation: 1 }] })).not.toContain('logarithmic')
  })
  test('of one epoch have a dot for each cost', () =>
    expect(reportPage(one).split(' dot"').length).toBe(2 + (iris.calibration?.length ?? 0) + 1))
  test('break a line where a cost is no number', () => {
    const epochs = [1, 2, Number.NaN, 4, 5].map((train, i) => ({ epoch: i + 1, train, validation: 1 }))
    const path = /class="train line" d="([^"]*)"/.exec(reportPage({ ...empty, epochs, bestEpoch: 9 }))?.[1] ?? ''
    expect(path.replace(/[-\d. ]+/g, '')).toBe('MhLMhL')
  })
  test('of very many epochs draw some, the best among them', () => {
    const epochs = Array.from({ length: 5003 }, (_, i) => ({ epoch: i + 1, train: 1, validation: 1 }))
    const page = reportPage({ ...empty, epochs, bestEpoch: 4097 })
    expect(page).toContain('One in 6 epochs is drawn')
    expect(page).toContain('4097 (best)')
    expect(page).toContain('<th scope="row">5003</th>')
    expect(page.length).toBeLessThan(100_000)
  })
  test('that would show nothing are not there', () => {
    expect(reportPage(empty)).not.toMatch(/<svg|<table|<h2/)
    const nothing: Report = { ...empty, confusion: { classes: [], counts: [] }, calibration: [], scatter: { unit: '', points: [] } }
    expect(reportPage(nothing)).toBe(reportPage(empty))
  })
})

describe('numbers', () => {
  test.each([
    [
      [0.956_521, 0.3],
      ['0.9565', '0.3000'],
    ],
    [
      [1.098_612, 0.21],
      ['1.099', '0.210'],
    ],
    [
      [48_912.4, 0.01],
      ['48,912', '1e-2'],
    ],
    [
      [1, 0.000_004],
      ['1.000', '4e-6'],
    ],
    [
      [0.000_012_34, 0],
      ['1.234e-5', '0'],
    ],
    [
      [3, 1e6],
      ['3', '1,000,000'],
    ],
    [
      [-0.2, 5.5],
      ['−0.200', '5.500'],
    ],
    [[1e15], ['1e+15']],
    [
      [0, -0],
      ['0', '0'],
    ],
    [
      [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.5],
      ['NaN', '∞', '−∞', '0.5000'],
    ],
  ])('of a column are written alike: %j', (values, written) => expect(values.map(figureFor(values))).toEqual(written))
  test.each([
    [1234, 4, '1234'],
    [12_345, 5, '12345'],
    [123_456, 5, '123k'],
    [1_234_567, 4, '1.2M'],
    [12_345, 4, '12k'],
    [1_000_000, 5, '1M'],
  ])('%d in %d characters is %s', (count, characters, written) => expect(shortCount(count, characters)).toBe(written))
})

describe('an axis', () => {
  const labels = ({ ticks }: Scale): readonly string[] => ticks.map(({ label }) => label)
  test.each([
    [linear([0, 1], [0, 100]), ['0', '0.2', '0.4', '0.6', '0.8', '1.0']],
    [linear([0, 500_000], [0, 100]), ['0', '100k', '200k', '300k', '400k', '500k']],
    [roundLinear([0.03, 0.97], [0, 100]), ['0', '0.2', '0.4', '0.6', '0.8', '1.0']],
    [whole([1, 3], [0, 100]), ['1', '2', '3']],
    [whole([7, 7], [0, 100]), ['7']],
    [logarithmic([0.02, 1], [0, 100]), ['0.02', '0.05', '0.1', '0.2', '0.5', '1']],
    [logarithmic([0.001, 100], [0, 100]), ['0.001', '0.01', '0.1', '1', '10', '100']],
  ])('has round numbers: %#', (scale, expected) => expect(labels(scale)).toEqual(expected))
  test('of one number has it in the middle', () => expect(linear([5, 5], [0, 100]).at(5)).toBe(50))
  test('of any numbers puts them in its range', () =>
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 1 }), (values) => {
        const [low, high] = extent(values)
        const { at, ticks } = roundLinear([low, high], [0, 100])
        const places = [...values.filter(isDrawable).map(at), ...ticks.map((tick) => tick.at)]
        expect(places.filter((place) => !(place >= -1e-6 && place <= 100 + 1e-6))).toEqual([])
      }),
    ))
})

describe('a label', () => {
  test('is whole where it fits', () => expect(fitted('petal  width', 84)).toBe('petal width'))
  test('has a beginning and an end where it does not', () => expect(fitted('sepal length in centimetres', 112)).toBe('sepal le…etres'))
  test('fits, whatever it is', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.integer({ min: 20, max: 300 }), (text, room) => {
        expect(lengthOf(fitted(text, room))).toBeLessThanOrEqual(room)
      }),
    ))
})

test.each([
  [0.5, 10, 0.2366, 0.7634],
  [0, 10, 0, 0.2775],
  [1, 10, 0.7225, 1],
  [0.81, 263, 0.7582, 0.8528],
])("Wilson's interval of %d in %d", (p, n, low, high) => {
  expect(wilson(p, n)[0]).toBeCloseTo(low, 3)
  expect(wilson(p, n)[1]).toBeCloseTo(high, 3)
})

test('names are what they are, and no elements', () => {
  const page = reportPage({ ...empty, title: `<b>"Tom" & 'Jerry'</b> ]]>` })
  expect(page).toContain('<h1>&lt;b&gt;&quot;Tom&quot; &amp; &#39;Jerry&#39;&lt;/b&gt; ]]&gt;</h1>')
})

describe('whatever is in a report', () => {
  const number = fc.oneof(
    fc.double(),
    fc.constantFrom(0, -0, 1, 1e-320, 5e-324, 1.797e308, -1.797e308, Number.NaN, Number.NEGATIVE_INFINITY),
  )
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(hostile, '', '\ud800', '</svg>', '&amp;', '--'))
  const few = { maxLength: 6 }
  const report: fc.Arbitrary<Report> = fc.record({
    title: text,
    facts: fc.array(fc.tuple(text, text), few),
    columns: fc.array(fc.record({ name: text, kind: text, reason: text }), few),
    results: fc.record({ measures: fc.array(text, few), rows: fc.array(fc.record({ name: text, values: fc.array(number, few) }), few) }),
    folds: fc.record({
      measures: fc.array(text, few),
      rows: fc.array(fc.record({ name: text, means: fc.array(number, few), deviations: fc.array(number, few) }), few),
      count: fc.nat(),
    }),
    epochs: fc.array(fc.record({ epoch: fc.nat(), train: number, validation: number }), few),
    bestEpoch: fc.nat(9),
    confusion: fc.record({ classes: fc.array(text, few), counts: fc.array(fc.array(fc.nat(), few), few) }),
    calibration: fc.array(fc.record({ predicted: number, observed: number, count: fc.nat() }), few),
    scatter: fc.record({ unit: text, points: fc.array(fc.tuple(number, number), few) }),
    importance: fc.array(fc.record({ name: text, mean: number, deviation: number }), few),
    importanceOf: text,
  })
  test('the page is well-formed, and drawn with finite numbers', () =>
    fc.assert(
      fc.property(report, (any) => {
        const page = reportPage(any)
        expect(flawOf(page)).toBeUndefined()
        expect(geometryOf(page).filter((value) => !isGeometry(value))).toEqual([])
      }),
      { numRuns: 300 },
    ))
})

describe('the check of well-formedness sees', () => {
  test.each([
    ['<p>a', 'no end of p'],
    ['<p></b>', 'the end of b, which is not open'],
    ['<p>a & b</p>', 'no reference: a & b'],
    ['<p>a < b</p>', 'no token: < b</p>'],
    ['<p a="1" a="2"/>', 'an attribute twice: <p a="1" a="2"/>'],
    ['<p a=1/>', 'no token: <p a=1/>'],
    ['<p>]]></p>', 'the end of no section: ]]>'],
    ['<p>\u0000</p>', 'no character'],
  ])('%j', (page, flaw) => expect(flawOf(page)).toBe(flaw))
})
