import { contains, field, sameNode, type Node } from '../../syntax/node';
import type { Fix } from '../rule';
import { change } from './change';
import { unless } from './proposing';
import type { FileView } from './view';

/**
 * The deletion of a statement whose only effect is inside eventlet (catalogue 2.20), or the one that is named. `own` is what it names of eventlet; whatever else it calls
 * or reads goes with it, which a person should see.
 */
export function deletion(statement: Node, own: Node, view: FileView, { title, doubt, effect = 'its only effect is inside eventlet' }: { readonly title: string; readonly doubt?: string; readonly effect?: string }): Fix {
  const doubts = [...(doubt === undefined ? [] : [doubt]), ...lostWith(statement, own)];
  return unless(doubts.length > 0 ? doubts.join('; ') : undefined, {
    target: 'threading',
    title,
    claim: 'safe',
    conditions: [{ kind: 'checked', text: effect }],
    change: change(view).removeStatement(statement).done(),
  });
}

/** What goes with such a statement besides what it names of eventlet, as doubts about its deletion. */
export function lostWith(statement: Node, own: Node): readonly string[] {
  const isCalling = statement.descendantsOfType('call').some((call) => call !== null && !contains(own, call) && !sameNode(field(call, 'function'), own));
  const isReading = statement.descendantsOfType('identifier').some((name) => name !== null && !contains(own, name) && !isKeyword(name));
  return [...(isCalling ? ['the calls in it go, too'] : []), ...(isReading && !isCalling ? ['what it reads may have no other use then'] : [])];
}

function isKeyword(name: Node): boolean {
  return name.parent?.type === 'keyword_argument' && sameNode(field(name.parent, 'name'), name);
}
