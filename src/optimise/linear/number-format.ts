/** Numbers as R prints them: so many significant digits for the one that needs them, and the same number of decimals for all. */

interface Written {
  /** Significant digits that are needed, and the power of ten of the first. */
  readonly digits: number
  readonly exponent: number
}

const written = (x: number, digits: number): Written => {
  const [mantissa = '0', exponent = '0'] = Math.abs(x)
    .toExponential(digits - 1)
    .split('e')
  return { digits: mantissa.replace('.', '').replace(/0+$/, '').length || 1, exponent: Number(exponent) }
}
/** 1e+05, 1e-10: two digits of the exponent, at least. */
const scientific = (x: number, decimals: number): string =>
  x.toExponential(decimals).replace(/e([+-])(\d)$/, (_, sign: string, digit: string) => `e${sign}0${digit}`)

/** R's `format`: numbers in one form, fixed or scientific, whichever is shorter, padded to one width. */
export const formatted = (xs: readonly number[], digits: number): readonly string[] => {
  const finite = xs.filter(Number.isFinite)
  const all = finite.map((x) => written(x, digits))
  const decimals = Math.max(0, ...all.map((one) => one.digits - one.exponent - 1))
  const significant = Math.max(1, ...all.map((one) => one.digits))
  const longest = (texts: readonly string[]): number => Math.max(0, ...texts.map(({ length }) => length))
  const fixed = finite.map((x) => x.toFixed(Math.min(100, decimals)))
  const powers = finite.map((x) => scientific(x, significant - 1))
  // Beyond 10²¹ `toFixed` writes a power itself.
  const isFixed = finite.every((x) => Math.abs(x) < 1e21) && longest(fixed) <= longest(powers)
  const texts = xs.map((x) =>
    Number.isNaN(x)
      ? 'NaN'
      : Number.isFinite(x)
        ? isFixed
          ? x.toFixed(Math.min(100, decimals))
          : scientific(x, significant - 1)
        : x > 0
          ? 'Inf'
          : '-Inf',
  )
  const width = longest(texts)
  return texts.map((text) => text.padStart(width))
}

/** R's `formatC`, C's %g: one number by itself. */
export const general = (x: number, digits: number): string => {
  if (!Number.isFinite(x)) return formatted([x], digits)[0] ?? ''
  const { digits: needed, exponent } = written(x, digits)
  return exponent < -4 || exponent >= digits ? scientific(x, needed - 1) : x.toFixed(Math.max(0, needed - exponent - 1))
}

/** R's `round`, of a number of decimals that may be many. */
export const rounded = (x: number, decimals: number): number =>
  Number.isFinite(x) && Math.abs(x) < 1e15 ? Number(x.toFixed(Math.min(100, decimals))) : x

const smallest = 2 ** -52
/** R's `format.pval`: what is below the smallest is said to be. */
export const probabilities = (ps: readonly number[], digits: number): readonly string[] => {
  const isSmall = (p: number): boolean => p < smallest
  const isPlain = (p: number): boolean => p >= 1e-4 || Number.isNaN(p)
  const large = ps.filter((p) => !isSmall(p))
  const plain = formatted(large.filter(isPlain), digits)
  const power = formatted(
    large.filter((p) => !isPlain(p)),
    digits,
  )
  const widest = Math.max(0, ...plain.map(({ length }) => length), ...power.map(({ length }) => length))
  const less = Math.max(1, digits - 2)
  const below = `<${less === 1 && widest <= 6 ? '' : ' '}${formatted([smallest], less)[0]}`
  return ps.map((p, i) => {
    if (isSmall(p)) return below
    const before = ps.slice(0, i).filter((other) => !isSmall(other) && isPlain(other) === isPlain(p)).length
    return (isPlain(p) ? plain : power)[before] ?? ''
  })
}
