import { withoutParentheses, type Node } from '../../syntax/node';

/** Differences, random numbers and negations may come out below zero; so far 4 of 417 real arguments contained a minus (catalogue 1.6). */
export function mayBeNegative(number: Node): boolean {
  const value = withoutParentheses(number);
  if (value.type === 'call') return !isNeverNegative(value) && value.descendantsOfType(['binary_operator', 'unary_operator']).some((node) => node && isMinus(node));
  return [value, ...value.descendantsOfType(['binary_operator', 'unary_operator'])].some((node) => node && isMinus(node));
}

function isNeverNegative(call: Node): boolean {
  const name = call.childForFieldName('function')?.text;
  return name === 'max' || name === 'abs' || name === 'len';
}

function isMinus(node: Node): boolean {
  return (node.type === 'binary_operator' || node.type === 'unary_operator') && node.childForFieldName('operator')?.type === '-';
}
