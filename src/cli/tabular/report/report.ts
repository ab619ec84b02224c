/** What the report of a training run says, as plain data: all that is computed is computed before. */

/** Rows of numbers under the names of what they measure. */
export interface Results {
  readonly measures: readonly string[]
  readonly rows: readonly { readonly name: string; readonly values: readonly number[] }[]
}

/** Means and standard deviations over the folds of a cross-validation. */
export interface Folds {
  readonly measures: readonly string[]
  readonly rows: readonly { readonly name: string; readonly means: readonly number[]; readonly deviations: readonly number[] }[]
  readonly count: number
}

export interface Column {
  readonly name: string
  readonly kind: string
  readonly reason: string
}

/** The costs of an epoch. */
export interface Epoch {
  readonly epoch: number
  readonly train: number
  readonly validation: number
}

export interface Confusion {
  readonly classes: readonly string[]
  /** Row: the true class. Column: the predicted one. */
  readonly counts: readonly (readonly number[])[]
}

/** Examples of about the same predicted probability, and how many of them it came true for. */
export interface Bin {
  readonly predicted: number
  readonly observed: number
  readonly count: number
}

export interface Scatter {
  /** Of what is predicted; the empty text for none. */
  readonly unit: string
  readonly points: readonly (readonly [actual: number, predicted: number])[]
}

/** What is lost where the values of a column are permuted. */
export interface Importance {
  readonly name: string
  readonly mean: number
  readonly deviation: number
}

export interface Report {
  /** `species of iris.csv` */
  readonly title: string
  /** What was done: rows, columns, network, likelihood and why, optimiser, seed, epochs. */
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly columns: readonly Column[]
  readonly results: Results
  readonly folds?: Folds
  readonly epochs: readonly Epoch[]
  readonly bestEpoch: number
  readonly confusion?: Confusion
  readonly calibration?: readonly Bin[]
  readonly scatter?: Scatter
  readonly importance: readonly Importance[]
  /** What the importances are losses of: `accuracy`. */
  readonly importanceOf: string
}
