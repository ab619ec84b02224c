/** Long lists, of which a picture or a table shows every so many. */

/** Every how many of a list is shown, so that there are no more than so many. */
export const strideFor = (length: number, most: number): number => Math.max(1, Math.ceil(length / most))

/** Every so many, and the last, and those that have to be there. */
export const thinned = <A>(list: readonly A[], stride: number, must: (a: A) => boolean = () => false): readonly A[] =>
  list.filter((a, i) => i % stride === 0 || i === list.length - 1 || must(a))
