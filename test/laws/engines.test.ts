/** Both engines obey the laws of engines. */
import { engineLaws } from '../../laws/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { all } from './all.js'

all('the WebAssembly engine', engineLaws(wasm), 30)
all('the reference engine', engineLaws(reference), 5)
