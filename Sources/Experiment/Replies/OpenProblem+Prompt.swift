import FunSearch
package import LanguageModels
import ProblemFiles

extension OpenProblem {
  /// What puts the problem's prompts into words.
  ///
  /// - Parameters:
  ///   - form: the published text, or the template.
  ///   - failures: how many of a lineage's last failures are told.
  /// - Returns: the writer.
  /// - Throws: ``RunError`` that says what is wrong with the problem's template, with file and line.
  package func promptWriter(form: PromptForm, failures: Int) throws(RunError) -> PromptWriter {
    let description = folder?.description
    return PromptWriter(
      form: form,
      failures: failures,
      problem: ProblemWords(
        title: problem.title,
        description: description?.description ?? "",
        instructions: description?.prompt.instructions ?? ""
      ),
      specification: problem.specification,
      template: try promptTemplate()
    )
  }

  /// The problem's template, or the one that comes with the program.
  package func promptTemplate() throws(RunError) -> PromptTemplate {
    do {
      guard let folder, let name = folder.description.prompt.template else {
        return try PromptTemplate(PromptTemplate.standardText, path: "the standard template")
      }
      guard let text = folder.files.first(where: { $0.name == name })?.text else {
        throw RunError("\(folder.path)/\(name): the template is not UTF-8 text; save it as UTF-8", in: .data)
      }
      return try PromptTemplate(text, path: "\(folder.path)/\(name)")
    } catch let error as PromptTemplateError {
      throw RunError("\(error)", in: .data)
    } catch let error as RunError {
      throw error
    } catch {
      throw RunError("\(error)", in: .data)
    }
  }
}
