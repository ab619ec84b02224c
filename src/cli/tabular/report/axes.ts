/** Axes of a picture: a faint line and a number at every tick, and what is measured. */

import { fitted, lengthOf } from './label.js'
import { type Markup, markup } from './markup.js'
import type { Scale } from './scale.js'

/** Where the drawing is, inside of the picture. */
export interface Frame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Room for the numbers of a vertical axis, and for what they measure. */
export const roomFor = ({ ticks }: Scale): number => ticks.reduce((room, { label }) => Math.max(room, lengthOf(label)), 0) + 34

/** From below to above. */
export const verticalAxis = ({ ticks }: Scale, { left, right, top, bottom }: Frame, title: string): Markup => {
  const middle = (top + bottom) / 2
  const lines = ticks.map(({ at }) => markup`<line class="grid" x1="${left}" x2="${right}" y1="${at}" y2="${at}"/>`)
  const numbers = ticks.map(({ at, label }) => markup`<text class="tick end" x="${left - 8}" y="${at + 4}">${label}</text>`)
  return markup`${lines}${numbers}<text class="axis middle" transform="translate(14 ${middle}) rotate(-90)">${fitted(title, bottom - top)}</text>`
}

/** From left to right. */
export const horizontalAxis = ({ ticks }: Scale, { left, right, top, bottom }: Frame, title: string): Markup => {
  const lines = ticks.map(({ at }) => markup`<line class="grid" x1="${at}" x2="${at}" y1="${top}" y2="${bottom}"/>`)
  const numbers = ticks.map(({ at, label }) => markup`<text class="tick middle" x="${at}" y="${bottom + 18}">${label}</text>`)
  return markup`${lines}${numbers}<text class="axis middle" x="${(left + right) / 2}" y="${bottom + 38}">${fitted(title, right - left)}</text>`
}
