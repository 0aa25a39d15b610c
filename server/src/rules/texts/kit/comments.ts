/**
 * The text with blanks in the place of comments: `#` at the start of a line or behind a blank, as in shell, YAML, TOML and
 * requirement files, and `;` at the start of a line, as in configuration files. What stands in it keeps its offsets.
 */
export function withoutComments(text: string): string {
  return text.replace(/^[ \t]*[#;].*$|[ \t]#.*$/gm, (comment) => ' '.repeat(comment.length));
}
