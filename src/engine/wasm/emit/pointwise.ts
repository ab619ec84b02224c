// mutates: the list of locals and of code of one function, escapes: nothing
/**
 * An element-wise loop as code: rows of an index space, four elements at a time, or two where there are float64 among them, then what
 * is left over, through the same operations and so with the same bits. An operand that does not move along an axis is loaded before it.
 */
import type { LaneStep, Pointwise, PointwiseInput } from '../../program/instruction.js'
import type { LaneOperation } from '../../program/operation.js'
import type { Bytes } from './bytes.js'
import { add, call, doubleOf, get, i32, repeatWhile, set, sub, type Type, withDouble, zeros } from './code.js'
import type { Call, Context, FunctionCode } from './context.js'
import { isDouble, laneRules } from './double-lanes.js'
import { elementsOf, type Lanes } from './elements.js'
import { isRepeated, placesIn, rowsTogether } from './rows-together.js'

/** Locals in order of their making. */
const localsAfter = (parameters: number) => {
  const types: Type[] = []
  return {
    types,
    make: (type: Type): number => parameters + types.push(type) - 1,
  }
}

/** The function that an operation calls, if it does, of so many operands. */
const callOf = (operation: LaneOperation, operands: number): Call | undefined => {
  const rule = laneRules[operation]
  if (typeof rule === 'function') return undefined
  return 'call' in rule ? { module: 'kernels', name: rule.call, operands } : { module: 'elementary', name: rule.each, operands }
}
/** The functions that a loop calls. */
export const callsOf = ({ steps }: Pointwise): readonly Call[] =>
  steps.flatMap(({ operation, args }) => callOf(operation, args.length) ?? [])

/** A function of numbers, called for every lane that is there. */
const calledForEach = (f: number, operands: readonly Bytes[], lanes: Lanes): Bytes => {
  const one = (lane: number): Bytes => [operands.map((vector) => doubleOf(vector, lane)), call(f)]
  const first = withDouble(zeros, 0, one(0))
  return lanes === 1 ? first : withDouble(first, 1, one(1))
}

export const pointwiseCode = (loop: Pointwise, context: Context): FunctionCode => {
  const { inputs, steps, outputs, outer, inner } = loop
  const { types: locals, make } = localsAfter(context.parameters)
  const starts = inputs.map(() => make('i32'))
  const targets = outputs.map(() => make('i32'))
  const values = [...inputs, ...steps].map(() => make('v128'))
  const value = (i: number): number => values[i] ?? 0
  const [rowsLeft, left] = [make('i32'), make('i32')]
  const advance = (local: number, bytes: number): Bytes => (bytes === 0 ? [] : [...add(get(local), i32(bytes)), ...set(local)])

  const chosen = (test: (input: PointwiseInput) => boolean, code: (i: number, input: PointwiseInput) => Bytes): Bytes =>
    inputs.flatMap((input, i) => (test(input) ? code(i, input) : []))
  const splatted = (i: number, { bytesPer }: PointwiseInput): Bytes => [
    ...elementsOf(bytesPer).loadSplat(get(starts[i] ?? 0)),
    ...set(value(i)),
  ]
  const fixed = ({ outer: row, inner: step }: PointwiseInput): boolean => step === 0 && (row === 0 || outer === 1)
  const perRow = (input: PointwiseInput): boolean => input.inner === 0 && !fixed(input)
  const moving = ({ inner: step }: PointwiseInput): boolean => step !== 0

  const resultOf = ({ operation, args, bits }: LaneStep, count: Lanes): Bytes => {
    const [rule, called] = [laneRules[operation], callOf(operation, args.length)]
    const operands = args.map((arg) => get(value(arg)))
    if (typeof rule === 'function') return rule(operands, bits)
    if (called?.module === 'elementary') return calledForEach(context.functionOf(called), operands, count)
    return called === undefined ? [] : [operands, call(context.functionOf(called))]
  }
  const compute = (count: Lanes): Bytes => steps.map((step, k) => [resultOf(step, count), set(value(inputs.length + k))])
  /** So many lanes of everything, and on to the next; what is known stands in a local. */
  const lanes = (count: Lanes, known: (i: number) => number | undefined = () => undefined): Bytes => [
    ...chosen(moving, (i, { bytesPer, inner: stride }) => {
      const local = known(i)
      if (local !== undefined) return [...get(local), ...set(value(i))]
      const step = stride * bytesPer
      const at = get(starts[i] ?? 0)
      return [...elementsOf(bytesPer).loadApart(at, step, count), ...set(value(i)), ...advance(starts[i] ?? 0, count * step)]
    }),
    ...compute(count),
    ...outputs.flatMap((output, i) => [
      ...elementsOf(output.bytesPer).storeApart(get(targets[i] ?? 0), value(output.value), count, output.bytesPer),
      ...advance(targets[i] ?? 0, count * output.bytesPer),
    ]),
  ]
  const most = steps.some(({ operation }) => isDouble(operation)) ? 2 : 4
  const [whole, rest] = [Math.floor(inner / most), inner % most]
  const counted = (local: number, times: number, body: Bytes): Bytes => {
    if (times <= 1) return times === 1 ? body : []
    return [...i32(times), ...set(local), ...repeatWhile([...body, ...sub(get(local), i32(1)), ...set(local)], get(local))]
  }
  /** Of rows that are taken together: what repeats, by vector, and the rows. */
  const together = rowsTogether(loop)
  const vectors = together === 1 ? [] : Array.from({ length: (together * inner) / 4 }, (_, vector) => vector)
  const repeated = new Map(
    inputs.flatMap((input, i) => (isRepeated(input) ? [[i, vectors.map((vector) => ({ vector, local: make('v128') }))] as const] : [])),
  )
  const kept = [...repeated].flatMap(([i, all]) =>
    all.map(({ vector, local }) => {
      const offsets = placesIn(inner, vector).map((place) => 4 * place)
      return [...elementsOf(4).loadEach(get(starts[i] ?? 0), offsets), ...set(local)]
    }),
  )
  const rowsAtOnce = vectors.flatMap((vector) => lanes(4, (i) => repeated.get(i)?.[vector]?.local))
  const row = [
    ...chosen(perRow, (i, input) => [...splatted(i, input), ...advance(starts[i] ?? 0, input.outer * input.bytesPer)]),
    ...counted(left, whole, lanes(most)),
    ...(rest === 0 ? [] : lanes(rest as Lanes)),
    ...(outer === 1 ? [] : chosen(moving, (i, input) => advance(starts[i] ?? 0, (input.outer - inner * input.inner) * input.bytesPer))),
  ]
  const code = [
    ...inputs.flatMap((input, i) => [...context.at(input.address), ...set(starts[i] ?? 0)]),
    ...outputs.flatMap((output, i) => [...context.at(output.to), ...set(targets[i] ?? 0)]),
    ...chosen(fixed, splatted),
    ...(together === 1 ? [] : [...kept, ...counted(rowsLeft, Math.floor(outer / together), rowsAtOnce)]),
    ...counted(rowsLeft, together === 1 ? outer : outer % together, row),
  ]
  return { locals, code: inner === 0 ? [] : code }
}
