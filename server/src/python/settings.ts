import { field, isField, sameNode, withParentheses, type Node } from '../syntax/node';
import { plainString } from './strings';

/** What a string is for that names a library without leading to it. */
export interface Setting {
  /**
   * `loaded`: it is looked up in `sys.modules`. `variable`: it names a variable of the environment. `key`: it is looked up in another mapping.
   * `option`: it is the value of something that has a name; `compared`: that is asked for. `word`: it is an argument of one of the functions that are told something that way.
   */
  readonly purpose: 'loaded' | 'variable' | 'key' | 'option' | 'compared' | 'word';
  /** The last name of the option, of the mapping or of the function: `executor`, `environ`, `filterwarnings`. */
  readonly name: string;
  /** For an argument, also where it has a keyword: the last name of the function. */
  readonly callee?: string;
}

/** What a string is for, by where it stands; undefined where it is a text for people, or just any value. */
export function settingOf(string: Node): Setting | undefined {
  const whole = withParentheses(string);
  const { parent } = whole;
  switch (parent?.type) {
    case 'comparison_operator':
      return compared(parent, whole);
    case 'subscript':
      return isField(parent, 'value', whole) ? undefined : lookedUp(field(parent, 'value'));
    case 'argument_list':
      return argumentOf(parent, whole);
    case 'keyword_argument':
      return { purpose: 'option', name: field(parent, 'name')?.text ?? '', ...calleeOf(parent) };
    case 'pair':
      return isField(parent, 'key', whole) ? { purpose: 'key', name: '' } : optional(plainString(field(parent, 'key') ?? whole));
    case 'assignment':
    case 'default_parameter':
    case 'typed_default_parameter':
      return optional(nameOf(field(parent, parent.type === 'assignment' ? 'left' : 'name')));
    case 'list':
    case 'tuple':
    case 'set': {
      const around = settingOf(parent);
      return around?.purpose === 'option' || around?.purpose === 'word' ? around : undefined;
    }
    default:
      return undefined;
  }
}

function compared(comparison: Node, string: Node): Setting | undefined {
  const [left, right] = comparison.namedChildren;
  const isIn = comparison.children.some((child) => child?.type === 'in' || child?.type === 'not in');
  if (isIn && sameNode(left, string)) return lookedUp(right ?? undefined);
  if (isIn) return undefined;
  const name = nameOf((sameNode(left, string) ? right : left) ?? undefined);
  return name === undefined ? undefined : { purpose: 'compared', name };
}

function lookedUp(mapping: Node | undefined): Setting | undefined {
  if (mapping?.text === 'sys.modules') return { purpose: 'loaded', name: 'modules' };
  const name = nameOf(mapping);
  if (name === undefined) return undefined;
  return { purpose: name === 'environ' ? 'variable' : 'key', name };
}

const environment = new Set(['getenv', 'putenv', 'unsetenv', 'setenv', 'delenv', 'EnvironmentVariable']);

/** Functions that are told something by a plain string: a pattern of warnings, the reason of a skip, the arguments of a program or an installer; and the classes of options. */
const told = new Set(['filterwarnings', 'skip', 'skipIf', 'skipUnless', 'skipTest', 'SkipTest', 'worker_main', 'install']);

function argumentOf(list: Node, string: Node): Setting | undefined {
  const callee = list.parent?.type === 'call' ? field(list.parent, 'function') : undefined;
  const name = nameOf(callee);
  if (name === undefined) return undefined;
  const [first, second] = list.namedChildren.filter((child) => child?.type !== 'comment');
  const isFirst = sameNode(first, string);
  const receiver = callee?.type === 'attribute' ? field(callee, 'object') : undefined;
  if (isFirst && environment.has(name)) return { purpose: 'variable', name };
  if (isFirst && receiver && /^(get|pop|setdefault)$/.test(name)) return lookedUp(receiver);
  // What is taken where nothing is said: `os.getenv('HUB', 'eventlet')`.
  if (first && sameNode(second, string) && /^(getenv|get|pop|setdefault)$/.test(name)) return optional(plainString(first));
  return told.has(name) || name.endsWith('Opt') ? { purpose: 'word', name, callee: name } : undefined;
}

function calleeOf(keyword: Node): Pick<Setting, 'callee'> {
  const call = keyword.parent?.parent;
  const callee = call?.type === 'call' ? nameOf(field(call, 'function')) : undefined;
  return callee === undefined ? {} : { callee };
}

function optional(name: string | undefined): Setting | undefined {
  return name === undefined ? undefined : { purpose: 'option', name };
}

/** The last name of an expression: `worker_pool` of `app.conf.worker_pool` and of `conf['worker_pool']`. */
function nameOf(node: Node | undefined): string | undefined {
  if (node?.type === 'identifier') return node.text;
  if (node?.type === 'attribute') return field(node, 'attribute')?.text;
  if (node?.type === 'subscript') return plainString(field(node, 'subscript') ?? node);
  return node?.type === 'call' ? nameOf(field(node, 'function')) : undefined;
}
