import { ancestors, enclosing, field, isField, sameNode, type Node } from '../syntax/node';
import { scopeAround, scopesAt, type Scope } from './scopes';

/** What an identifier does at its place. */
export type Role =
  /** Reads the name. */
  | 'read'
  /** Binds it: assignment, import, `for`, `with`, `except`, parameter, `def`, `class`, walrus, pattern capture. */
  | 'bind'
  /** `x += 1`. */
  | 'readAndBind'
  /** `del x`: the name is local, as if bound. */
  | 'delete'
  | 'global'
  | 'nonlocal'
  /** `x: int` without a value: makes the name local and gives it nothing. */
  | 'declare';

/** One mention of a name: never an attribute, a keyword in a call, or part of a string. */
export interface Occurrence {
  readonly node: Node;
  readonly role: Role;
  /** Where the role happens: for a read the innermost scope; for a binding the scope it is written in, `global` and `nonlocal` not yet applied. */
  readonly scope: Scope;
}

/** Reads the role of an identifier; undefined where it is not a name of a scope. */
export function occurrence(node: Node): Occurrence | undefined {
  const role = roleOf(node);
  if (!role) return undefined;
  const scope = role === 'read' ? scopeAround(node) : bindingScope(node);
  return scope && { node, role, scope };
}

function roleOf(node: Node): Role | undefined {
  const parent = node.parent;
  if (!parent) return undefined;
  switch (parent.type) {
    case 'attribute':
      return isField(parent, 'attribute', node) ? undefined : 'read';
    case 'keyword_argument':
      return isField(parent, 'name', node) ? undefined : 'read';
    case 'dotted_name':
      return roleInDottedName(node, parent);
    case 'aliased_import':
      return isField(parent, 'alias', node) ? 'bind' : undefined;
    case 'function_definition':
    case 'class_definition':
      return isField(parent, 'name', node) ? 'bind' : 'read';
    case 'parameters':
    case 'lambda_parameters':
      return 'bind';
    case 'default_parameter':
    case 'typed_default_parameter':
    case 'named_expression':
      return isField(parent, 'name', node) ? 'bind' : 'read';
    case 'typed_parameter':
      return 'bind';
    case 'global_statement':
      return 'global';
    case 'nonlocal_statement':
      return 'nonlocal';
    case 'delete_statement':
      return 'delete';
    case 'keyword_pattern':
      return sameNode(parent.namedChild(0), node) ? undefined : 'bind';
    case 'splat_pattern':
      return 'bind';
    case 'as_pattern':
      // In a case clause the name after `as` is a bare identifier, elsewhere it is wrapped in an as_pattern_target.
      return parent.parent?.type === 'case_pattern' && !sameNode(parent.namedChild(0), node) ? 'bind' : 'read';
    default:
      return targetRole(node);
  }
}

function roleInDottedName(node: Node, dotted: Node): Role | undefined {
  const parent = dotted.parent;
  if (!parent) return undefined;
  const isFirst = sameNode(dotted.namedChild(0), node);
  switch (parent.type) {
    case 'import_statement':
      return isFirst ? 'bind' : undefined;
    case 'import_from_statement':
      return isField(parent, 'module_name', dotted) ? undefined : 'bind';
    case 'case_pattern':
    case 'keyword_pattern':
      return dotted.namedChildCount === 1 ? 'bind' : isFirst ? 'read' : undefined;
    case 'class_pattern':
    case 'decorator':
      return isFirst ? 'read' : undefined;
    default:
      return undefined;
  }
}

/** Whether an identifier is (part of) the target of an assignment, `for`, `with`, `except` or `del`. */
function targetRole(node: Node): Role {
  let from = node;
  for (const at of ancestors(node)) {
    switch (at.type) {
      case 'pattern_list':
      case 'tuple_pattern':
      case 'list_pattern':
      case 'list_splat_pattern':
      case 'dictionary_splat_pattern':
      case 'tuple':
      case 'list':
      case 'expression_list':
      case 'parenthesized_expression':
        from = at;
        continue;
      case 'parameters':
      case 'lambda_parameters':
      case 'typed_parameter':
      case 'as_pattern_target':
        return 'bind';
      case 'assignment':
        if (!isField(at, 'left', from)) return 'read';
        return field(at, 'right') ? 'bind' : 'declare';
      case 'augmented_assignment':
        return isField(at, 'left', from) ? 'readAndBind' : 'read';
      case 'for_statement':
      case 'for_in_clause':
        return isField(at, 'left', from) ? 'bind' : 'read';
      case 'delete_statement':
        return 'delete';
      case 'type':
        return at.parent?.type === 'type_alias_statement' && isField(at.parent, 'left', at) ? 'bind' : 'read';
      default:
        return 'read';
    }
  }
  return 'read';
}

/** The scope in which a binding at this node makes its name; parameters and comprehension targets stand outside their scope's body. */
function bindingScope(node: Node): Scope | undefined {
  const holder = enclosing(node, 'parameters', 'lambda_parameters', 'for_in_clause', 'block', 'module', 'type_parameter');
  if (holder && holder.type.endsWith('parameters') && !isDefaultOrAnnotation(node, holder)) return owner(holder);
  if (holder?.type === 'for_in_clause' && isInField(holder, 'left', node)) return owner(holder);
  const isWalrus = node.parent?.type === 'named_expression';
  for (const scope of scopesAt(node)) if (!(isWalrus && scope.kind === 'comprehension')) return scope;
  return undefined;
}

function owner(holder: Node): Scope | undefined {
  const node = holder.parent;
  if (!node) return undefined;
  const kind = node.type === 'lambda' ? 'lambda' : node.type === 'function_definition' ? 'function' : 'comprehension';
  return { kind, node, id: node.id };
}

function isDefaultOrAnnotation(node: Node, parameters: Node): boolean {
  let from = node;
  for (const at of ancestors(node)) {
    if (sameNode(at, parameters)) return false;
    if (isField(at, 'value', from) || at.type === 'type') return true;
    from = at;
  }
  return false;
}

function isInField(holder: Node, name: string, node: Node): boolean {
  const part = holder.childForFieldName(name);
  return !!part && part.startIndex <= node.startIndex && node.endIndex <= part.endIndex;
}
