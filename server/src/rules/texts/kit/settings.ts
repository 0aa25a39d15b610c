import { isToml } from './files';
import type { TextFile } from '../textRule';

/** A line of a file with sections and keys, with the part of a value that stands on it. */
export interface SettingLine {
  /** `tool.coverage.run`; empty above the first one. */
  readonly section: string;
  readonly key: string;
  /** Whether the key stands on this line; otherwise the value goes on from a line above. */
  readonly hasKey: boolean;
  /** What stands on the line of the value, without blanks around it, and where it starts. */
  readonly value: string;
  readonly start: number;
}

/** The lines of a TOML or `.ini` file that say something, comments left out. */
export function settingLines({ code, path }: Pick<TextFile, 'code' | 'path'>): readonly SettingLine[] {
  const keyForm = isToml(path) ? tomlKey : iniKey;
  const found: SettingLine[] = [];
  let section = '';
  let key = '';
  for (const { 0: line, index } of code.matchAll(/^[ \t]*[^ \t\r\n].*$/gm)) {
    const header = /^[ \t]*\[\[?[ \t]*([A-Za-z_][^[\]]*?)[ \t]*\]\]?[ \t]*$/.exec(line);
    if (header) {
      section = header[1] ?? '';
      key = '';
      continue;
    }
    const match = keyForm.exec(line);
    if (match) key = match[1] ?? match[2] ?? match[3] ?? '';
    const from = match?.[0].length ?? line.length - line.trimStart().length;
    found.push({ section, key, hasKey: match !== null, value: line.slice(from).trim(), start: index + from });
  }
  return found;
}

// In a TOML array, `"eventlet==1"` is a value, and so is an indented `eventlet==1` of an `.ini` file.
const tomlKey = /^[ \t]*(?:"([^"]*)"|'([^']*)'|([\w.-]+))[ \t]*=(?!=)[ \t]*/;
const iniKey = /^([\w.-]+)[ \t]*(?:=(?!=)|:)[ \t]*/;
