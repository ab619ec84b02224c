/**
 * The error function of a number, in float64:
 *
 *     erf x = 2/√π ∫₀ˣ e^(−t²) dt
 *
 * by one quotient of polynomials on each of four intervals of |x|: of x² near 0, of |x| − 1 near 1, and further out of 1/x², as
 * 1 − e^(−x² − 0.5625 + R/S)/x, until it is 1. It errs by less than a unit in the last place.
 *
 * @source Sun Microsystems (1993), fdlibm (s_erf.c): the intervals and the coefficients
 */
const { abs, exp, sign } = Math

type Coefficients = readonly number[]
/** Σ cₙ xⁿ, by Horner's rule. */
const polynomial = (x: number, coefficients: Coefficients): number => coefficients.reduceRight((sum, c) => c + x * sum, 0)
const quotient =
  (above: Coefficients, below: Coefficients) =>
  (x: number): number =>
    polynomial(x, above) / polynomial(x, below)

/** (erf x − x) / x, of x², for |x| < 0.84375 */
const nearZero = quotient(
  [0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442, -2.3763016656650163e-5],
  [1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164, -3.960228278775368e-6],
)
/** erf 1, rounded to float32: what is left of erf x has more digits for it. */
const erf1 = 0.8450629115104675
/** erf x − erf 1, of x − 1, for 0.84375 ≤ x < 1.25 */
const nearOne = quotient(
  [
    -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175, -0.11089469428239668, 0.035478304325618236,
    -0.002166375594868791,
  ],
  [1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905, 0.011984499846799107],
)
/** log(x erfc x) + x² + 0.5625, of 1/x², for 1.25 ≤ x < 1/0.35 */
const far = quotient(
  [
    -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347, -184.60509290671104,
    -81.2874355063066, -9.814329344169145,
  ],
  [
    1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783, 108.63500554177944,
    6.570249770319282, -0.0604244152148581,
  ],
)
/** The same for x ≥ 1/0.35 */
const farther = quotient(
  [
    -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896, -1025.0951316110772,
    -483.5191916086514,
  ],
  [
    1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644, 474.52854120695537,
    -22.44095244658582,
  ],
)
/** erfc x, where it is so much smaller than 1 that its own error counts for little. */
const complement = (x: number): number => exp(-x * x - 0.5625 + (x < 1 / 0.35 ? far : farther)(1 / (x * x))) / x

/** erf x: odd, and ±1 from |x| = 6 on, where what is left is less than half a unit in the last place. */
export const erf = (x: number): number => {
  const size = abs(x)
  if (size < 0.84375) return x + x * nearZero(x * x)
  return sign(x) * (size < 1.25 ? erf1 + nearOne(size - 1) : 1 - complement(size))
}
