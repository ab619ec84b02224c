/**
 * Groups of examples that belong together, such as the images of one patient: none is cut in two.
 *
 * The groups are taken in a given order, and each goes where most is lacking:
 *
 *     part(g) = argmin_p Σ_c n_c(g)/n_c · (s_c(p) − share(p)),   s_c(p) the part of class c that p has already
 *
 * so that of two parts of equal shares neither has more than the other by more than one group (with one class, if none is stratified by).
 *
 * @source Graham (1966), Bounds for certain multiprocessing anomalies: list scheduling; scikit-learn's `StratifiedGroupKFold`
 */
import { shown, ValueError } from '../error/index.js'

/** What says which group an example is of. */
export type Group = number | string

/** A group for each of so many examples. */
export const wantsGroups = (who: string, count: number, groups: readonly Group[]): readonly Group[] => {
  if (groups.length !== count)
    throw new ValueError({ who, expected: `${count} groups, one for each example`, received: String(groups.length) })
  return groups
}

/** The list itself, of numbers and texts. */
export const wantsGroupList = (who: string, groups: ArrayLike<Group>): readonly Group[] => {
  const isList = typeof groups === 'object' && groups !== null && (Array.isArray(groups) || ArrayBuffer.isView(groups))
  const own = isList ? Array.from(groups) : [Number.NaN]
  const odd = own.findIndex((group) => typeof group !== 'string' && !Number.isFinite(group))
  if (odd < 0) return own
  throw new ValueError({ who, expected: 'groups, a list of numbers or texts', received: shown(isList ? own[odd] : groups) })
}

/** How much of each class there is of something: of a group, or in a part. */
type Shares = ReadonlyMap<number, number>

/** The groups, in the order in which their first examples stand, with the part of each class that is theirs. */
const sharesOf = (groups: readonly Group[], classes: readonly number[], order: readonly number[]): ReadonlyMap<Group, Shares> => {
  const counts = classes.reduce((known, c) => known.set(c, (known.get(c) ?? 0) + 1), new Map<number, number>())
  return order.reduce((known, i) => {
    const [group, c] = [groups[i] as Group, classes[i] ?? 0]
    const own = known.get(group) ?? new Map<number, number>()
    return known.set(group, own.set(c, (own.get(c) ?? 0) + 1 / (counts.get(c) ?? 1)))
  }, new Map<Group, Map<number, number>>())
}

/** How much a part has already of what a group is of, over its share: the least lacks most. */
const excess = (own: Shares, part: Map<number, number>, share: number): number =>
  [...own].reduce((sum, [c, weight]) => sum + weight * ((part.get(c) ?? 0) - share), 0)

/**
 * The part of every group: 0, 1, … of parts with these shares, whose sum is 1. None is left without a group.
 *
 * @param order  the numbers of the examples, in the order in which their groups are taken
 * @error `ValueError` for fewer groups than parts
 */
export const partOfGroups = (
  who: string,
  groups: readonly Group[],
  classes: readonly number[],
  order: readonly number[],
  shares: readonly number[],
): ReadonlyMap<Group, number> => {
  const all = [...sharesOf(groups, classes, order)]
  if (all.length < shares.length) throw new ValueError({ who, expected: `at least ${shares.length} groups`, received: String(all.length) })
  const has = shares.map(() => new Map<number, number>())
  return all.reduce((known, [group, own], taken) => {
    const empty = [...has.keys()].filter((p) => has[p]?.size === 0)
    // The last groups go where none is yet.
    const open = all.length - taken <= empty.length ? empty : [...has.keys()]
    const lacking = (p: number): number => excess(own, has[p] as Map<number, number>, shares[p] ?? 0)
    const part = open.reduce((best, p) => (lacking(p) < lacking(best) ? p : best))
    for (const [c, weight] of own) has[part]?.set(c, (has[part]?.get(c) ?? 0) + weight)
    return known.set(group, part)
  }, new Map<Group, number>())
}
