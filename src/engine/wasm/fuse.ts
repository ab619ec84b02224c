// mutates: the clusters of its own walk, escapes: nothing
/**
 * Fusion: element-wise kernels over one index space become one loop, whose intermediate results stay in registers. An
 * instruction joins the loop of another if nothing that it needs from elsewhere waits for that loop.
 */
import { hasBits, isElementwise } from './emit/lanes.js'
import type { Address, Argument, BufferId, Fused, FusedInput, Instruction, LaneStep } from './instruction.js'
import type { ElementwiseKernel } from './kernels.js'

interface Space {
  readonly outer: number
  readonly inner: number
}
interface Pointwise extends Space {
  readonly kernel: ElementwiseKernel
  readonly out: Address
  readonly operands: readonly FusedInput[]
  readonly bits: number
}

/** The arguments of an element-wise kernel, read: out, outer, inner, then address and two strides of every operand, then bits. */
const pointwiseOf = (instruction: Instruction): Pointwise | undefined => {
  if (instruction.kind !== 'kernel' || !isElementwise(instruction.kernel)) return undefined
  const { kernel, args } = instruction
  const [out, outer, inner, ...rest] = args as readonly [Address, number, number, ...Argument[]]
  const last = hasBits(kernel) ? rest.length - 1 : rest.length
  const operands = Array.from({ length: last / 3 }, (_, i) => ({
    address: rest[3 * i] as Address,
    outer: rest[3 * i + 1] as number,
    inner: rest[3 * i + 2] as number,
  }))
  return { kernel: kernel as ElementwiseKernel, out, outer, inner, operands, bits: hasBits(kernel) ? (rest[last] as number) : 0 }
}

/** One space for both, if there is one: a flat one can be cut into rows. */
const common = (a: Space, b: Space): Space | undefined => {
  if (a.outer * a.inner !== b.outer * b.inner) return undefined
  if (a.outer === 1) return { outer: b.outer, inner: b.inner }
  return b.outer === 1 || b.inner === a.inner ? { outer: a.outer, inner: a.inner } : undefined
}
/** An operand seen in rows: what is flat goes on from row to row. */
const inRows = ({ outer }: Space, space: Space, operand: FusedInput): FusedInput =>
  outer === space.outer ? operand : { ...operand, outer: operand.inner * space.inner }

interface Cluster {
  readonly members: (Instruction & { readonly kind: 'kernel' | 'host' | 'loop' })[]
  readonly pointwise: Pointwise[]
  readonly after: Set<Cluster>
  space: Space | undefined
}

/** How many kernels may become one loop: so many values are alive at once at most. */
export const mostFused = 48

/** Whether a cluster waits for another, itself included. */
const waitsFor = (cluster: Cluster, other: Cluster, seen: Set<Cluster> = new Set()): boolean => {
  if (cluster === other) return true
  if (seen.has(cluster)) return false
  seen.add(cluster)
  return [...cluster.after].some((before) => waitsFor(before, other, seen))
}

const sameAddress = (a: Address, b: Address): boolean =>
  a.buffer === b.buffer &&
  a.bytes === b.bytes &&
  a.steps.length === b.steps.length &&
  a.steps.every(({ loop, by, bytes }, i) => loop === b.steps[i]?.loop && by === b.steps[i]?.by && bytes === b.steps[i]?.bytes)

/** What a cluster computes, if it reads it as it is written: number by number. */
const readsInStep = (cluster: Cluster, call: Pointwise): boolean =>
  call.operands.every((operand) => {
    const made = cluster.pointwise.find(({ out }) => out.buffer === operand.address.buffer)
    if (made === undefined) return true
    const flat = call.outer === 1 || operand.outer === call.inner * operand.inner
    return operand.inner === 1 && flat && sameAddress(made.out, operand.address)
  })

interface Traffic {
  readonly writer: Map<BufferId, Cluster>
  readonly readers: Map<BufferId, Cluster[]>
}
const waitingFor = ({ writer, readers }: Traffic, { reads, writes }: Instruction): readonly Cluster[] => [
  ...[...reads, ...writes].flatMap((buffer) => writer.get(buffer) ?? []),
  ...writes.flatMap((buffer) => readers.get(buffer) ?? []),
]

/** Clusters in the order of the instructions, each after those that it waits for. */
const clustered = (
  instructions: readonly (Instruction & { readonly kind: 'kernel' | 'host' | 'loop' })[],
  whole: (buffer: BufferId) => BufferId,
  most: number,
): readonly Cluster[] => {
  const clusters: Cluster[] = []
  const traffic: Traffic = { writer: new Map(), readers: new Map() }
  for (const instruction of instructions) {
    const use = { ...instruction, reads: instruction.reads.map(whole), writes: instruction.writes.map(whole) }
    const before = waitingFor(traffic, use)
    const call = pointwiseOf(instruction)
    const joins = (cluster: Cluster): boolean =>
      call !== undefined &&
      cluster.space !== undefined &&
      cluster.members.length < most &&
      common(cluster.space, call) !== undefined &&
      readsInStep(cluster, call) &&
      before.every((other) => other === cluster || !waitsFor(other, cluster))
    const shares = (cluster: Cluster): boolean =>
      before.includes(cluster) || cluster.members.some(({ reads }) => reads.some((buffer) => instruction.reads.includes(buffer)))
    const found = clusters.findLast((cluster) => shares(cluster) && joins(cluster))
    const cluster: Cluster = found ?? { members: [], pointwise: [], after: new Set(), space: call }
    if (found === undefined) clusters.push(cluster)
    else cluster.space = common(found.space as Space, call as Space)
    cluster.members.push(instruction)
    if (call !== undefined) cluster.pointwise.push(call)
    for (const other of before) if (other !== cluster) cluster.after.add(other)
    for (const buffer of use.writes) {
      traffic.writer.set(buffer, cluster)
      traffic.readers.delete(buffer)
    }
    for (const buffer of use.reads) traffic.readers.set(buffer, [...(traffic.readers.get(buffer) ?? []), cluster])
  }
  return inOrder(clusters)
}

const inOrder = (clusters: readonly Cluster[]): readonly Cluster[] => {
  const done = new Set<Cluster>()
  const visit = (cluster: Cluster): void => {
    if (done.has(cluster)) return
    done.add(cluster)
    for (const before of cluster.after) visit(before)
    order.push(cluster)
  }
  const order: Cluster[] = []
  clusters.forEach(visit)
  return order
}

/** A cluster as one instruction. `isWanted`: of what it computes, what somebody else reads. */
const fusedOf = ({ pointwise, space = { outer: 1, inner: 1 } }: Cluster, isWanted: (buffer: BufferId) => boolean): Fused => {
  const inputs: FusedInput[] = []
  const values = new Map<BufferId, number>()
  const inputOf = (operand: FusedInput): number => {
    const same = inputs.findIndex(
      (input) => input.outer === operand.outer && input.inner === operand.inner && sameAddress(input.address, operand.address),
    )
    return same >= 0 ? same : inputs.push(operand) - 1
  }
  /** Values are numbered after all inputs, whose number is known only at the end: negative until then. */
  const steps = pointwise.map(({ kernel, operands, bits, out, ...own }, i): LaneStep => {
    const args = operands.map((operand) => values.get(operand.address.buffer) ?? inputOf(inRows(own, space, operand)))
    values.set(out.buffer, -1 - i)
    return { kernel, args, bits }
  })
  const numbered = (value: number): number => (value < 0 ? inputs.length - 1 - value : value)
  const outputs = pointwise.flatMap(({ out }, i) => (isWanted(out.buffer) ? [{ value: inputs.length + i, to: out }] : []))
  return {
    kind: 'fused',
    ...space,
    inputs,
    steps: steps.map((step) => ({ ...step, args: step.args.map(numbered) })),
    outputs,
    reads: [...new Set(inputs.map(({ address }) => address.buffer))],
    writes: outputs.map(({ to }) => to.buffer),
  }
}

/** The same instructions, fewer. What is in `kept` is wanted by somebody outside. */
export const fuse = (
  instructions: readonly Instruction[],
  kept: ReadonlySet<BufferId>,
  parts: ReadonlyMap<BufferId, Address>,
  most = mostFused,
): readonly Instruction[] => {
  const whole = (buffer: BufferId): BufferId => {
    const part = parts.get(buffer)
    return part === undefined ? buffer : whole(part.buffer)
  }
  const within = instructions.map((instruction) =>
    instruction.kind === 'loop' ? { ...instruction, body: fuse(instruction.body, kept, parts, most) } : instruction,
  )
  const clusters = clustered(within as never, whole, most)
  const readersOf = new Map<BufferId, Set<Cluster>>()
  for (const cluster of clusters)
    for (const { reads } of cluster.members)
      for (const buffer of reads) readersOf.set(buffer, (readersOf.get(buffer) ?? new Set()).add(cluster))
  return clusters.map((cluster) => {
    const [only] = cluster.members
    if (cluster.pointwise.length === 0 && only !== undefined) return only
    const isWanted = (buffer: BufferId): boolean =>
      kept.has(buffer) || parts.has(buffer) || [...(readersOf.get(buffer) ?? [])].some((reader) => reader !== cluster)
    return fusedOf(cluster, isWanted)
  })
}
