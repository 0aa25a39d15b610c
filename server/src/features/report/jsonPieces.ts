/**
 * What `JSON.stringify(value, undefined, 2)` gives, piece by piece: as a whole it may be longer than a string can be. What is deeper than so many
 * levels is one piece. A list may be anything that can be gone through.
 */
export function* jsonPieces(value: unknown, levels: number, indent = ''): Generator<string> {
  if (levels === 0 || typeof value !== 'object' || value === null) {
    yield JSON.stringify(value, undefined, 2).replaceAll('\n', `\n${indent}`);
    return;
  }
  const isList = isIterable(value);
  const [open, close] = isList ? '[]' : '{}';
  let isEmpty = true;
  for (const [key, member] of isList ? unnamed(value) : Object.entries(value)) {
    if (member === undefined) continue;
    yield `${isEmpty ? open : ','}\n${indent}  ${key === undefined ? '' : `${JSON.stringify(key)}: `}`;
    yield* jsonPieces(member, levels - 1, `${indent}  `);
    isEmpty = false;
  }
  yield isEmpty ? `${open}${close}` : `\n${indent}${close}`;
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}

function* unnamed(list: Iterable<unknown>): Generator<readonly [undefined, unknown]> {
  for (const each of list) yield [undefined, each];
}
