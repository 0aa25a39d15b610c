#!/usr/bin/env python3
"""Finds every use of eventlet in a project with Python's own parser, to check the server against.

    python3 oracle.py DIR...

prints one JSON object: how many files there are, which could not be parsed, and all uses as
{path, line, col, endLine, endCol, api, kind, via}; zero-based, columns in UTF-16 units, ends exclusive. `via` is the file
of the project that a name was taken from, or null. `kind` is

- import: an imported eventlet name (`eventlet.wsgi`, `sleep`), or the string that names it for `import_module`;
- name:   the longest chain of attributes that is still inside eventlet, from a name that resolves to it;
- method: a known member of an object that eventlet made (`self.pool.waitall`);
- mock:   a string that names eventlet as the target of a patch, or a name of a module of the project that holds it
          (`patch.object(worker, 'sleep')`);
- subclass:  a class of the project that inherits from one of eventlet's own, where it is called, raised or caught;
- wrapper:   the call of a function of the project whose whole body is one call of eventlet, with its own parameters and
             constants, and what it gives;
- attribute: a name of eventlet that a class or its objects hold (`self.sleep`).

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
from oracle_project import Project, Value
from oracle_surface import (
    ALIASES, MAKES, MEMBER_MAKES, MEMBERS, MODULES, STANDARD_MODULE, STARRED, TOP_LEVEL)

#: An object that eventlet made. `name` is a key of MEMBERS; `own` are the members that a class of the project redefines,
#: `enters` whether `with` gives the object itself; `wrapped` whether the code of the project around it made it.
Kind = namedtuple('Kind', 'name own enters wrapped', defaults=[frozenset(), None, False])

#: Of these, `with` gives the object itself.
_ENTERED = {'eventlet.Timeout', 'eventlet.greenio.GreenSocket', 'eventlet.greenio.GreenPipe'}

_DYNAMIC_IMPORT = {'import_module', 'try_import', '__import__'}
_PATCHERS = {'patch', 'setattr', 'delattr', 'Set', 'SmartSet', 'MonkeyPatch', 'MockPatch', 'stub_out'}
_PATCH_FORMS = {'object', 'dict', 'multiple'}
#: These take a module and the name in it.
_MEMBER_PATCHERS = {'setattr', 'stub_out', 'Set', 'SmartSet', 'MockPatchObject', 'spy'}
_SKIPPED_FOLDERS = {'node_modules', '__pycache__', 'venv'}


def main(folders):
    report = {'files': {'found': 0, 'mentioning': 0, 'unparsed': []}, 'uses': []}
    for folder in folders:
        project = Project(folder, Oracle)
        for path in python_files(folder):
            shown = os.path.relpath(path, folder).replace(os.sep, '/')
            report['files']['found'] += 1
            with open(path, 'rb') as file:
                content = file.read()
            report['files']['mentioning'] += b'eventlet' in content
            try:
                found = uses(content, project, shown)
            except (SyntaxError, ValueError) as error:
                if b'eventlet' in content:
                    report['files']['unparsed'].append({'path': shown, 'reason': str(error)})
                continue
            name = f'{folder}/{shown}' if len(folders) > 1 else shown
            report['uses'] += [dict(path=name, **use) for use in found]
    json.dump(report, sys.stdout, indent=1)


def python_files(folder):
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED_FOLDERS and not name.startswith('.'))
        yield from (os.path.join(parent, name) for name in sorted(files) if name.endswith('.py'))


def uses(content, project=None, path='main.py'):
    """All uses in the bytes of one file, in the order of the text. SyntaxError where Python cannot read it."""
    oracle = (project or Project(None, Oracle)).oracle(path, content)
    found = list(oracle.uses()) if oracle else []
    found.sort(key=lambda use: (use['line'], use['col'], use['endLine'], use['endCol']))
    return found


def source_lines(content):
    """The lines as Python's parser counts them, without a byte order mark."""
    encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    return re.split('\r\n|\r|\n', content.decode(encoding))


class Oracle:
    """What one file says."""

    def __init__(self, content, project, path):
        tree = ast.parse(content)
        self.body = tree.body
        self.reading, self.lines = oracle_scopes.read(tree), source_lines(content)
        self.project, self.path = project, path
        self.module = self.reading.scopes[0]
        self.module.oracle = self
        self.mention_of = {mention.node: mention for mention in self.reading.mentions}
        self.parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
        self.scope_of = {scope.definition: scope for scope in self.reading.scopes if scope.definition}
        self.known = {}

    def uses(self):
        for node, scope, parent, _ in self.reading.mentions:
            if isinstance(node, ast.Import):
                yield from self.plain_import(node)
            elif isinstance(node, ast.ImportFrom):
                yield from self.from_import(node)
            elif isinstance(node, ast.Call):
                yield from self.call(node)
                yield from self.patched_member(node, scope)
            else:
                yield from self.expression(node, scope, parent)

    # The kinds of use.

    def plain_import(self, node):
        for (start, end), alias in zip(self.imported_names(node), node.names):
            if is_eventlet(alias.name):
                yield use(start, end, alias.name, 'import')

    def from_import(self, node):
        module = '.' * node.level + (node.module or '')
        for (start, end), alias in zip(self.imported_names(node), node.names):
            if is_eventlet(module):
                yield use(start, end, module if alias.name == '*' else canonical(f'{module}.{alias.name}'), 'import')
                continue
            value = self.imported(module, alias.name)
            if value is not None and value.what in ('module', 'name'):
                yield use(start, end, value.detail, 'import', value.via)

    def call(self, node):
        target = first_string(node)
        if target is None:
            return
        function = dotted(node.func).split('.')
        if function[-1] in _DYNAMIC_IMPORT and is_eventlet(target.value):
            yield use(*self.range(target), target.value, 'import')
        patches = function[-1] in _PATCHERS or (function[-1] in _PATCH_FORMS and function[-2:-1] == ['patch'])
        components = target.value.split('.')
        if not patches or not all(each.isidentifier() for each in components):
            return
        if 'eventlet' in components:
            yield use(*self.range(target), shown(components[components.index('eventlet'):]), 'mock')
            return
        value = self.named(components)
        if value is not None and value.what in ('module', 'name'):
            yield use(*self.range(target), value.detail, 'mock', value.via)

    def patched_member(self, node, scope):
        """What a module of the project holds of eventlet, where a test replaces it there."""
        function = dotted(node.func).split('.')
        if function[-1] not in _MEMBER_PATCHERS and function[-2:] != ['patch', 'object']:
            return
        keywords = {keyword.arg: keyword.value for keyword in node.keywords}
        module, name = [*node.args[:2], *[keywords.get(each) for each in ('target', 'attribute')[len(node.args[:2]):]]]
        if module is None or not isinstance(name, ast.Constant) or not isinstance(name.value, str):
            return
        owner = self.value(module, scope)
        value = self.part(owner, name.value) if owner is not None and owner.what == 'project' else None
        if value is not None and value.what in ('module', 'name'):
            yield use(*self.range(name), value.detail, 'mock', value.via)

    def named(self, components):
        """What a dotted name means, as `mock.patch` looks it up in the project; None where that is not known."""
        source = self.project.module(components[0], '')
        value = Value('project', source) if source is not None else None
        for name in components[1:]:
            if value is None or value.what not in ('project', 'module', 'class'):
                return None
            value = self.part(value, name)
        return value

    @staticmethod
    def star_names(module):
        return star_names(module) if is_eventlet(module) else set()

    def expression(self, node, scope, parent):
        value = self.value(node, scope)
        what = value.what if value else None
        if what == 'name' or (what == 'module' and not isinstance(parent, ast.Attribute)):
            if not (value.held and isinstance(node.ctx, ast.Store)):
                yield use(*self.attribute_range(node), value.detail, 'attribute' if value.held else 'name', value.via)
        elif what == 'class' and self.acts(node):
            for kind in sorted(inherited_kinds(value.detail), key=lambda kind: kind.name)[:1]:
                yield use(*self.attribute_range(node), kind.name, 'subclass', value.via)
        elif what == 'function' and self.is_called(node):
            wrapped = wrapped_by(value.detail)
            if wrapped is not None:
                yield use(*self.attribute_range(node), wrapped[0], 'wrapper', value.via)
        elif isinstance(node, ast.Attribute):
            yield from self.member(node, scope)

    def member(self, node, scope):
        owner = self.value(node.value, scope)
        if owner is None or owner.what != 'object':
            return
        for kind in sorted(owner.detail, key=lambda kind: kind.name):
            if node.attr in MEMBERS[kind.name] - kind.own:
                how = 'wrapper' if kind.wrapped else 'method'
                yield use(*self.attribute_range(node), f'{kind.name}().{node.attr}', how, owner.via)
                return

    def is_called(self, node):
        parent = self.parents.get(node)
        return isinstance(parent, ast.Call) and parent.func is node

    def acts(self, node):
        """Whether a class is made, raised or caught here."""
        parent = self.parents.get(node)
        if isinstance(parent, ast.Tuple):
            return isinstance(self.parents.get(parent), ast.ExceptHandler)
        return self.is_called(node) or isinstance(parent, ast.ExceptHandler) or (isinstance(parent, ast.Raise) and parent.exc is node)

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
        return self.starred(name)

    def starred(self, name):
        """What a name is that a star import brought in."""
        for module in self.module.stars:
            if is_eventlet(module):
                if name in star_names(module):
                    return inside(module, name)
                continue
            source = self.project.module(module, self.path)
            if source is not None and name in self.project.star_names(source):
                return self.project.member(source, name)
        return None

    def exported(self, name):
        """What other modules find under a name here."""
        bindings = self.module.bindings.get(name)
        return self.joined((self.module, name, 'exported'), bindings) if bindings else self.starred(name)

    def imported(self, module, name):
        """What `from module import name` gives."""
        if is_eventlet(module):
            return inside(module, name)
        source = self.project.module(module, self.path)
        return self.project.member(source, name) if source is not None and name != '*' else None

    def attribute(self, node, scope):
        base = self.value(node.value, scope)
        if base is not None and base.what in ('module', 'project', 'class'):
            return self.part(base, node.attr)
        if isinstance(node.value, ast.Name):
            return receiver_attribute(scope.receiver_class(node.value.id), node.attr)
        return None

    def part(self, base, name):
        """An attribute of a module or a class."""
        if base.what == 'module':
            return inside(base.detail, name)._replace(via=base.via, held=base.held)
        if base.what == 'project':
            return self.project.member(base.detail, name)
        found = receiver_attribute(base.detail, name)
        return found._replace(via=found.via or base.via) if found else None

    def result(self, call, scope):
        target = first_string(call)
        if target is not None and is_eventlet(target.value) and dotted(call.func).split('.')[-1] in _DYNAMIC_IMPORT:
            return Value('module', target.value)
        function = self.value(call.func, scope)
        if function is not None and function.what == 'name' and function.detail in MAKES:
            return Value('object', frozenset([Kind(MAKES[function.detail], wrapped=function.held)]), function.via)
        if function is not None and function.what == 'class':
            kinds = frozenset(inherited_kinds(function.detail))
            return Value('object', kinds, function.via) if kinds else None
        if function is not None and function.what == 'function':
            api, gives = wrapped_by(function.detail) or (None, False)
            return Value('object', frozenset([Kind(MAKES[api], wrapped=True)]), function.via) if gives and api in MAKES else None
        if isinstance(call.func, ast.Attribute):
            owner = self.value(call.func.value, scope)
            if owner is not None and owner.what == 'object':
                made = [MEMBER_MAKES.get((kind.name, call.func.attr)) for kind in owner.detail]
                wrapped = any(kind.wrapped for kind in owner.detail)
                return Value('object', frozenset(Kind(each, wrapped=wrapped) for each in made), owner.via) if all(made) else None
        return None

    def joined(self, key, bindings):
        """What all bindings of one name say; `key` names it."""
        asking = self.project.asking
        if key in self.known:
            return self.known[key]
        if key in asking:
            # `pool = pool or GreenPool()`: the name itself says nothing new.
            return None
        asking.add(key)
        value = join([self.bound(binding) for binding in bindings])
        asking.discard(key)
        if not asking:
            # What was found halfway round a circle need not be all, so only the outermost answer is kept.
            self.known[key] = value
        return value

    def bound(self, binding):
        if binding.how == 'import':
            if is_eventlet(binding.value):
                return Value('module', binding.value)
            source = self.project.module(binding.value, self.path)
            return Value('project', source) if source is not None else None
        if binding.how == 'from':
            return self.imported(*binding.value)
        if binding.how == 'class':
            return Value('class', binding.value)
        if binding.how == 'function':
            return Value('function', self.scope_of[binding.value])
        if binding.how == 'parameter':
            return self.parameter(binding.value, binding.scope)
        if binding.how in ('deleted', 'other'):
            return None
        value = self.value(binding.value, binding.scope)
        if binding.how == 'value':
            return value
        if binding.how == 'appended':
            return listed(value)
        if binding.how == 'element':
            return element(value)
        if value is None or value.what != 'object':
            return None
        entered = frozenset(kind for kind in value.detail if (kind.name in _ENTERED if kind.enters is None else kind.enters))
        return value._replace(detail=entered) if entered else None

    def parameter(self, argument, scope):
        """The object that a parameter is, by its annotation or because every call in the file gives such a one."""
        if argument.annotation is not None:
            named = self.value(without_none(argument.annotation), scope.parent)
            if named is not None and named.what == 'name' and named.detail in MEMBERS:
                return Value('object', frozenset([Kind(named.detail)]), named.via)
        calls = self.calls_of(scope) if len(scope.bindings[argument.arg]) == 1 else []
        positions = scope.definition.args.posonlyargs + scope.definition.args.args if calls else []
        if argument not in positions or argument.arg == scope.receiver:
            return None
        position = positions.index(argument) - (scope.receiver is not None)
        given = [argument_at(call, position, argument.arg) for call in calls]
        fallbacks = dict(zip(reversed(positions), reversed(scope.definition.args.defaults)))
        nothing = fallbacks.get(argument)
        if any(each is None for each in given) and not is_none(nothing):
            return None
        values = [self.value(each, self.mention_of[call].scope) for each, call in zip(given, calls) if each is not None and not is_none(each)]
        alike = values and all(each is not None and each.what == 'object' and each.detail == values[0].detail for each in values)
        return values[0] if alike else None

    def calls_of(self, scope):
        """All calls of a function; none where something else happens to it, or where they can not all be seen."""
        node = scope.definition
        if node is None or node.decorator_list:
            return []
        in_class = scope.parent.kind == 'class'
        if in_class:
            named = [each for each in self.reading.mentions if isinstance(each.node, ast.Attribute) and each.node.attr == node.name]
            ours = all(isinstance(each.node.value, ast.Name) and each.scope.receiver_class(each.node.value.id) is scope.parent for each in named)
            alone = sum(node.name in each.bindings for each in self.reading.scopes) == 1
        else:
            named = [each for each in self.reading.mentions if isinstance(each.node, ast.Name) and each.node.id == node.name
                     and each.scope.owner(node.name) is scope.parent]
            ours, alone = True, True
        calls = [self.parents.get(each.node) for each in named]
        plain = all(isinstance(call, ast.Call) and call.func is each.node and not any(isinstance(given, ast.Starred) for given in call.args)
                    and all(given.arg for given in call.keywords) for call, each in zip(calls, named))
        return calls if ours and alone and plain and len(scope.parent.bindings[node.name]) == 1 else []

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


def use(start, end, api, kind, via=None):
    return {'line': start[0], 'col': start[1], 'endLine': end[0], 'endCol': end[1], 'api': api, 'kind': kind, 'via': via}


# What the project's own classes and functions have of eventlet.

def at(scope):
    """The oracle of the file that a scope is in."""
    return scope.module().oracle


def receiver_attribute(owner, name, below=()):
    """`self.x`, of a class and of the classes that it inherits from."""
    if owner is None or owner in below:
        return None
    bindings = owner.attributes.get(name, []) + owner.bindings.get(name, [])
    value = at(owner).joined((owner, 'self', name), bindings)
    if value and value.what in ('module', 'name'):
        # A constant is a value like others (`self.status = _UNKNOWN`).
        return None if value.detail.rpartition('.')[2].isupper() else value._replace(held=True)
    if value and value.what in ('object', 'list', 'function'):
        return value
    inherited = []
    for expression in owner.bases:
        base = at(owner).value(expression, owner.parent)
        found = receiver_attribute(base.detail, name, (*below, owner)) if base and base.what == 'class' else None
        inherited.append(found and found._replace(via=base.via or found.via))
    return join(inherited)


def inherited_kinds(owner, below=()):
    """Kinds of eventlet's that the objects of a class of the project are too. (`class A(A)` in a loop makes a circle.)"""
    if owner in below:
        return
    own = frozenset(owner.bindings)
    enters = returns_itself(owner.bindings['__enter__'][-1]) if '__enter__' in owner.bindings else None
    for expression in owner.bases:
        base = at(owner).value(expression, owner.parent)
        if base is not None and base.what == 'name' and base.detail in MEMBERS:
            yield Kind(base.detail, own, enters)
        elif base is not None and base.what == 'class':
            for kind in inherited_kinds(base.detail, (*below, owner)):
                yield Kind(kind.name, kind.own | own, kind.enters if enters is None else enters)


def returns_itself(binding):
    """Whether every `return` of a method gives the object."""
    if binding.how != 'function' or not binding.value.args.args:
        return False
    returns = [each.value for each in ast.walk(binding.value) if isinstance(each, ast.Return)]
    return bool(returns) and all(isinstance(each, ast.Name) and each.id == binding.value.args.args[0].arg for each in returns)


def wrapped_by(scope, below=()):
    """The name of eventlet that a function does nothing but call, and whether it gives what that gives; else None."""
    node = scope.definition
    if scope in below or not isinstance(node, ast.FunctionDef):
        return None
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    plain = all(isinstance(each, ast.Name) and each.id in ('staticmethod', 'classmethod') for each in node.decorator_list)
    if not plain or len(body) != 1 or not isinstance(body[0], (ast.Return, ast.Expr)) or not isinstance(body[0].value, ast.Call):
        return None
    call, gives = body[0].value, isinstance(body[0], ast.Return)
    names = {each.arg for each in ast.walk(node.args) if isinstance(each, ast.arg)}
    passed = [each.value if isinstance(each, ast.Starred) else each for each in call.args] + [each.value for each in call.keywords]
    if not all(is_constant(each) or (isinstance(each, ast.Name) and each.id in names) for each in passed):
        return None
    value = at(scope).value(call.func, scope)
    if value is None:
        return None
    if value.what == 'name':
        return value.detail, gives
    if value.what == 'function':
        inner = wrapped_by(value.detail, (*below, scope))
        return inner and (inner[0], inner[1] and gives)
    if value.what == 'class':
        kinds = sorted(kind.name for kind in inherited_kinds(value.detail))
        return (kinds[0], gives) if kinds else None
    return None


def without_none(annotation):
    """`T` of `Optional[T]` and of `T | None`."""
    if isinstance(annotation, ast.Subscript) and dotted(annotation.value).split('.')[-1] == 'Optional':
        return annotation.slice
    if isinstance(annotation, ast.BinOp):
        return next((each for each in (annotation.left, annotation.right) if not is_none(each)), annotation)
    return annotation


def argument_at(call, position, name):
    """What a call without stars gives to a parameter, or None."""
    if position < len(call.args):
        return call.args[position]
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def is_none(node):
    return isinstance(node, ast.Constant) and node.value is None


def is_constant(node):
    return isinstance(node, ast.Constant) or (isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant))


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
    # A function or class of the project is eventlet's only if it has something of it; the other branch may be plainer.
    first = next((value for value in said if value.what not in ('function', 'project', 'class')), said[0])
    if first.what not in ('object', 'list'):
        return first
    alike = [value.detail for value in said if value.what == first.what]
    return first._replace(detail=frozenset().union(*alike))


def listed(value):
    return value._replace(what='list') if value and value.what == 'object' else None


def element(value):
    return value._replace(what='object') if value and value.what == 'list' else None


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
