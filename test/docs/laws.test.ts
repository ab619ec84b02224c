/** docs/laws.md is what the suites say; `npm run docs:laws` writes it anew. */
import { expect, it } from 'vitest'
import { page } from './laws-page.js'

it('docs/laws.md lists every law', () => expect(page()).toMatchFileSnapshot('../../docs/laws.md'))
