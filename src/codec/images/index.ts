/** Images from files, and as files: apart from the rest, for whoever needs no decoders. */
export { encodePng } from './encode.js'
export { decodeImage } from './image.js'
export { type Channels, type Image, type ImageOptions, imageDefaults } from './picture.js'
