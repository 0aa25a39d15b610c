/**
 * What a condition comes to when a service runs as usual: on a system that is not Windows, without a debugger, with none of the
 * environment variables and command line switches set that the condition asks for. undefined where that does not decide it.
 *
 * Most of what guards a `monkey_patch` is of this kind (catalogue I06, and `nova`, `neutron`, `cinder`, `mistral` of 2024): what
 * patches unless somebody says otherwise is taken to patch, and whoever relies on it is shown the condition.
 */
export function usually(condition: string): boolean | undefined {
  const text = bare(condition);
  if (!unusual.test(text) || /\b(and|or|if|lambda)\b/.test(text)) return undefined;
  const [, rest] = /^not\b(.*)$/.exec(text) ?? [];
  if (rest !== undefined) return opposite(usually(rest));
  const [left, operator, right] = compared(text);
  if (operator === undefined) return isTrue(text);
  const holds = compare(left, operator.replace(/^not\s+in$|^is\s+not$|^!=$/, (negative) => positive[negative.replace(/\s+/, ' ')] ?? negative), right);
  return /not|!/.test(operator) ? opposite(holds) : holds;
}

const unusual = /\benviron\b|\bgetenv\b|\bargv\b|debug|\bos\.name\b|\bsys\.platform\b|\bplatform\.system\b/i;

const positive: Readonly<Record<string, string>> = { 'not in': 'in', 'is not': 'is', '!=': '==' };

function opposite(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

/** The two sides of the only comparison outside of brackets; without an operator where there is none, or several. */
function compared(text: string): readonly [left: string, operator?: string, right?: string] {
  const sides = [...text.matchAll(/\s*(==|!=|<=|>=|<|>|\bis\s+not\b|\bis\b|\bnot\s+in\b|\bin\b)\s*/g)].filter(({ index }) => isBalanced(text.slice(0, index)));
  const [only] = sides;
  if (!only || sides.length > 1) return [text];
  return [text.slice(0, only.index), only[1] ?? '', text.slice(only.index + only[0].length)];
}

function compare(left: string, operator: string, right = ''): boolean | undefined {
  if (operator === 'in' && /\bargv\b|\benviron\b/.test(right)) return false;
  const value = valueOf(left);
  if (operator === 'in') {
    const choices = /^[([{](.*)[)\]}]$/.exec(right)?.[1]?.split(',').filter((choice) => choice.trim() !== '').map(valueOf);
    return value === undefined || !choices || choices.includes(undefined) ? undefined : choices.includes(value);
  }
  const other = valueOf(right);
  if (operator !== '==' && operator !== 'is') return undefined;
  if (value !== undefined && other !== undefined) return value === other;
  // What somebody says on the command line is none of the words that are asked for; `len(sys.argv) == 1` is another question.
  return /^sys\.argv\[\d+\]$/.test(left) && typeof other === 'string' ? false : undefined;
}

function isTrue(text: string): boolean | undefined {
  const [, system = '', prefixes = ''] = /^([\w.]+(?:\(\))?)\.startswith\((.*)\)$/.exec(text) ?? [];
  const name = valueOf(system);
  if (typeof name === 'string') return [...prefixes.matchAll(/(['"])(.*?)\1/g)].some(([, , prefix = '']) => name.startsWith(prefix));
  const value = valueOf(text);
  if (value !== undefined) return value !== null && !/^(|0|false|no|off|n|f)$/i.test(value);
  return /\bargv\b/.test(text) ? undefined : hasDefault.test(text) ? undefined : false;
}

/** `strtobool(environ.get('PATCH', 'true'))`: what holds without the variable is the default. */
const hasDefault = /(?:environ\.get|getenv)\([^()]*,(?!\s*(?:None\b|False\b|0\b|''|""))/;

/** What an expression is in a usual run: `null` is Python's None, and what is no text is as Python writes it. undefined where it is not known. */
function valueOf(expression: string): string | null | undefined {
  const text = bare(expression);
  const [, , literal] = /^(['"])([^'"\\]*)\1$/.exec(text) ?? [];
  if (literal !== undefined) return literal;
  if (text === 'None') return null;
  if (/^(True|False|-?\d+)$/.test(text)) return text;
  if (text === 'os.name') return 'posix';
  if (text === 'sys.platform') return 'linux';
  if (text === 'platform.system()') return 'Linux';
  const read = /^(?:os\.)?(?:environ\.get|getenv)\([^,()]+(?:,\s*([^,]*?)\s*,?\s*)?\)((?:\.(?:lower|upper|strip|casefold)\(\))*)$/.exec(text);
  if (!read) return undefined;
  const [, standard, methods = ''] = read;
  const value = standard === undefined ? null : valueOf(standard);
  if (methods === '' || typeof value !== 'string') return value;
  return /upper/.test(methods) ? value.toUpperCase() : value.toLowerCase();
}

/** Without the brackets around the whole. */
function bare(text: string): string {
  const trimmed = text.trim();
  const inner = /^\((.*)\)$/s.exec(trimmed)?.[1];
  return inner !== undefined && isBalanced(inner) && ![...inner.matchAll(/,/g)].some(({ index }) => isBalanced(inner.slice(0, index))) ? bare(inner) : trimmed;
}

function isBalanced(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (/[([{]/.test(character)) open++;
    else if (/[)\]}]/.test(character) && --open < 0) return false;
  }
  return open === 0;
}
