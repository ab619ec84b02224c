/** Which parameters are weights: what penalties and decay are of. */
import type { Tensor } from '../tensor/tensor.js'

/**
 * A weight has two or more axes, those that come in and those that go out, and is not what is added to or multiplied with each unit by itself:
 * a bias, a gain or a slope, which may have the axes of an image.
 *
 * @source Goodfellow, Bengio, Courville (2016) §7.1: "a parameter norm penalty that penalizes only the weights […] and leaves the biases
 *         unregularized"
 */
export const isWeight = (path: string, { shape }: Tensor): boolean => shape.length >= 2 && !/\.(bias|gain|slope)$/.test(path)
