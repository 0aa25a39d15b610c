/** A requirement in pip's form that brings eventlet (PEP 508, "Dependency specification for Python Software Packages"). */
export interface Demand {
  /** What names it, within the text of the requirement. */
  readonly start: number;
  readonly end: number;
  /** `eventlet`, `pytest-eventlet`, `celery[eventlet]`. */
  readonly api: string;
  /** For an extra of another package: what to take away, to be left with the package alone. */
  readonly extra?: { readonly start: number; readonly end: number };
}

/** Reads one requirement; a factor of tox may stand in front of it. undefined where it brings something else. */
export function demandIn(requirement: string): Demand | undefined {
  const [front = ''] = /^\s*(?:-e\s+|[\w{},!.-]+:\s+)?/.exec(requirement) ?? [];
  const rest = requirement.slice(front.length);
  const own = /^(?:pytest-)?eventlet(?![\w-]|\.\w)/i.exec(rest);
  if (own) return { start: front.length, end: front.length + own[0].length, api: own[0].toLowerCase() };
  const egg = /#egg=(eventlet)(?![\w-])/i.exec(rest);
  if (egg) return at(front.length + egg.index + '#egg='.length, 'eventlet');
  const [, name = '', extras] = /^([\w.-]+[ \t]*)\[([^\][]*)\]/.exec(rest) ?? [];
  return extras === undefined ? undefined : extraIn(extras, front.length + name.length, name.trim());
}

/** `open` is where the bracket stands. */
function extraIn(extras: string, open: number, name: string): Demand | undefined {
  const word = /(?<![\w-])eventlet(?![\w-])/i.exec(extras);
  if (!word) return undefined;
  const inside = open + 1;
  const found = at(inside + word.index, `${name}[eventlet]`);
  const before = /,\s*$/.exec(extras.slice(0, word.index));
  const behind = /^\s*,\s*/.exec(extras.slice(word.index + word[0].length));
  if (behind) return { ...found, extra: { start: found.start, end: found.end + behind[0].length } };
  if (before) return { ...found, extra: { start: found.start - before[0].length, end: found.end } };
  return { ...found, extra: { start: open, end: inside + extras.length + 1 } };
}

function at(start: number, api: string): Demand {
  return { start, end: start + 'eventlet'.length, api };
}
