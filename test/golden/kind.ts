/** Names of files and of cases say what they are, and then which: `costs_of_seed_7`, `leaky_relu_at_kinks`. */

/**
 * The kind that a name begins with, the longest of these.
 *
 * @example
 * kindIn({ gelu: 1, gelu_tanh: 2 })('gelu_tanh_at_zero') // => 'gelu_tanh'
 */
export const kindIn =
  (kinds: object) =>
  (name: string): string | undefined =>
    Object.keys(kinds)
      .filter((kind) => `${name}_`.startsWith(`${kind}_`))
      .toSorted((a, b) => b.length - a.length)[0]
