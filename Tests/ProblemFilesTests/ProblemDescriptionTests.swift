import FunSearch
import ProblemFiles
import Testing

@Suite("A problem.yaml")
struct ProblemDescriptionTests {
  @Test("is read in full")
  func full() throws {
    let problem = try ProblemDescription(
      yaml: """
        title: Cap sets
        description: |
          Find large ones.
        citation: Nature 625
        specification: spec.py
        inputs:
          train: [8, {b: [1, 2.50], "a": "x"}]
          test: [9]
        aggregate: min
        known_best: {"8": 512, 9: 1082, "[1, 2]": 3.5}
        target: 512
        score_unit: 0.5
        limits: {cpu_seconds: 1.5, wall_seconds: 3, memory_bytes: 1e9, output_bytes: 100}
        trust: shared
        noise: {repeats: 12, confidence: 0.9, seeded: false}
        search:
          islands: 10
          temperature: {initial: 0.1}
        requirements: [numpy]
        baselines: {greedy: greedy.py}
        """,
      path: "problem.yaml"
    )
    #expect(problem.title == "Cap sets")
    #expect(problem.description == "Find large ones.")
    #expect(problem.specification == "spec.py")
    #expect(problem.inputs["train"]?.map(\.json) == ["8", #"{"a":"x","b":[1,2.5]}"#])
    #expect(problem.inputs["test"]?.map(\.json) == ["9"])
    #expect(problem.aggregate == .min)
    #expect(problem.knownBest == ["8": 512, "9": 1082, "[1,2]": 3.5])
    #expect(problem.target == 512)
    #expect(problem.scoreUnit == 0.5)
    #expect(
      problem.limits
        == EvaluationLimits(cpuSeconds: 1.5, wallSeconds: 3, memoryBytes: 1_000_000_000, outputBytes: 100)
    )
    #expect(problem.trust == .shared)
    #expect(problem.noise == Noise(repeats: 12, confidence: 0.9, isSeeded: false))
    #expect(
      problem.search == [
        SearchSetting(key: "islands", value: "10", line: 17),
        SearchSetting(key: "temperature.initial", value: "0.1", line: 18),
      ]
    )
    #expect(problem.requirements == ["numpy"])
    #expect(problem.baselines == ["greedy": "greedy.py"])
  }

  @Test("needs a title only, and a plain list of inputs is the train set")
  func short() throws {
    let problem = try ProblemDescription(yaml: "title: T\ninputs: [1, 2]", path: "problem.yaml")
    #expect(problem.inputs == ["train": [EvaluationInput(json: "1"), EvaluationInput(json: "2")]])
    #expect(problem.specification == "specification.py")
    #expect(problem.scoreUnit == 1)
    #expect(problem.trust == .split)
  }

  @Test("holds what models are told, and no other words for them")
  func prompt() throws {
    let problem = try ProblemDescription(
      yaml: "title: T\nprompt: {instructions: Be brief., template: words/prompt.txt}",
      path: "p.yaml"
    )
    #expect(problem.prompt == PromptDescription(instructions: "Be brief.", template: "words/prompt.txt"))
    for (yaml, message) in [
      ("prompt: {template: ../x}", "names ../x, outside"), ("prompt: {instruction: x}", "did you mean"),
      ("prompt: short", "must be a mapping"),
    ] {
      let error = #expect(throws: ProblemFilesError.self) {
        try ProblemDescription(yaml: "title: T\n" + yaml, path: "p.yaml")
      }
      #expect(error?.description.contains(message) == true, "\(yaml)")
    }
  }

  @Test("holds a vocabulary, with the line of each of its texts")
  func vocabulary() throws {
    let problem = try ProblemDescription(
      yaml: """
        title: T
        vocabulary:
          constants: [70, 0.5, -3]
          moduli: [3, 9]
          expressions:
            - el.count({int})
            - float: weight(el, {index el})
          features: ["sum(el) % {modulus}"]
          statements:
            - |
              for i in range(n):
                {target} += {float}
        """,
      path: "p.yaml"
    )
    let vocabulary = problem.vocabulary
    #expect(vocabulary.wholes == [70, -3] && vocabulary.reals == [0.5] && vocabulary.moduli == [3, 9])
    #expect(vocabulary.fragments.map(\.line) == [6, 7, 8, 10])
    #expect(vocabulary.fragments.map(\.declaredType) == [nil, "float", nil, nil])
    #expect(vocabulary.fragments.map(\.holes) == [["int"], ["index el"], ["modulus"], ["target", "float"]])
    #expect(vocabulary.fragments[1].source == "weight(el, hole_0__)")
    #expect(vocabulary.fragments[3].source == "for i in range(n):\n  hole_0__ += hole_1__")
    #expect(
      VocabularyFragment.number(ofHole: "hole_12__") == 12 && VocabularyFragment.number(ofHole: "x") == nil
    )
  }

  @Test(
    "makes canonical JSON of inputs",
    arguments: [
      ("8", "8"), ("-0", "0"), ("123456789012345678901234567890", "123456789012345678901234567890"),
      ("1.0", "1.0"), ("0.1000", "0.1"), ("1e5", "100000.0"), ("-2.5E-3", "-0.0025"), ("true", "true"),
      ("null", "null"), ("\"8\"", "\"8\""), ("'yes'", "\"yes\""), ("plain text", "\"plain text\""),
      ("\"a\\n\\u0001\\\\\"", "\"a\\n\\u0001\\\\\""), ("{z: 1, é: 2, Z: 3}", "{\"Z\":3,\"z\":1,\"é\":2}"),
      ("[]", "[]"), ("{}", "{}"), ("[[1, 2], {a: [null]}]", "[[1,2],{\"a\":[null]}]"), ("!!str 8", "\"8\""),
    ]
  )
  func canonical(yaml: String, json: String) throws {
    let problem = try ProblemDescription(yaml: "title: T\ninputs:\n- \(yaml)\n", path: "problem.yaml")
    #expect(problem.inputs["train"]?.map(\.json) == [json])
  }

  @Test(
    "refuses inputs that JSON does not have",
    arguments: [
      (".nan", ".nan is not JSON; write a decimal number such as 12 or 0.5, or put a text in quotes"),
      ("-.inf", "-.inf is not JSON; write a decimal number such as 12 or 0.5, or put a text in quotes"),
      ("0x10", "0x10 is not JSON; write a decimal number such as 12 or 0.5, or put a text in quotes"),
      ("1_000", "1_000 is not JSON; write a decimal number such as 12 or 0.5, or put a text in quotes"),
      ("017", "017 is not JSON; write a decimal number such as 12 or 0.5, or put a text in quotes"),
      ("1e999", "1e999 is too large for a number of JSON"),
      ("2024-01-02", "2024-01-02 is not JSON; put it in quotes if it is a text"),
      ("yes", "yes is not JSON; write true or false, or put a text in quotes"),
      ("~", "~ is not JSON; write null, or \"\" for an empty text"),
      ("", "an empty value is not JSON; write null, or \"\" for an empty text"),
      ("&x [1]", "anchors and aliases are not read; write the value out"),
      ("[&x [1], *x]", "anchors and aliases are not read; write the value out"),
      ("{1: 2}", "the key 1 is not text, which JSON demands; put it in quotes"),
      ("{[1]: 2}", "the key a list or mapping is not text, which JSON demands; put it in quotes"),
      ("!!set {a}", "the tag tag:yaml.org,2002:set is not read; write the value as JSON"),
      ("!!int \"3\"", "the tag tag:yaml.org,2002:int is not read; write the value as JSON"),
    ]
  )
  func notJSON(yaml: String, detail: String) {
    #expect(
      message { _ = try ProblemDescription(yaml: "title: T\ninputs:\n- \(yaml)\n", path: "p.yaml") }
        == "p.yaml:3: \(detail)"
    )
  }

  @Test(
    "says what is wrong, where, and what to do",
    arguments: [
      ("", "p.yaml:1: the file is empty; it needs at least a title and inputs"),
      ("# nothing\n", "p.yaml:1: the file is empty; it needs at least a title and inputs"),
      ("- a", "p.yaml:1: expected keys and values, such as `title: Cap sets`"),
      ("inputs: [1]", "p.yaml:1: the key \"title\" is missing; add a line such as `title: Cap sets`"),
      ("title:\n", "p.yaml:1: \"title\" is empty; write a text or remove the key"),
      ("title: [1]", "p.yaml:1: \"title\" must be a text"),
      ("title: T\ntget: 3", "p.yaml:2: unknown key \"tget\"; did you mean \"target\"?"),
      (
        "title: T\ncolour: 3",
        "p.yaml:2: unknown key \"colour\"; there are title, description, citation, specification, view, inputs, "
          + "aggregate, known_best, target, score_unit, limits, trust, noise, search, requirements, baselines, "
          + "vocabulary, prompt, models"
      ),
      ("title: T\ntarget: 1\ntitle: U", "p.yaml:3: key \"title\" appears twice; keep one"),
      (
        "title: T\nlimits:\n  cpu_seconds: 1\n  cpu_seconds: 2",
        "p.yaml:4: key \"cpu_seconds\" appears twice; keep one"
      ),
      (
        "title: T\ninputs: [1",
        "p.yaml:3: not YAML: did not find expected ',' or ']'; check indentation, quotes and brackets"
      ),
      (
        "title: T\n\tinputs: 1",
        "p.yaml:2: not YAML: found a tab character that violates indentation; check indentation, quotes and brackets"
      ),
      ("title: T\n---\ntitle: U", "p.yaml:2: a second document begins here; keep one, without `---` between"),
      ("title: T\ndescription: *x", "p.yaml:2: not YAML: found undefined alias"),
      (
        "title: T\ndescription: a\u{7}b",
        "p.yaml:2: not YAML: control characters are not allowed; remove the character"
      ),
      (
        "title: T\ninputs: 8",
        "p.yaml:2: \"inputs\" must be a list, such as [8], or named lists, such as `train: [8]`"
      ),
      ("title: T\ninputs: []", "p.yaml:2: \"inputs\" is empty; give at least one input"),
      ("title: T\ninputs:\n  train: 8", "p.yaml:3: \"inputs.train\" must be a list of inputs, such as [8]"),
      (
        "title: T\ninputs:\n  test: [8]",
        "p.yaml:3: \"inputs\" has no set \"train\", the one a search scores on; add or rename one"
      ),
      (
        "title: T\naggregate: maen",
        "p.yaml:2: \"aggregate\" must be one of mean, last, min, sum, not maen; did you mean mean?"
      ),
      ("title: T\ntrust: 1", "p.yaml:2: \"trust\" must be one of split, shared, not 1"),
      ("title: T\ntarget: many", "p.yaml:2: \"target\" must be a number, such as 512 or 0.5, not many"),
      ("title: T\ntarget: .nan", "p.yaml:2: \"target\" must be a number, such as 512 or 0.5, not .nan"),
      ("title: T\nscore_unit: 0", "p.yaml:2: \"score_unit\" must be greater than 0, not 0"),
      (
        "title: T\nlimits: 3",
        "p.yaml:2: \"limits\" must be a mapping with keys of cpu_seconds, wall_seconds, memory_bytes, output_bytes"
      ),
      (
        "title: T\nlimits:\n  cpu_second: 3",
        "p.yaml:3: unknown key \"cpu_second\"; did you mean \"cpu_seconds\"?"
      ),
      (
        "title: T\nlimits:\n  memory_bytes: -1",
        "p.yaml:3: \"limits.memory_bytes\" must be greater than 0, not -1"
      ),
      (
        "title: T\nlimits:\n  memory_bytes: 0.5",
        "p.yaml:3: \"limits.memory_bytes\" must be a whole number of bytes, not 0.5"
      ),
      (
        "title: T\nnoise: 8",
        "p.yaml:2: \"noise\" must be a mapping, such as {repeats: 8, confidence: 0.95}"
      ),
      (
        "title: T\nnoise:\n  repeat: 8",
        "p.yaml:3: unknown key \"repeat\"; did you mean \"repeats\"?"
      ),
      (
        "title: T\nnoise: {confidence: 0.9}",
        "p.yaml:2: \"noise\" has no key \"repeats\"; say how often each input is scored, such as 8"
      ),
      (
        "title: T\nnoise:\n  repeats: 1",
        "p.yaml:3: \"noise.repeats\" must be a whole number from 2 to 1000, not 1"
      ),
      (
        "title: T\nnoise: {repeats: 2.5}",
        "p.yaml:2: \"noise.repeats\" must be a whole number from 2 to 1000, not 2.5"
      ),
      (
        "title: T\nnoise:\n  repeats: 4\n  confidence: 95",
        "p.yaml:4: \"noise.confidence\" must be from 0.5 to 0.9999, not 95"
      ),
      (
        "title: T\nnoise: {repeats: 4, seeded: perhaps}",
        "p.yaml:2: \"noise.seeded\" must be true or false, not perhaps"
      ),
      (
        "title: T\nknown_best: {8: x}", "p.yaml:2: \"known_best\" must be a number, such as 512 or 0.5, not x"
      ),
      (
        "title: T\nknown_best:\n  \"8\": 1\n  ' 8': 2",
        "p.yaml:4: \"known_best\" has the input 8 twice; keep one"
      ),
      ("title: T\nsearch:\n  islands: [1]", "p.yaml:3: the setting \"islands\" must have one value"),
      (
        "title: T\nsearch:\n  a.b: 1\n  a: {b: 2}", "p.yaml:4: the setting \"a.b\" is given twice; keep one"
      ),
      ("title: T\nrequirements: numpy", "p.yaml:2: \"requirements\" must be a list, such as [numpy]"),
      (
        "title: T\nspecification: ../x.py",
        "p.yaml:2: \"specification\" names ../x.py, outside the problem's folder; move the file into it"
      ),
      (
        "title: T\nvocabulary: {expresions: [a]}",
        "p.yaml:2: unknown key \"expresions\"; did you mean \"expressions\"?"
      ),
      (
        "title: T\nvocabulary: {moduli: [3, 1]}",
        "p.yaml:2: \"vocabulary.moduli\" must hold whole numbers from 2, not 1"
      ),
      (
        "title: T\nvocabulary: {constants: [x]}",
        "p.yaml:2: \"vocabulary.constants\" must be a number, such as 512 or 0.5, not x"
      ),
      ("title: T\nvocabulary: {features: a}", "p.yaml:2: \"vocabulary.features\" must be a list"),
      (
        "title: T\nvocabulary:\n  features:\n    - integer: f(el)",
        "p.yaml:4: unknown key \"integer\"; there are int, float, bool, array"
      ),
      (
        "title: T\nvocabulary:\n  statements:\n    - float: f(el)",
        """
        p.yaml:4: an entry of "vocabulary.statements" must be a text; \
        put a text that holds a colon, or begins with a brace, in quotes
        """
      ),
    ]
  )
  func wrong(yaml: String, expected: String) {
    #expect(message { _ = try ProblemDescription(yaml: yaml, path: "p.yaml") } == expected)
  }

  @Test("never crashes on broken text", arguments: 0..<300)
  func broken(seed: Int) {
    var random = RandomStream(seed: UInt64(seed), island: 0, step: 0, purpose: .tool)
    let pieces = [
      "title", ":", " ", "\n", "-", "[", "]", "{", "}", "&a", "*a", "!!", "!x", "'", "\"", "|", ">", "#", "?",
      "%",
      "inputs", "1", ".", "~", "<<", "\t", ",", "---", "...", "é", "\\", "limits", "search",
    ]
    let text = (0..<random.integer(below: 40)).map { _ in random.element(of: pieces) }.joined()
    for yaml in [text, "title: T\ninputs:\n- " + text, "title: T\nsearch: " + text] {
      let answer = message { _ = try ProblemDescription(yaml: yaml, path: "p.yaml") }
      #expect(answer == "nothing was thrown" || answer.hasPrefix("p.yaml:"), "seed \(seed)")
    }
  }
}
