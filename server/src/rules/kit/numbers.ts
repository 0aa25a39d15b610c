import { argumentsOf } from '../../python/calls';
import { field, withoutParentheses, type Node } from '../../syntax/node';

/** Differences, random numbers and negations may come out below zero; so far 4 of 417 real arguments contained a minus (catalogue 1.6). */
export function mayBeNegative(number: Node): boolean {
  const value = withoutParentheses(number);
  if (value.type === 'call') return !isNeverNegative(value) && value.descendantsOfType(['binary_operator', 'unary_operator']).some((node) => node && isMinus(node));
  return [value, ...value.descendantsOfType(['binary_operator', 'unary_operator'])].some((node) => node && isMinus(node));
}

/** Whether a value is likely a text or a fraction, where a whole number is asked for: what comes from the environment, a quotient, a float. */
export function isHardlyWhole(value: Node): boolean {
  const node = withoutParentheses(value);
  switch (node.type) {
    case 'string':
    case 'concatenated_string':
    case 'float':
      return true;
    case 'binary_operator':
    case 'augmented_assignment': {
      const sides = ['left', 'right'].flatMap((side) => field(node, side) ?? []);
      return field(node, 'operator')?.text.replace('=', '') === '/' || sides.some(isHardlyWhole);
    }
    case 'boolean_operator':
      return node.namedChildren.some((side) => side && isHardlyWhole(side));
    case 'conditional_expression':
      return [node.namedChild(0), node.namedChild(2)].some((side) => side && isHardlyWhole(side));
    case 'subscript':
      return /^(os\.)?environ$/.test(field(node, 'value')?.text ?? '');
    case 'call': {
      const callee = field(node, 'function');
      const name = callee?.text ?? '';
      if (name === 'max' || name === 'min' || name === 'abs') return argumentsOf(node).positional.some(isHardlyWhole);
      return /^(float|str|input|(os\.)?getenv|(os\.)?environ\.get)$/.test(name) || /^(format|join|[lr]?strip)$/.test((callee && field(callee, 'attribute')?.text) ?? '');
    }
    default:
      return false;
  }
}

/** The largest of several is as large as the one that cannot be negative. */
function isNeverNegative(call: Node): boolean {
  const name = call.childForFieldName('function')?.text;
  return name === 'abs' || name === 'len' || (name === 'max' && argumentsOf(call).positional.some((each) => !mayBeNegative(each)));
}

function isMinus(node: Node): boolean {
  if (node.type === 'augmented_assignment') return field(node, 'operator')?.text === '-=';
  return (node.type === 'binary_operator' || node.type === 'unary_operator') && node.childForFieldName('operator')?.type === '-';
}
