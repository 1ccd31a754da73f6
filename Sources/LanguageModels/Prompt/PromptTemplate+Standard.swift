extension PromptTemplate {
  /// The template of a problem that has none of its own; the same text is in Documentation/Models.md.
  package static let standardText = """
    === system
    You improve one Python function of a program search. Each answer is scored by running it; only the score counts.

    Answer with one ```python block and nothing else. It holds the whole function {{next}}, and before it whatever \
    imports, helper functions and constants it needs. The signature is that of the versions shown: {{signature}}. The \
    function must be deterministic: no clock, no files, no printing, no randomness without a fixed seed.
    === user
    # {{title}}
    {{#description}}

    {{description}}
    {{/description}}
    {{#instructions}}

    {{instructions}}
    {{/instructions}}

    The versions of `{{function}}` found so far, worst first. Higher scores are better.

    {{scores}}

    {{fence}}python
    {{code}}
    {{fence}}
    {{#failures}}

    Recent attempts to improve these versions failed. Do not repeat that:

    {{failures}}
    {{/failures}}

    Write {{next}}, a better version than all of these. Do not copy one of them: change the idea, not only numbers.
    """
}
