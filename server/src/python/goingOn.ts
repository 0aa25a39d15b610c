/**
 * Whether a module or class that is read here may go on under another name, be inherited from or have a member replaced, as far as the line shows;
 * `start` and `end` are those of the name with its attributes. Who reads it in another way, gives it to a call or calls it, leads nowhere: see
 * `stepsFrom`. Where the line does not show it, it may.
 */
export function mayGoOn(text: string, start: number, end: number): boolean {
  if (isQuote(text.charAt(start - 1))) return false;
  behind.lastIndex = end;
  const [, next = ''] = behind.exec(text) ?? [];
  if (next === ',') return !isOnlyGiven(text, start) || mayNameMember(text, behind.lastIndex);
  if (next === ')') return !isOnlyGiven(text, start);
  return !leadsNowhere.test(next);
}

/** What comes next on the line: a word, two signs that belong together, or one. */
const behind = /[ \t]*([A-Za-z]+|[=!:]=|[^\w\s]|)/y;

/** Of two strings side by side or a prefix of one, to a call, a comparison or calculation: no value goes on from there. */
const leadsNowhere = /^(?:['"([\]}:+\-*/%<>&|^@]|[=!:]=|(?!(?:if|or|and|as)$)[A-Za-z]+)$/;

/** Behind the comma: `'member'`, `attribute='member'`, or what the line does not show. */
function mayNameMember(text: string, at: number): boolean {
  member.lastIndex = at;
  return member.test(text);
}

const member = /\s*(?:attribute\s*=\s*)?['"#\\]/y;

/** Whether the line shows that this is an argument of a call, or an element of a list or dictionary. */
function isOnlyGiven(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - longest), start);
  const newline = before.lastIndexOf('\n');
  if (newline < 0 && start > longest) return false;
  const line = before.slice(newline + 1).replace(strings, '""');
  const opening = innermost(line);
  if (!/(?:[([{,]|[^=!<>]=)[ \t]*$/.test(line) || /\btarget[ \t]*=[ \t]*$/.test(line) || opening === undefined) return false;
  return line.charAt(opening) !== '(' || (callee.test(line.slice(0, opening)) && !/^\s*class\b/.test(line));
}

/** Characters. A line that a program wrote may be as long as its file, and have a name thousands of times: what is further away is not looked at. */
const longest = 400;

const strings = /(['"])(?:\\.|(?!\1)[^\\])*\1/g;

/** A name, or a call or subscript: no keyword, behind which parentheses only hold together. */
const callee = /(?:[\])]|(?<!\b(?:and|assert|await|case|del|elif|else|except|for|from|if|import|in|is|lambda|match|not|or|print|raise|return|while|with|yield))(?<=\w))$/;

/** The innermost bracket that is open at the end of a line; undefined where none is, or a string is. */
function innermost(line: string): number | undefined {
  let closed = 0;
  for (let at = line.length - 1; at >= 0; at--) {
    const sign = line.charAt(at);
    if (sign === ')' || sign === ']' || sign === '}') closed++;
    else if ((sign === '(' || sign === '[' || sign === '{') && closed-- === 0) return /['"]/.test(line.replaceAll('""', '')) ? undefined : at;
  }
  return undefined;
}

function isQuote(sign: string): boolean {
  return sign === '"' || sign === "'";
}
