import { ancestors, contains, field, type Node } from '../../syntax/node';

/** Whether code stands in a branch that only Python 2 takes: `if six.PY2:`, or the `else` of `if sys.version_info >= (3,):`. */
export function isForPython2(node: Node): boolean {
  for (const at of ancestors(node)) {
    if (at.type !== 'if_statement') continue;
    const condition = field(at, 'condition')?.text ?? '';
    const body = field(at, 'consequence');
    const isInBody = body !== undefined && contains(body, node);
    const isInElse = at.childrenForFieldName('alternative').some((clause) => clause.type === 'else_clause' && contains(clause, node));
    if (isInBody ? asksFor2.test(condition) : isInElse && asksFor3.test(condition)) return true;
  }
  return false;
}

const asksFor2 = /^(six\.)?PY2$|^not (six\.)?PY3$|^sys\.version_info(\[0\])? *(== *2|< *\(?3)|^sys\.version_info\.major *(== *2|< *3)/;
const asksFor3 = /^(six\.)?PY3$|^not (six\.)?PY2$|^sys\.version_info(\[0\])? *(== *3|>=? *\(?[23])|^sys\.version_info\.major *(== *3|>=? *[23])/;
