/** Errors: one class per area, one form of message. */
export { DecodeError, Defect, DivergenceError, PrecisionError, ShapeError, SystemError, ValueError } from './error.js'
export { orThrow } from './or-throw.js'
export { longestMessage, type Report, sentence } from './report.js'
export { clipped, isRecord, shown, shownAs } from './shown.js'
export {
  didYouMean,
  optionsOf,
  wantsBoolean,
  wantsFunction,
  wantsIterable,
  wantsList,
  wantsNumber,
  wantsPositive,
  wantsRecord,
  wantsStream,
  wantsText,
  wantsWhole,
} from './wants.js'
