import LanguageModels

extension ModelEnding {
  /// What a user is told; nil for a budget, which is no error.
  var message: String? {
    switch self {
    case .budget: nil
    case .refused(let error): "\(error.kind.rawValue): \(error)"
    case .failing(let calls, let model, let error):
      "\(model): \(calls) calls in a row had no answer, the last for this reason: \(error.kind.rawValue): \(error)"
    }
  }
}
