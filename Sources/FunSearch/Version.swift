/// The version of this program, as in CHANGELOG.md.
package let funsearchVersion = "0.1.0"
