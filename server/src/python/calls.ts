import { field, isField, type Node } from '../syntax/node';

/** The arguments of a call, sorted by how they are passed. */
export interface Arguments {
  readonly positional: readonly Node[];
  readonly keywords: ReadonlyMap<string, Node>;
  /** `*args`, `**kwargs` or a bare generator: what is passed is not known from the call alone. */
  readonly isOpen: boolean;
}

/** The call of which this expression is the function, if it is called. */
export function callOf(callee: Node): Node | undefined {
  const parent = callee.parent;
  return parent?.type === 'call' && isField(parent, 'function', callee) ? parent : undefined;
}

export function argumentsOf(call: Node): Arguments {
  const list = field(call, 'arguments');
  if (!list) return { positional: [], keywords: none, isOpen: false };
  if (list.type === 'generator_expression') return { positional: [list], keywords: none, isOpen: false };
  const positional: Node[] = [];
  let keywords: Map<string, Node> | undefined;
  let isOpen = false;
  for (const argument of list.namedChildren) {
    if (!argument || argument.type === 'comment') continue;
    if (argument.type === 'list_splat' || argument.type === 'dictionary_splat') isOpen = true;
    else if (argument.type === 'keyword_argument') {
      const name = field(argument, 'name');
      const value = field(argument, 'value');
      if (name && value) (keywords ??= new Map()).set(name.text, value);
    } else positional.push(argument);
  }
  return { positional, keywords: keywords ?? none, isOpen };
}

/** Most calls have none. */
const none: ReadonlyMap<string, Node> = new Map();

/** The argument that a parameter gets, by position or by keyword. */
export function argument(call: Node, position: number, name: string): Node | undefined {
  const { positional, keywords } = argumentsOf(call);
  return positional[position] ?? keywords.get(name);
}
