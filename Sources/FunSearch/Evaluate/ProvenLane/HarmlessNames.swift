/// The names a candidate of the proven lane may use.
enum HarmlessNames {
  /// Names that may stand in annotations.
  static let types: Set<String> = [
    "int", "float", "bool", "str", "tuple", "list", "Tuple", "List", "Sequence", "Iterable",
  ]

  /// Functions of Python, all of which only read their arguments.
  static let builtins: Set<String> = [
    "abs", "min", "max", "sum", "len", "range", "int", "float", "round", "bool", "sorted", "any", "all",
    "enumerate", "zip", "tuple", "list", "reversed", "divmod",
  ]

  /// Builtins that use up a generator at once.
  static let consumers: Set<String> = ["sum", "min", "max", "any", "all", "sorted", "tuple", "list"]

  /// Functions of `math` that take numbers and give one, at a cost that does not depend on their size.
  static let math: Set<String> = [
    "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp", "expm1",
    "log",
    "log2", "log10", "log1p", "pow", "floor", "ceil", "trunc", "fabs", "fmod", "hypot", "copysign", "gcd",
    "isqrt",
    "isfinite", "isnan", "isinf", "degrees", "radians",
  ]

  /// Numbers of `math` and numpy.
  static let constants: Set<String> = ["pi", "e", "tau", "inf"]

  /// Functions of numpy that give a new array or a number, with the most positional arguments each may have: one
  /// more would be an array to write into.
  static let numpy: [String: Int] = {
    var arities: [String: Int] = ["where": 3, "clip": 3, "full": 2, "full_like": 2, "round": 2, "dot": 2]
    for name in [
      "abs", "absolute", "sqrt", "exp", "expm1", "log", "log2", "log10", "log1p", "sin", "cos", "tan", "tanh",
      "sinh", "cosh", "arctan", "floor", "ceil", "sign", "square", "isfinite", "isnan", "zeros", "ones",
      "zeros_like", "ones_like", "array", "sum", "mean", "max", "min", "amax", "amin", "std", "var", "median",
      "any", "all", "argmax", "argmin", "argsort", "sort", "cumsum", "cumprod", "prod", "unique", "diff",
      "count_nonzero", "reciprocal", "negative",
    ] { arities[name] = 1 }
    for name in [
      "maximum", "minimum", "add", "subtract", "multiply", "divide", "true_divide", "floor_divide", "mod",
      "remainder", "fmod", "power", "arctan2", "hypot", "greater", "less", "equal", "logical_and",
      "logical_or",
      "outer",
    ] { arities[name] = 2 }
    arities["arange"] = 3
    arities["linspace"] = 3
    return arities
  }()

  /// Keywords of numpy functions and methods that name no array to write into.
  static let keywords: Set<String> = ["axis", "keepdims", "ddof"]

  /// Methods of any value: they only read.
  ///
  /// Those of arrays give a new array or a number.
  static let methods: Set<String> = ["count", "index"]
  static let arrayMethods: Set<String> = [
    "sum", "mean", "max", "min", "std", "var", "argmax", "argmin", "any", "all", "copy", "cumsum", "prod",
    "round",
  ]
}
