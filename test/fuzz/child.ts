/** One decoder, in a process of its own, for `npm run fuzz`: what it is given is in a file before it is looked at, what came of it is said in JSON. */
import { ftruncateSync, openSync, writeSync } from 'node:fs'
import { decoders } from './decoders/index.js'
import { fuzz } from './fuzz.js'

const [name = '', seed = '', count = '', path = ''] = process.argv.slice(2)
const decoder = decoders.find((one) => one.name === name)
if (decoder === undefined) throw new Error(`there is no decoder ${name}`)

const now = openSync(path, 'w')
const { broken, ...tally } = await fuzz(decoder, Number(seed), Number(count), (file) => {
  writeSync(now, file, 0, file.length, 0)
  ftruncateSync(now, file.length)
})
const found = broken === undefined ? undefined : { fault: broken.fault, file: Buffer.from(broken.file).toString('base64') }
// As much memory as the process ever had, in bytes.
console.log(JSON.stringify({ ...tally, most: process.resourceUsage().maxRSS * 2 ** 10, ...(found === undefined ? {} : { broken: found }) }))
