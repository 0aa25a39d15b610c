#!/usr/bin/env python3
"""Finds every use of eventlet in Python files with Python's own parser, to check the server against.

    python3 oracle.py DIR...

prints one JSON object: how many files there are, which could not be parsed, and all uses as
{path, line, col, endLine, endCol, api, kind}; zero-based, columns in UTF-16 units, ends exclusive. `kind` is

- import: an imported eventlet name (`eventlet.wsgi`, `sleep`), or the string that names it for `import_module`;
- name:   the longest chain of attributes that is still inside eventlet, from a name that resolves to it;
- method: a known member of an object that eventlet made (`self.pool.waitall`);
- mock:   a string that names eventlet as the target of a patch.

Written independently of the server. Needs Python 3.9 and nothing else.
"""
import ast
import io
import json
import os
import re
import sys
import tokenize
from collections import namedtuple

import oracle_scopes
from oracle_surface import (
    ALIASES, MAKES, MEMBER_MAKES, MEMBERS, MODULES, STANDARD_MODULE, STARRED, TOP_LEVEL)

#: What an expression is known to be. `what`: module, name (`detail`: canonical dotted name), object or list
#: (`detail`: frozenset of `Kind`), class (of the file itself; `detail`: its scope).
Value = namedtuple('Value', 'what detail')

#: An object that eventlet made. `name` is a key of MEMBERS; `own` are the members that a class of the file redefines.
Kind = namedtuple('Kind', 'name own', defaults=[frozenset()])

_DYNAMIC_IMPORT = {'import_module', 'try_import', '__import__'}
_PATCHERS = {'patch', 'setattr', 'delattr', 'Set', 'SmartSet', 'MonkeyPatch', 'MockPatch', 'stub_out'}
_PATCH_FORMS = {'object', 'dict', 'multiple'}
_SKIPPED_FOLDERS = {'node_modules', '__pycache__', 'venv'}


def main(folders):
    report = {'files': {'found': 0, 'mentioning': 0, 'unparsed': []}, 'uses': []}
    for folder in folders:
        for path in python_files(folder):
            shown = os.path.relpath(path, folder).replace(os.sep, '/')
            if len(folders) > 1:
                shown = f'{folder}/{shown}'
            report['files']['found'] += 1
            with open(path, 'rb') as file:
                content = file.read()
            if b'eventlet' not in content:
                continue
            report['files']['mentioning'] += 1
            try:
                report['uses'] += [dict(path=shown, **use) for use in uses(content)]
            except (SyntaxError, ValueError) as error:
                report['files']['unparsed'].append({'path': shown, 'reason': str(error)})
    json.dump(report, sys.stdout, indent=1)


def python_files(folder):
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED_FOLDERS and not name.startswith('.'))
        yield from (os.path.join(parent, name) for name in sorted(files) if name.endswith('.py'))


def uses(content):
    """All uses in the bytes of one file, in the order of the text. SyntaxError where Python cannot read it."""
    tree = ast.parse(content)
    lines = source_lines(content)
    found = list(Oracle(oracle_scopes.read(tree), lines).uses())
    found.sort(key=lambda use: (use['line'], use['col'], use['endLine'], use['endCol']))
    return found


def source_lines(content):
    """The lines as Python's parser counts them, without a byte order mark."""
    encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    return re.split('\r\n|\r|\n', content.decode(encoding))


class Oracle:
    def __init__(self, reading, lines):
        self.reading, self.lines = reading, lines
        self.mention_of = {mention.node: mention for mention in reading.mentions}
        self.asking = set()
        self.known = {}

    def uses(self):
        for node, scope, parent, _ in self.reading.mentions:
            if isinstance(node, ast.Import):
                yield from self.plain_import(node)
            elif isinstance(node, ast.ImportFrom):
                yield from self.from_import(node)
            elif isinstance(node, ast.Call):
                yield from self.call(node)
            else:
                yield from self.expression(node, scope, parent)

    # The four kinds of use.

    def plain_import(self, node):
        for (start, end), alias in zip(self.imported_names(node), node.names):
            if is_eventlet(alias.name):
                yield use(start, end, alias.name, 'import')

    def from_import(self, node):
        if node.level or not is_eventlet(node.module):
            return
        for (start, end), alias in zip(self.imported_names(node), node.names):
            api = node.module if alias.name == '*' else canonical(f'{node.module}.{alias.name}')
            yield use(start, end, api, 'import')

    def call(self, node):
        target = first_string(node)
        if target is None:
            return
        function = dotted(node.func).split('.')
        if function[-1] in _DYNAMIC_IMPORT and is_eventlet(target.value):
            yield use(*self.range(target), target.value, 'import')
        patches = function[-1] in _PATCHERS or (function[-1] in _PATCH_FORMS and function[-2:-1] == ['patch'])
        components = target.value.split('.')
        if patches and 'eventlet' in components and all(each.isidentifier() for each in components):
            yield use(*self.range(target), shown(components[components.index('eventlet'):]), 'mock')

    def expression(self, node, scope, parent):
        value = self.value(node, scope)
        what = value.what if value else None
        if what == 'name' or (what == 'module' and not isinstance(parent, ast.Attribute)):
            yield use(*self.attribute_range(node), value.detail, 'name')
        elif isinstance(node, ast.Attribute):
            yield from self.member(node, scope)

    def member(self, node, scope):
        owner = self.value(node.value, scope)
        if owner is None or owner.what != 'object':
            return
        for kind in sorted(owner.detail, key=lambda kind: kind.name):
            if node.attr in MEMBERS[kind.name] - kind.own:
                yield use(*self.attribute_range(node), f'{kind.name}().{node.attr}', 'method')
                return

    # What an expression is.

    def value(self, node, scope):
        """What is known of an expression evaluated in this scope; None where it is not eventlet's."""
        if isinstance(node, ast.Name):
            return self.name(node, scope)
        if isinstance(node, ast.Attribute):
            return self.attribute(node, scope)
        if isinstance(node, ast.Call):
            return self.result(node, scope)
        if isinstance(node, ast.Subscript):
            held = self.value(node.value, scope)
            return held if isinstance(node.slice, ast.Slice) else element(held)
        if isinstance(node, ast.NamedExpr):
            return self.value(node.value, scope)
        if isinstance(node, (ast.BoolOp, ast.IfExp)):
            parts = node.values if isinstance(node, ast.BoolOp) else [node.body, node.orelse]
            return join([self.value(part, scope) for part in parts])
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            return listed(join([self.value(each, scope) for each in node.elts]))
        if isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp)):
            return listed(self.value(node.elt, self.scope_inside(node)))
        return None

    def name(self, node, scope):
        name, owner = node.id, scope.owner(node.id)
        if owner is not None:
            bindings = oracle_scopes.reaching(owner.bindings[name], self.mention_of[node], owner)
            if not bindings and owner.kind == 'class':
                # `sleep = sleep` in a class body reads the name outside.
                owner = owner.parent.owner(name)
                bindings = owner.bindings[name] if owner else []
            return self.joined((owner, name, tuple(map(id, bindings))), bindings)
        for module in scope.module().stars:
            if module and is_eventlet(module) and name in star_names(module):
                return inside(module, name)
        return None

    def attribute(self, node, scope):
        base = self.value(node.value, scope)
        if base is not None and base.what == 'module':
            return inside(base.detail, node.attr)
        if base is not None and base.what == 'class':
            return self.receiver_attribute(base.detail, node.attr)
        if isinstance(node.value, ast.Name):
            return self.receiver_attribute(scope.receiver_class(node.value.id), node.attr)
        return None

    def receiver_attribute(self, owner, name, below=()):
        """`self.x`: only objects are followed through it, not the names of functions and classes."""
        if owner is None or owner in below:
            return None
        bindings = owner.attributes.get(name, []) + owner.bindings.get(name, [])
        value = self.joined((owner, 'self', name), bindings)
        if value and value.what in ('object', 'list'):
            return value
        bases = [self.value(base, owner.parent) for base in owner.bases]
        inherited = [self.receiver_attribute(base.detail, name, (*below, owner)) for base in bases if base and base.what == 'class']
        return join(inherited)

    def result(self, call, scope):
        target = first_string(call)
        if target is not None and is_eventlet(target.value) and dotted(call.func).split('.')[-1] in _DYNAMIC_IMPORT:
            return Value('module', target.value)
        function = self.value(call.func, scope)
        if function is not None and function.what == 'name' and function.detail in MAKES:
            return Value('object', frozenset([Kind(MAKES[function.detail])]))
        if function is not None and function.what == 'class':
            kinds = frozenset(self.inherited_kinds(function.detail))
            return Value('object', kinds) if kinds else None
        if isinstance(call.func, ast.Attribute):
            owner = self.value(call.func.value, scope)
            if owner is not None and owner.what == 'object':
                made = [MEMBER_MAKES.get((kind.name, call.func.attr)) for kind in owner.detail]
                return Value('object', frozenset(map(Kind, made))) if all(made) else None
        return None

    def inherited_kinds(self, owner, below=()):
        """Kinds of eventlet's that the objects of a class of the file are too. (`class A(A)` in a loop makes a circle.)"""
        if owner in below:
            return
        own = frozenset(owner.bindings)
        for expression in owner.bases:
            base = self.value(expression, owner.parent)
            if base is not None and base.what == 'name' and base.detail in MEMBERS:
                yield Kind(base.detail, own)
            elif base is not None and base.what == 'class':
                yield from (Kind(kind.name, kind.own | own) for kind in self.inherited_kinds(base.detail, (*below, owner)))

    def joined(self, key, bindings):
        """What all bindings of one name say; `key` names it."""
        if key in self.known:
            return self.known[key]
        if key in self.asking:
            # `pool = pool or GreenPool()`: the name itself says nothing new.
            return None
        self.asking.add(key)
        value = join([self.bound(binding) for binding in bindings])
        self.asking.discard(key)
        if not self.asking:
            # What was found halfway round a circle need not be all, so only the outermost answer is kept.
            self.known[key] = value
        return value

    def bound(self, binding):
        if binding.how == 'import':
            return Value('module', binding.value) if is_eventlet(binding.value) else None
        if binding.how == 'from':
            module, name = binding.value
            return inside(module, name) if module and is_eventlet(module) else None
        if binding.how == 'class':
            return Value('class', binding.value)
        if binding.how in ('deleted', 'other'):
            return None
        value = self.value(binding.value, binding.scope)
        if binding.how == 'value':
            return value
        if binding.how == 'appended':
            return listed(value)
        if binding.how == 'element':
            return element(value)
        # `with Timeout(1) as timeout` gives the Timeout itself; the other context managers give something else.
        return value if value and value.detail == frozenset([Kind('eventlet.Timeout')]) else None

    def scope_inside(self, comprehension):
        return next((self.mention_of[each].scope for each in ast.walk(comprehension.elt) if each in self.mention_of), None)

    # Where things stand.

    def attribute_range(self, node):
        """The whole of `pool.waitall` and `self.pool.waitall`; only the name behind anything longer or stranger."""
        base = node
        while isinstance(base, ast.Attribute):
            base = base.value
        start, end = self.range(node)
        if isinstance(base, ast.Name):
            return start, end
        return (end[0], end[1] - len(utf16(node.attr))), end

    def range(self, node):
        return (self.position(node.lineno, node.col_offset), self.position(node.end_lineno, node.end_col_offset))

    def position(self, line, byte):
        text = self.lines[line - 1].encode('utf-8')[:byte].decode('utf-8', 'replace')
        return line - 1, len(utf16(text))

    def imported_names(self, node):
        """Ranges of the dotted names after `import`, one per alias. (`ast` tells them only since 3.10.)"""
        (line, column), (end_line, end_column) = self.range(node)
        tokens = self.tokens(line, column, end_line, end_column)
        while tokens[0].string != 'import':
            tokens.pop(0)
        ranges, renamed = [], False
        for before, token in zip(tokens, tokens[1:]):
            if token.string == 'as':
                renamed = True
            elif before.string in ('import', '(', ',') and token.string not in '()':
                ranges.append([token.start, token.end])
                renamed = False
            elif token.string not in '(),' and not renamed:
                ranges[-1][1] = token.end
        return [(self.shift(start, line, column), self.shift(end, line, column)) for start, end in ranges]

    def tokens(self, line, column, end_line, end_column):
        # Tokenized on its own, without indentation; positions are in characters from the statement's start.
        text = [cut(self.lines[number], column if number == line else 0, end_column if number == end_line else None)
                for number in range(line, end_line + 1)]
        readline = io.StringIO('\n'.join(text)).readline
        kinds = (tokenize.NAME, tokenize.OP)
        return [token for token in tokenize.generate_tokens(readline) if token.type in kinds]

    def shift(self, position, line, column):
        row, characters = position
        before = column if row == 1 else 0
        text = cut(self.lines[line + row - 1], before, None)
        return line + row - 1, before + len(utf16(text[:characters]))


def use(start, end, api, kind):
    return {'line': start[0], 'col': start[1], 'endLine': end[0], 'endCol': end[1], 'api': api, 'kind': kind}


def is_eventlet(name):
    return name == 'eventlet' or name.startswith('eventlet.')


def canonical(name):
    return ALIASES.get(name, name)


def inside(module, name):
    """The thing called `name` in a module of eventlet."""
    path = f'{module}.{name}'
    return Value('module', path) if path in MODULES else Value('name', canonical(path))


def shown(components):
    """Canonical name of a chain that may run on into the attributes of what eventlet gives."""
    end = 1
    while end < len(components) and '.'.join(components[:end]) in MODULES:
        end += 1
    return canonical('.'.join(components[:end]))


def star_names(module):
    if module == 'eventlet':
        return TOP_LEVEL
    if module in STARRED:
        return STARRED[module]
    known = {name.rpartition('.')[2] for name in [*MODULES, *MAKES] if name.rpartition('.')[0] == module}
    if module.startswith('eventlet.green.'):
        green = module[len('eventlet.green.'):]
        try:
            standard = __import__(STANDARD_MODULE.get(green, green), fromlist=['*'])
        except ImportError:
            return known
        known |= {name for name in dir(standard) if not name.startswith('_')}
    return known


def join(values):
    """What several bindings of one name say together.

    What may be eventlet's is eventlet's (`try: import eventlet`, `except ImportError: eventlet = None`).
    """
    said = [value for value in values if value is not None]
    if not said:
        return None
    if said[0].what in ('module', 'name', 'class'):
        return said[0]
    alike = [value.detail for value in said if value.what == said[0].what]
    return Value(said[0].what, frozenset().union(*alike))


def listed(value):
    return Value('list', value.detail) if value and value.what == 'object' else None


def element(value):
    return Value('object', value.detail) if value and value.what == 'list' else None


def first_string(call):
    """The string literal given first, or as `target=`."""
    given = call.args[:1] or [keyword.value for keyword in call.keywords if keyword.arg == 'target']
    if given and isinstance(given[0], ast.Constant) and isinstance(given[0].value, str):
        return given[0]
    return None


def dotted(node):
    """`mock.patch.object` as text; only the last parts where the expression starts with something else."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
    return '.'.join(reversed(parts))


def utf16(text):
    """One element per UTF-16 unit."""
    return [unit for character in text for unit in ((0, 0) if ord(character) > 0xFFFF else (0,))]


def cut(line, start, end):
    """Part of a line between UTF-16 columns."""
    data = line.encode('utf-16-le', 'surrogatepass')
    return data[2 * start:None if end is None else 2 * end].decode('utf-16-le', 'surrogatepass')


if __name__ == '__main__':
    main(sys.argv[1:])
