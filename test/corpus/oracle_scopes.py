"""Python's scopes: who binds a name, and which binding a mention of it sees.

`read(tree)` walks a module once and gives all scopes, with every binding and every mention of a name or attribute
in the scope in which Python evaluates it. Nothing here knows eventlet.
"""
import ast
from collections import namedtuple

#: What gives a name its value. `how` is one of
#: `import` (value: dotted module), `from` (value: (module, name)), `value` (value: an expression),
#: `element` (of an expression that is iterated), `entered` (an expression in `with … as`),
#: `appended` (an element is added to the list), `class` (value: its scope), `function` (value: its definition),
#: `parameter` (value: its `arg`, of one that is no star), `deleted`, `other`. A relative module begins with its dots.
#: `scope` is where the expression is evaluated, `moment` when the binding happens.
Binding = namedtuple('Binding', 'how value scope moment')

#: A `Name`, `Attribute`, `Call` or import statement, the scope it is evaluated in, and the node it stands in.
Mention = namedtuple('Mention', 'node scope parent moment')


class Moment(namedtuple('Moment', 'order path')):
    """When something is evaluated: `order` counts up as a function would run without branches, `path` tells the
    blocks around it, from outside, each as (block, number of the statement in it, whether it is the body of a loop)."""

    def is_certain_before(self, other):
        """Whether `other` is never reached without passing here first."""
        depth = len(self.path) - 1
        return (self.order < other.order and depth < len(other.path)
                and self.path[:depth] == other.path[:depth] and self.path[depth][0] == other.path[depth][0])

    def loop_with(self, other):
        """The innermost block that runs again and has both in it, or None."""
        shared = None
        for ours, theirs in zip(self.path, other.path):
            if ours[0] != theirs[0]:
                break
            shared = ours[0] if ours[2] else shared
            if ours != theirs:
                break
        return shared

    def is_in(self, block):
        return any(each[0] == block for each in self.path)

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Scope:
    """One namespace. `kind` is module, class, function (lambdas too) or comprehension."""

    def __init__(self, kind, name, line, parent):
        self.kind, self.name, self.line, self.parent = kind, name, line, parent
        self.bindings = {}
        self.global_names, self.nonlocal_names = set(), set()
        #: Of a method: the name of its first parameter, which is the object (or the class).
        self.receiver = None
        #: Of a class: attribute -> bindings made through a receiver, `self.x = …`.
        self.attributes = {}
        #: Of a class: the expressions of its bases, evaluated in `parent`.
        self.bases = []
        #: Of a function: its definition.
        self.definition = None
        #: Of a module: modules whose names were all imported.
        self.stars = []

    def module(self):
        return self if self.parent is None else self.parent.module()

    def owner(self, name):
        """The scope whose binding of `name` a mention in this scope sees, or None (a built-in name, or unknown)."""
        if name in self.global_names:
            return self._module_if_bound(name)
        if name in self.bindings and name not in self.nonlocal_names:
            return self
        scope = self.parent
        while scope is not None:
            # The names of a class body are not seen by the functions in it.
            if scope.kind != 'class':
                if name in scope.global_names:
                    return self._module_if_bound(name)
                if name in scope.bindings and name not in scope.nonlocal_names:
                    return scope
            scope = scope.parent
        return None

    def frame(self):
        """The scope whose code runs when this one's does: comprehensions run where they stand."""
        return self.parent.frame() if self.kind == 'comprehension' else self

    def _module_if_bound(self, name):
        module = self.module()
        return module if name in module.bindings else None

    def receiver_class(self, name):
        """The class whose object `name` is in this scope, where it is the first parameter of a method."""
        owner = self.owner(name)
        if owner is not None and owner.kind == 'function' and owner.receiver == name:
            return owner.parent
        return None


def reaching(bindings, mention, owner):
    """Those of a name's bindings that may be in force at a mention of it.

    Where the mention is in another function than the bindings, nobody knows the order and all of them may.
    """
    if mention.scope.frame() is not owner:
        return bindings
    now = mention.moment
    certain = [each.moment for each in bindings
               if each.how != 'appended' and each.scope.frame() is owner and each.moment.is_certain_before(now)]
    found = []
    for binding in bindings:
        then = binding.moment
        if binding.scope.frame() is not owner:
            found.append(binding)
        elif then.order < now.order:
            if not any(then.order < other.order for other in certain):
                found.append(binding)
        else:
            loop = then.loop_with(now)
            if loop is not None and not any(other.is_in(loop) for other in certain):
                found.append(binding)
    return found


class Reading(ast.NodeVisitor):
    """All scopes and mentions of one module."""

    def __init__(self, tree):
        self.scope = Scope('module', 'top', 0, None)
        self.scopes = [self.scope]
        self.mentions = []
        self._path = [None]
        self._order = 0
        self._blocks = []
        self._block_count = 0
        self._declare_globals(tree.body)
        self._block(tree.body)

    # Order.

    def _moment(self):
        self._order += 1
        return Moment(self._order, tuple(self._blocks))

    def _block(self, statements, repeats=False, before=()):
        """Visits statements that run one after the other; the thunks in `before` happen just before the first."""
        self._block_count += 1
        block = self._block_count
        for number, act in enumerate([*before, *[(lambda each=each: self.visit(each)) for each in statements]]):
            self._blocks.append((block, number, repeats))
            act()
            self._blocks.pop()

    def _frame_body(self, statements):
        outer, self._blocks = self._blocks, []
        self._block(statements)
        self._blocks = outer

    def visit_If(self, node):
        self.visit(node.test)
        self._block(node.body)
        self._block(node.orelse)

    def visit_While(self, node):
        self._block(node.body, True, [lambda: self.visit(node.test)])
        self._block(node.orelse)

    def visit_Try(self, node):
        self._block(node.body)
        for handler in node.handlers:
            self.visit(handler)
        self._block(node.orelse)
        self._block(node.finalbody)

    visit_TryStar = visit_Try

    def visit_With(self, node):
        # The body always runs, so it is no block of its own.
        self.generic_visit(node)

    visit_AsyncWith = visit_With

    def visit_match_case(self, node):
        self._block(node.body, False, [lambda: self.visit(node.pattern), lambda: node.guard and self.visit(node.guard)])

    # Scopes.

    def _enter(self, kind, name, node, body):
        scope = Scope(kind, name, node.lineno, self.scope)
        self.scopes.append(scope)
        self.scope, outer = scope, self.scope
        self._declare_globals(body)
        return outer

    def _declare_globals(self, body):
        """`global` and `nonlocal` hold for the whole block, so they are read before it."""
        waiting = list(body)
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.Global):
                self.scope.global_names.update(node.names)
            elif isinstance(node, ast.Nonlocal):
                self.scope.nonlocal_names.update(node.names)
            elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.expr)):
                waiting.extend(ast.iter_child_nodes(node))

    def bind(self, name, how='other', value=None, scope=None):
        scope = scope or self.scope
        binding = Binding(how, value, self.scope, self._moment())
        if name in scope.global_names:
            scope = scope.module()
        elif name in scope.nonlocal_names:
            scope = scope.parent.owner(name) or scope
        scope.bindings.setdefault(name, []).append(binding)

    # Blocks.

    def visit_FunctionDef(self, node):
        for decorator in node.decorator_list:
            self.visit(decorator)
        self.bind(node.name, 'function', node)
        in_class = self.scope.kind == 'class'
        static = any(isinstance(each, ast.Name) and each.id == 'staticmethod' for each in node.decorator_list)
        self._outside_of_arguments(node.args)
        if node.returns:
            self.visit(node.returns)
        outer = self._enter('function', node.name, node, node.body)
        self.scope.definition = node
        self._parameters(node.args)
        first = (node.args.posonlyargs + node.args.args)[:1]
        if in_class and not static and first:
            self.scope.receiver = first[0].arg
        self._frame_body(node.body)
        self.scope = outer

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        self._outside_of_arguments(node.args)
        outer = self._enter('function', 'lambda', node, [])
        self._parameters(node.args)
        self._frame_body([node.body])
        self.scope = outer

    def _outside_of_arguments(self, arguments):
        for default in arguments.defaults + [each for each in arguments.kw_defaults if each]:
            self.visit(default)
        for argument in self._all_arguments(arguments):
            if argument.annotation:
                self.visit(argument.annotation)

    def _parameters(self, arguments):
        for argument in self._all_arguments(arguments):
            starred = argument in (arguments.vararg, arguments.kwarg)
            self.bind(argument.arg, *(() if starred else ('parameter', argument)))

    @staticmethod
    def _all_arguments(arguments):
        rest = [each for each in (arguments.vararg, arguments.kwarg) if each]
        return arguments.posonlyargs + arguments.args + arguments.kwonlyargs + rest

    def visit_ClassDef(self, node):
        for outside in node.decorator_list + node.bases + [keyword.value for keyword in node.keywords]:
            self.visit(outside)
        outer = self._enter('class', node.name, node, node.body)
        made, self.scope = self.scope, outer
        made.bases = node.bases
        self.bind(node.name, 'class', made)
        self.scope = made
        self._frame_body(node.body)
        self.scope = outer

    def _comprehension(self, node):
        # The first iterable belongs to the scope around the comprehension.
        first = node.generators[0]
        self.visit(first.iter)
        name = {'ListComp': 'listcomp', 'SetComp': 'setcomp', 'DictComp': 'dictcomp', 'GeneratorExp': 'genexpr'}
        outer = self._enter('comprehension', name[type(node).__name__], node, [])
        for generator in node.generators:
            if generator is not first:
                self.visit(generator.iter)
            self._target(generator.target, 'element', generator.iter, outer if generator is first else None)
            for condition in generator.ifs:
                self.visit(condition)
        for part in ('elt', 'key', 'value'):
            if hasattr(node, part):
                self.visit(getattr(node, part))
        self.scope = outer

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension

    # Bindings.

    def visit_Import(self, node):
        self._mention(node)
        for alias in node.names:
            if alias.asname:
                self.bind(alias.asname, 'import', alias.name)
            else:
                top = alias.name.partition('.')[0]
                self.bind(top, 'import', top)

    def visit_ImportFrom(self, node):
        self._mention(node)
        for alias in node.names:
            module = '.' * node.level + (node.module or '')
            if alias.name == '*':
                self.scope.module().stars.append(module)
            else:
                self.bind(alias.asname or alias.name, 'from', (module, alias.name))

    def visit_Assign(self, node):
        self.visit(node.value)
        for target in node.targets:
            self._target(target, 'value', node.value)

    def visit_AnnAssign(self, node):
        self.visit(node.annotation)
        if node.value:
            self.visit(node.value)
            self._target(node.target, 'value', node.value)
        else:
            # `x: T` makes the name local, although it gives no value.
            self._target(node.target, 'value', ast.Constant(value=None))

    def visit_NamedExpr(self, node):
        self.visit(node.value)
        scope = self.scope
        while scope.kind == 'comprehension':
            scope = scope.parent
        self.bind(node.target.id, 'value', node.value, scope)

    def visit_For(self, node):
        self.visit(node.iter)
        self._block(node.body, True, [lambda: self._target(node.target, 'element', node.iter)])
        self._block(node.orelse)

    visit_AsyncFor = visit_For

    def visit_withitem(self, node):
        self.visit(node.context_expr)
        if node.optional_vars:
            self._target(node.optional_vars, 'entered', node.context_expr)

    def visit_ExceptHandler(self, node):
        if node.type:
            self.visit(node.type)
        self._block(node.body, False, [lambda: node.name and self.bind(node.name)])

    def visit_MatchAs(self, node):
        if node.pattern:
            self.visit(node.pattern)
        if node.name:
            self.bind(node.name)

    def visit_MatchStar(self, node):
        if node.name:
            self.bind(node.name)

    def visit_MatchMapping(self, node):
        self.generic_visit(node)
        if node.rest:
            self.bind(node.rest)

    def _target(self, target, how, value, value_scope=None):
        """Binds what stands left of `=`, after `for`, after `as`."""
        if isinstance(target, ast.Name):
            self.bind(target.id, how, value)
            if value_scope is not None:
                bound = self.scope.bindings[target.id]
                bound[-1] = bound[-1]._replace(scope=value_scope)
        elif isinstance(target, ast.Starred):
            self._target(target.value, 'other', None)
        elif isinstance(target, (ast.Tuple, ast.List)):
            pairs = self._pairs(target.elts, how, value)
            for part, (part_how, part_value) in zip(target.elts, pairs):
                self._target(part, part_how, part_value)
        else:
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
                owner = self.scope.receiver_class(target.value.id)
                if owner is not None:
                    binding = Binding(how, value, self.scope, self._moment())
                    owner.attributes.setdefault(target.attr, []).append(binding)
            self.visit(target)

    @staticmethod
    def _pairs(targets, how, value):
        alike = (how == 'value' and isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(targets)
                 and not any(isinstance(each, ast.Starred) for each in targets + value.elts))
        return [('value', each) for each in value.elts] if alike else [('other', None)] * len(targets)

    # Mentions.

    def visit(self, node):
        self._path.append(node)
        super().visit(node)
        self._path.pop()

    def _mention(self, node):
        self.mentions.append(Mention(node, self.scope, self._path[-2], self._moment()))

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Load):
            self._mention(node)
        else:
            self.bind(node.id, 'deleted' if isinstance(node.ctx, ast.Del) else 'other')

    def visit_Attribute(self, node):
        self._mention(node)
        self.generic_visit(node)

    def visit_Call(self, node):
        self._mention(node)
        self._note_append(node)
        self.generic_visit(node)

    def _note_append(self, call):
        """`threads.append(x)` tells what the elements of `threads` are."""
        function = call.func
        if not (isinstance(function, ast.Attribute) and function.attr == 'append' and len(call.args) == 1):
            return
        binding = Binding('appended', call.args[0], self.scope, self._moment())
        holder = function.value
        if isinstance(holder, ast.Name):
            owner = self.scope.owner(holder.id)
            if owner is not None:
                owner.bindings[holder.id].append(binding)
        elif isinstance(holder, ast.Attribute) and isinstance(holder.value, ast.Name):
            owner = self.scope.receiver_class(holder.value.id)
            if owner is not None:
                owner.attributes.setdefault(holder.attr, []).append(binding)


def read(tree):
    return Reading(tree)
