/**
 * This library's modules by the names that users import. What a user's TypeScript takes from foldgrad is the very library that
 * the laws run on, wherever the file lies: of a second copy no tensor would be known as one.
 */
import * as codecFiles from '../../src/codec/files/index.js'
import * as codecImages from '../../src/codec/images/index.js'
import * as codec from '../../src/codec/index.js'
import * as codecTables from '../../src/codec/tables/index.js'
import * as data from '../../src/data/index.js'
import * as engine from '../../src/engine/index.js'
import * as engineReference from '../../src/engine/reference/index.js'
import * as engineWasm from '../../src/engine/wasm/index.js'
import * as error from '../../src/error/index.js'
import * as graph from '../../src/graph/index.js'
import * as layer from '../../src/layer/index.js'
import * as likelihood from '../../src/likelihood/index.js'
import * as network from '../../src/network/index.js'
import * as ops from '../../src/ops/index.js'
import * as optimise from '../../src/optimise/index.js'
import * as params from '../../src/params/index.js'
import * as prim from '../../src/prim/index.js'
import * as random from '../../src/random/index.js'
import * as shape from '../../src/shape/index.js'
import * as tensor from '../../src/tensor/index.js'
import * as train from '../../src/train/index.js'
import * as laws from '../index.js'

export const modules: Readonly<Record<string, unknown>> = {
  'foldgrad/error': error,
  'foldgrad/shape': shape,
  'foldgrad/prim': prim,
  'foldgrad/tensor': tensor,
  'foldgrad/ops': ops,
  'foldgrad/random': random,
  'foldgrad/params': params,
  'foldgrad/graph': graph,
  'foldgrad/network': network,
  'foldgrad/layer': layer,
  'foldgrad/likelihood': likelihood,
  'foldgrad/optimise': optimise,
  'foldgrad/engine': engine,
  'foldgrad/engine/reference': engineReference,
  'foldgrad/engine/wasm': engineWasm,
  'foldgrad/data': data,
  'foldgrad/train': train,
  'foldgrad/codec': codec,
  'foldgrad/codec/files': codecFiles,
  'foldgrad/codec/tables': codecTables,
  'foldgrad/codec/images': codecImages,
  'foldgrad/laws': laws,
}
