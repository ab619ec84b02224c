/**
 * The errors, one class per area. Each is an `Error`, so it can be thrown, and carries `_tag`, so it can be matched as
 * the left side of an `Either`.
 */
import { longestMessage, type Report, sentence } from './report.js'
import { clipped } from './shown.js'

/**
 * Shapes that do not fit. At compile time the same name carries the sentence as a type,
 * `ShapeError<"andThen: [128] does not join [120]">`; at run time it is thrown or returned with the same sentence.
 */
export class ShapeError<out Message extends string = string> extends Error {
  readonly _tag = 'ShapeError'
  readonly 'shape error': Message
  constructor(message: Message) {
    super(clipped(message, longestMessage))
    this.name = 'ShapeError'
    this['shape error'] = message
  }
}

/** An error whose message is the sentence of a report. */
class Reported<Tag extends string> extends Error {
  readonly _tag: Tag
  constructor(tag: Tag, report: Report) {
    super(sentence(report))
    this._tag = tag
    this.name = tag
  }
}

/** Precisions that do not mix, or a row that is not defined for one. */
export class PrecisionError extends Reported<'PrecisionError'> {
  constructor(report: Report) {
    super('PrecisionError', report)
  }
}

/** A value that a function cannot accept: a fractional size, a rate out of range, numbers wanted from a placeholder. */
export class ValueError extends Reported<'ValueError'> {
  constructor(report: Report) {
    super('ValueError', report)
  }
}

/** Bytes, rows or records from outside that are not what they should be. */
export class DecodeError extends Reported<'DecodeError'> {
  readonly #report: Report
  constructor(report: Report) {
    super('DecodeError', report)
    this.#report = report
  }
  /** The same of a file, whose name whoever found it did not know: `(model.json, layer 2)`. */
  inFile(file: string): DecodeError {
    const { where } = this.#report
    return new DecodeError({ ...this.#report, where: where === undefined ? file : `${file}, ${where}` })
  }
}

/** What the machine refuses: a file or a session that cannot be opened, read or written, memory that cannot be had. */
export class SystemError extends Reported<'SystemError'> {
  constructor(report: Report) {
    super('SystemError', report)
  }
}

/** A training run whose cost is no longer a number. */
export class DivergenceError extends Error {
  readonly _tag = 'DivergenceError'
  constructor(message: string) {
    super(clipped(message, longestMessage))
    this.name = 'DivergenceError'
  }
}

/** A broken invariant of this library: never the caller's fault. */
export class Defect extends Error {
  readonly _tag = 'Defect'
  constructor(message: string) {
    super(`${clipped(message, longestMessage - 60)}; this is a defect of foldgrad, please report it`)
    this.name = 'Defect'
  }
}
