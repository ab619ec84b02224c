// mutates: its own stack and order, escapes: nothing
/** Things in the order that they are given in, but each after all that it waits for. */
export const afterAwaited = <T>(things: readonly T[], awaited: (thing: T) => readonly T[]): readonly T[] => {
  const done = new Set<T>()
  const order: T[] = []
  const stack: { readonly thing: T; readonly left: T[] }[] = []
  const visit = (thing: T): void => {
    if (done.has(thing)) return
    done.add(thing)
    stack.push({ thing, left: [...awaited(thing)] })
  }
  for (const thing of things) {
    visit(thing)
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.left.pop()
      if (next !== undefined) visit(next)
      else {
        order.push(top.thing)
        stack.pop()
      }
    }
  }
  return order
}
