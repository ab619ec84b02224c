/** What the chapter states, as laws. */
import { identityLaws } from '../../laws/index.js'
import { all } from './all.js'

all('identities of the chapter', identityLaws())
