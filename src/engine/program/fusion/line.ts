// mutates: the places of its own members, escapes: nothing
/** Things in a line, each after all that it waits for: told in constant time which of two comes first, and moved one by one. */

export interface Line<T> {
  readonly isBefore: (a: T, b: T) => boolean
  /** Puts a newcomer in the place of one. */
  readonly replace: (old: T, by: T) => void
  readonly remove: (old: T) => void
  /** Moves one to right after, or right before, another. */
  readonly moveAfter: (moved: T, anchor: T) => void
  readonly moveBefore: (moved: T, anchor: T) => void
}

interface Place {
  at: number
  left: Place
  right: Place
}

export const lineOf = <T>(things: readonly T[]): Line<T> => {
  /** Where the line begins and ends: a ring, so that everything has neighbours. */
  const seam = { at: 0 } as Place
  seam.left = seam
  seam.right = seam
  const places = new Map<T, Place>()
  const placeOf = (it: T): Place => places.get(it) as Place
  const number = (): void => {
    let at = 0
    for (let place = seam.right; place !== seam; place = place.right) place.at = ++at
  }
  const insert = (it: T, left: Place): void => {
    const { right } = left
    const end = right === seam ? left.at + 2 : right.at
    const place: Place = { at: (left.at + end) / 2, left, right }
    left.right = place
    right.left = place
    places.set(it, place)
    /** Between two neighbours there is a number, until rounding has used them up. */
    if (place.at <= left.at || place.at >= end) number()
  }
  const remove = (it: T): void => {
    const { left, right } = placeOf(it)
    left.right = right
    right.left = left
    places.delete(it)
  }
  for (const it of things) insert(it, seam.left)
  return {
    isBefore: (a, b) => placeOf(a).at < placeOf(b).at,
    replace: (old, by) => {
      const place = placeOf(old)
      places.delete(old)
      places.set(by, place)
    },
    remove,
    moveAfter: (moved, anchor) => {
      remove(moved)
      insert(moved, placeOf(anchor))
    },
    moveBefore: (moved, anchor) => {
      remove(moved)
      insert(moved, placeOf(anchor).left)
    },
  }
}
