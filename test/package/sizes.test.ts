/** A page is not to carry what it does not use. */
import { expect, it } from 'vitest'
import { allOf, sizeOf, training } from '../sizes/size.js'

it('a page that trains a network by the WebAssembly engine is under 100 KB, gzipped', async () => {
  expect((await sizeOf(training)).gzipped).toBeLessThan(100_000)
})
it('layers that are not used are left out', async () => {
  const [one, all] = [await sizeOf("import { relu } from 'foldgrad/layer'; console.log(relu)"), await sizeOf(allOf('foldgrad/layer'))]
  expect(one.minified).toBeLessThan(0.7 * all.minified)
})
