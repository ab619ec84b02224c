// The kernels of the WebAssembly engine, in AssemblyScript with strict SIMD128.
//
// Addresses are byte offsets into the imported memory, buffers start at multiples of 16, and every element is 4 bytes
// wide: f32, i32, u32, or a mask (0 or 0xFFFFFFFF) for bool; of `double` 8: f64. Strides are in elements. Outputs come first, and overlap
// no input except where they are the same buffer with the same strides (element-wise kernels only).

export { argMax, argMaxSigned, argMaxUnsigned } from './arg-max';
export { copy, fill } from './copy';
export { argMaxDouble, matmulDouble, maxDouble, scatterAddRowsDouble, scatterAddViewDouble, sumDouble } from './double';
export { erfLanes } from './error-function';
export { expLanes, expm1Lanes, sigmoidLanes, softplusLanes, tanhLanes } from './exponential';
export { log1pLanes, logLanes } from './logarithm';
export { matmul, matmulScratch, matmulView, matmulViewScratch } from './matmul';
export { powLanes } from './power';
export { max, maxSigned, maxUnsigned, sum, sumInt } from './reduce';
export { maxView, sumView } from './reduce-view';
export { gatherRows, scatterAddRows } from './rows';
export { cosLanes, sinLanes } from './trigonometric';
export { addView, gatherView, scatterAddView, scatterAddViewInt, scatterView } from './view';

/** The first byte that the module does not use itself. */
export function arenaStart(): i32 {
  return (<i32>__heap_base + 15) & -16;
}
