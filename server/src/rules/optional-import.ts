import type { NameUse } from '../python/uses';
import { ancestors, enclosing, field, sameNode, withParentheses, type Node } from '../syntax/node';
import { allOf } from './kit/aspects';
import { withBranch, withoutBranch } from './kit/branches';
import { change, type Change } from './kit/change';
import { links } from './kit/links';
import { bothWays, nowhere } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Fix, Proposal, Rule } from './rule';

export const optionalImport: Rule = {
  id: 'optional-import',
  pattern: 1,
  names: ['eventlet', 'eventlet.*'],
  forms: ['name'],
  answers: (use) => use.form === 'name' && question(use.node) !== undefined,
  message: (use) => `Whether \`${use.api}\` could be imported is asked here; without eventlet the answer is no.`,
  guide: {
    title: 'Optional eventlet',
    does: '`try: import eventlet` with `except ImportError: eventlet = None`, or `importutils.try_import`, lets a module run with and without eventlet; `if eventlet:` then tells the two apart.',
    replacement: { threading: 'What happens without eventlet stays: of an `if` the native branch, of an expression the native value. Libraries do this last, when no service needs the other way any more.', asyncio: 'The same.' },
    differences: [{ of: 'value', aspect: 'the name', eventlet: 'the module where it is installed', threading: '`None`, or whatever the handler binds' }],
    same: allOf('the branch that stays is what runs today wherever eventlet is not installed'),
    links: [...links.order.guidance, ...links.inventory.guidance],
  },
  proposals: (use, view) => (use.form === 'name' ? proposals(use, view) : []),
  examples: [
    {
      title: 'the native branch stays',
      before: `
import time

try:
    import eventlet
except ImportError:
    eventlet = None


def pause():
    if eventlet:
       #^^^^^^^ review
        eventlet.sleep(1)
    else:
        time.sleep(1)


def is_native():
    if eventlet is None:
       #^^^^^^^ review
        return True
    return False
`,
      after: `
import time

try:
    import eventlet
except ImportError:
    eventlet = None


def pause():
    time.sleep(1)


def is_native():
    return True
    return False
`,
    },
    {
      title: 'of an expression the native value',
      before: `
import time

from oslo_utils import importutils

eventlet = importutils.try_import('eventlet')
sleep = eventlet.sleep if eventlet else time.sleep
                          #^^^^^^^ review
is_green = eventlet is not None and len([])
           #^^^^^^^ review
`,
      after: `
import time

from oslo_utils import importutils

eventlet = importutils.try_import('eventlet')
sleep = time.sleep
is_green = False
`,
    },
    {
      title: 'where eventlet is always there nothing is asked',
      before: `
import eventlet

if eventlet:
   #^^^^^^^ none
    print('always')
`,
    },
    {
      title: 'other optional modules are left alone',
      before: `
try:
    import gevent
except ImportError:
    gevent = None

if gevent:
    print('green')
`,
    },
  ],
};

/** What asks whether the module is there: the name as a condition, or its comparison with None. */
function question(node: Node): { readonly asked: Node; readonly isThere: boolean } | undefined {
  const whole = withParentheses(node);
  const { parent } = whole;
  if (parent?.type === 'comparison_operator' && parent.namedChildCount === 2 && parent.namedChildren.some((child) => child?.type === 'none')) {
    const operator = parent.children.find((child) => child?.type === 'is' || child?.type === 'is not')?.type;
    return operator === undefined ? undefined : { asked: parent, isThere: operator === 'is not' };
  }
  return isCondition(whole) ? { asked: node, isThere: true } : undefined;
}

function isCondition(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === 'if_statement' || parent?.type === 'elif_clause' || parent?.type === 'while_statement') return sameNode(field(parent, 'condition'), node);
  if (parent?.type === 'conditional_expression') return sameNode(parent.namedChild(1), node);
  if (parent?.type === 'boolean_operator') return sameNode(field(parent, 'left'), node);
  return parent?.type === 'not_operator';
}

function proposals(use: NameUse, view: FileView): readonly Proposal[] {
  const found = question(use.node);
  if (!found || !isOptional(use)) return nowhere('eventlet is imported without an alternative here, so the answer is always yes: the question can go');
  const made = folded(found.asked, found.isThere, view);
  const why = 'where eventlet is installed the other branch runs today; this is one of the last steps';
  return made ? bothWays({ ...made, claim: 'review', conditions: [], why }) : nowhere('the question is part of a larger one; what happens without eventlet stays');
}

/** Whether the name is bound to something else where the import fails, or may be None. */
function isOptional({ variable }: NameUse): boolean {
  const bindings = variable?.bindings ?? [];
  return bindings.some(({ node }) => enclosing(node, 'try_statement') !== undefined || /\btry_import\(/.test(enclosing(node, 'assignment')?.text ?? ''));
}

function folded(asked: Node, isThere: boolean, view: FileView): Pick<Fix, 'title' | 'change'> | undefined {
  const kept: Change | undefined = isThere ? withoutBranch(asked, view) : withBranch(asked, view);
  if (kept) return { title: 'Keep the branch without eventlet', change: kept };
  const parent = withParentheses(asked).parent;
  const value = parent?.type === 'conditional_expression' ? parent.namedChild(isThere ? 2 : 0) : undefined;
  if (parent && value) return { title: 'Keep the value without eventlet', change: change(view).replace(parent, value.text).done() };
  const isAnd = parent?.type === 'boolean_operator' && field(parent, 'operator')?.text === 'and';
  if (parent && isThere && isAnd && !isWithin(parent)) return { title: 'Use `False`', change: change(view).replace(parent, 'False').done() };
  return undefined;
}

/** Whether an expression is part of a larger condition, which a person can simplify better. */
function isWithin(node: Node): boolean {
  for (const { type } of ancestors(node)) {
    if (type === 'boolean_operator' || type === 'not_operator') return true;
    if (type !== 'parenthesized_expression') return false;
  }
  return false;
}
