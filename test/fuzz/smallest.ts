/**
 * A smaller file with the same fault: parts are left out, ever smaller ones, as long as it is there.
 *
 * @source Zeller, Hildebrandt (2002), Simplifying and isolating failure-inducing input
 */
export const smallest = async (
  isFaulty: (file: Uint8Array) => Promise<boolean>,
  file: Uint8Array,
  size = Math.ceil(file.length / 2),
): Promise<Uint8Array> => {
  let now = file
  for (let at = 0; at < now.length; ) {
    const less = Uint8Array.from([...now.subarray(0, at), ...now.subarray(at + size)])
    if (await isFaulty(less)) now = less
    else at += size
  }
  if (now.length < 2 || (size === 1 && now.length === file.length)) return now
  return smallest(isFaulty, now, Math.max(1, Math.floor(size / 2)))
}
