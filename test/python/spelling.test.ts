import { expect, it } from 'vitest';
import { Names } from '../../server/src/python/names';
import { parser as sharedParser } from '../kit/host';

const filler = Array.from({ length: 12 }, (_, index) => `    step_${index} = compute(${index}, 'a text that makes the body long')\n`).join('');

const text = `
from pkg import context

def reads(self):
${filler}    return context.make(step_1)

def has_a_parameter(context):
${filler}    return lambda: context.make(step_1)

def binds_it():
${filler}    context = compute()
    return context.make(f'{context=}')

def says_global():
    global context
${filler}    context = None

def only_talks(request):
    """In the context of a request."""
${filler}    return request(context=request.context)

class Service:
    context = context.make()

    def nested(self):
${filler}        def inner(context=None):
            return context
        return inner(context)
`.slice(1).repeat(2);

const parser = await sharedParser();

function said(names: Names): unknown {
  const places = (all: readonly { readonly node: { readonly startIndex: number } }[]): readonly number[] => all.map(({ node }) => node.startIndex);
  return ['context', 'step_1', 'compute', 'self'].map((name) => ({
    name,
    variables: names.of(name).map((variable) => [variable.scope.kind, places(variable.bindings), places(variable.reads)]),
    unbound: places(names.unbound(name)),
  }));
}

it('a name means the same whether bodies are left out until somebody looks into them or not', () => {
  const whole = parser.lookAtWhole(text, (tree) => said(new Names(text, tree)));
  expect(parser.look(text, (tree) => said(new Names(text, tree)))).toEqual(whole);
});

it('only the bodies are looked into that may read a name of the module where it matters', () => {
  parser.look(text, (tree) => {
    const names = new Names(text, tree);
    const identifier = tree.rootNode.descendantForIndex(text.indexOf('context'));
    const module = names.variableOf(identifier);
    const isMade = (end: number): boolean => text.startsWith('.make(step_1)', end);
    const made = [...text.matchAll(/context\.make\(step_1\)/g)].map(({ index }) => index);
    // The second in each half reads the parameter.
    expect(module?.readsWhere(isMade).map(({ node }) => node.startIndex)).toEqual(made.filter((_, index) => index % 2 === 0));
    expect(tree.bodyAt(text.indexOf('    context = compute()') + 4)).toBeDefined();
  });
});
