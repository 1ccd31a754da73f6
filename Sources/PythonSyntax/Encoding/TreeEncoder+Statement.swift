extension TreeEncoder {
  mutating func put(_ statements: [Statement]) {
    put(list: statements) { $0.put($1) }
  }

  mutating func put(_ function: FunctionDefinition) {
    put(name: function.name)
    put(function.parameters)
    put(optional: function.returns) { $0.put($1) }
    put(function.decorators)
    put(function.body)
  }

  private mutating func put(_ statement: Statement) {
    switch statement {
    case .expression(let value):
      put(tag: .expression)
      put(value)
    case .assign(let targets, let value):
      put(tag: .assign)
      put(targets)
      put(value)
    case .augmented(let target, let op, let value):
      put(tag: .augmented)
      put(target)
      put(op.number)
      put(value)
    case .annotated(let target, let annotation, let value, let simple):
      put(tag: .annotated)
      put(target)
      put(annotation)
      put(optional: value) { $0.put($1) }
      put(simple ? 1 : 0)
    case .conditional, .forLoop, .whileLoop, .with, .tryBlock: putBlock(statement)
    case .function(let function):
      put(tag: .function)
      put(function)
    case .returning(let value):
      put(tag: .returning)
      put(optional: value) { $0.put($1) }
    case .raising(let value, let cause):
      put(tag: .raising)
      put(optional: value) { $0.put($1) }
      put(optional: cause) { $0.put($1) }
    case .assertion(let test, let message):
      put(tag: .assertion)
      put(test)
      put(optional: message) { $0.put($1) }
    case .delete(let targets):
      put(tag: .delete)
      put(targets)
    case .importing, .importingFrom, .global, .nonlocal, .pass, .breakLoop, .continueLoop, .opaque:
      putLeaf(statement)
    }
  }

  private mutating func putBlock(_ statement: Statement) {
    switch statement {
    case .conditional(let test, let then, let otherwise):
      put(tag: .conditional)
      put(test)
      put(then)
      put(otherwise)
    case .forLoop(let target, let source, let body, let otherwise):
      put(tag: .forLoop)
      put(target)
      put(source)
      put(body)
      put(otherwise)
    case .whileLoop(let test, let body, let otherwise):
      put(tag: .whileLoop)
      put(test)
      put(body)
      put(otherwise)
    case .with(let items, let body):
      put(tag: .with)
      put(list: items) { encoder, item in
        encoder.put(item.context)
        encoder.put(optional: item.target) { $0.put($1) }
      }
      put(body)
    case .tryBlock(let body, let handlers, let otherwise, let finally, let star):
      put(tag: .tryBlock)
      put(body)
      put(list: handlers) { encoder, handler in
        encoder.put(optional: handler.type) { $0.put($1) }
        encoder.put(optional: handler.name) { $0.put(name: $1) }
        encoder.put(handler.body)
      }
      put(otherwise)
      put(finally)
      put(star ? 1 : 0)
    default: preconditionFailure("no block")
    }
  }

  private mutating func putLeaf(_ statement: Statement) {
    switch statement {
    case .importing(let aliases):
      put(tag: .importing)
      put(aliases)
    case .importingFrom(let module, let aliases, let level):
      put(tag: .importingFrom)
      put(optional: module) { $0.put(name: $1) }
      put(aliases)
      put(count: max(0, level))
    case .global(let names):
      put(tag: .global)
      put(list: names) { $0.put(name: $1) }
    case .nonlocal(let names):
      put(tag: .nonlocal)
      put(list: names) { $0.put(name: $1) }
    case .pass: put(tag: .pass)
    case .breakLoop: put(tag: .breakLoop)
    case .continueLoop: put(tag: .continueLoop)
    case .opaque(let text):
      put(tag: .opaque)
      put(text: text)
    default: preconditionFailure("no leaf")
    }
  }

  private mutating func put(_ aliases: [ImportAlias]) {
    put(list: aliases) { encoder, alias in
      encoder.put(name: alias.name)
      encoder.put(optional: alias.alias) { $0.put(name: $1) }
    }
  }
}
