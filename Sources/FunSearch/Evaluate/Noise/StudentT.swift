/// Student's t distribution with a whole number of degrees of freedom.
///
/// Made of additions, multiplications, divisions and square roots only, so that a quantile has the same bits on
/// every machine: it decides scores, and a history must not differ. The sums are those of Abramowitz and Stegun,
/// *Handbook of Mathematical Functions*, 26.7.3 and 26.7.4. Quantiles are accurate to about 1e-14 around 0.95, and
/// to 1e-16 / (1 - p) relative beyond.
package struct StudentT: Hashable, Sendable {
  package let degrees: Int

  package init(degrees: Int) {
    precondition(degrees > 0, "a t distribution has one degree of freedom or more")
    self.degrees = degrees
  }

  /// The probability of a value between -t and t, for t ≥ 0.
  package func central(_ t: Double) -> Double {
    let n = Double(degrees)
    let hypotenuse = (n + t * t).squareRoot()
    let (sine, cosine) = (t / hypotenuse, n.squareRoot() / hypotenuse)
    let isOdd = degrees % 2 == 1
    // Even: 1 + 1/2 cos² + 1·3/(2·4) cos⁴ …; odd: cos + 2/3 cos³ + 2·4/(3·5) cos⁵ …; up to the power n - 2.
    var term = isOdd ? cosine : 1
    var sum = degrees == 1 ? 0 : term
    var power = isOdd ? 1 : 0
    while power + 2 <= degrees - 2 {
      term *= Double(power + 1) / Double(power + 2) * cosine * cosine
      sum += term
      power += 2
    }
    guard isOdd else { return sine * sum }
    return (arcTangent(t / n.squareRoot()) + sine * sum) * (2 / Double.pi)
  }

  /// The value that is not exceeded with probability `p`, from a half to less than 1.
  package func quantile(_ p: Double) -> Double {
    precondition(p >= 0.5 && p < 1, "only upper quantiles are needed")
    let wanted = 2 * p - 1
    var low = 0.0
    var high = 1.0
    while central(high) < wanted && high < 0x1p60 { high *= 2 }
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return high }
      if central(middle) < wanted { low = middle } else { high = middle }
    }
  }
}

/// The angle in radians whose tangent is `x` ≥ 0: halved three times, then by its series.
private func arcTangent(_ x: Double) -> Double {
  var x = x
  for _ in 0..<3 { x /= 1 + (1 + x * x).squareRoot() }
  // x ≤ tan(π/16) < 0.2, so that the term of the power 31 is below 1e-22.
  var sum = 0.0
  for power in stride(from: 29, through: 1, by: -2) { sum = 1 / Double(power) - x * x * sum }
  return 8 * x * sum
}
