/** A picture in the page: what a screen reader says of it, the drawing, and the sentence below. */
import { type Markup, markup } from './markup.js'

export interface Picture {
  /** Of its own in the page. */
  readonly id: string
  readonly title: string
  /** What there is to see, for those who do not. */
  readonly description: string
  readonly width: number
  readonly height: number
  readonly drawing: readonly Markup[]
  readonly caption: string
}

/** Of the pictures that are as wide as the page. @unit pixels */
export const pageWidth = 880

/** The figure. In a narrow window it shrinks a little, so that its texts can still be read; then it is scrolled. */
export const picture = ({ id, title, description, width, height, drawing, caption }: Picture): Markup => markup`<figure>
<div class="across"><svg width="${width}" height="${height}" style="min-width:${0.8 * width}px" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-description">
<title id="${id}-title">${title}</title>
<desc id="${id}-description">${description}</desc>
${drawing}
</svg></div>
<figcaption>${caption}</figcaption>
</figure>`
