/** Models as files. */
export { encodeModelJson } from './json.js'
export { decodeModel, encodeModel } from './model.js'
export type { ModelRegistries } from './rebuilt.js'
export { paramsFor, type StoredModel } from './stored.js'
