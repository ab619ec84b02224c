/** The passes of an engine, one after the other. */
import { fuse } from './fusion/fuse.js'
import { inPlace } from './in-place.js'
import type { Pass } from './pass.js'

/** Windows in place, then element-wise loops joined. */
export const passes: Pass = (instructions, kept, parts) => fuse(inPlace(instructions, kept, parts), kept, parts)
