/// eˣ for x ≤ 0, from additions and multiplications only, so that it has the same bits on every machine.
///
/// The C library's `exp` differs in its last bit with and without fused multiply-add, and a history must not.
/// Accurate to about 2 units in the last place; 0 below -708, where e ˣ leaves the normal range.
package func portableExp(_ x: Double) -> Double {
  precondition(x <= 0, "only decaying weights are needed")
  guard x > -708 else { return 0 }
  let halves = (x * 1.4426950408889634).rounded()
  // ln 2 in two parts: the first has 32 trailing zero bits, so its product with a small integer is exact.
  let r = (x - halves * 6.93147180369123816490e-01) - halves * 1.90821492927058770002e-10
  // Taylor's series to the 13th power: for |r| ≤ ln 2 / 2 the rest is below 1e-17.
  var sum = 1.0
  for reciprocal in reciprocals { sum = 1 + sum * (r * reciprocal) }
  return Double(sign: .plus, exponent: Int(halves), significand: 1) * sum
}

/// 1/13, 1/12 … 1/1.
private let reciprocals: [Double] = (1...13).reversed().map { 1 / Double($0) }
