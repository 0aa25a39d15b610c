"""The modules of a project, found as Python's import system finds them: by trying paths.

A module is known by its path below the project's folder without `.py` or `/__init__.py`; a folder without `__init__.py` is a
namespace package. Nothing here knows what is in a module; its oracle does.
"""
import ast
import os
from collections import namedtuple

#: What an expression is known to be. `what`: module, name (`detail`: canonical dotted name), object or list
#: (`detail`: frozenset of kinds), or something of the project: class, function (`detail`: scope), project (a module or a
#: folder; `detail`: its path). `via`: the file of the project that it was taken from. `held`: whether a class holds it.
Value = namedtuple('Value', 'what detail via held', defaults=[None, False])

#: Folders below the project's that may be on the search path.
_SOURCES = ('', 'src', 'lib')


class Project:
    """`folder` may be None: then there is nothing but the files whose content is given. `make` makes the oracle of a file."""

    def __init__(self, folder, make):
        self.folder, self.make = folder, make
        self.asking = set()
        self.oracles = {}

    def oracle(self, path, content=None):
        """The oracle of a file; None where it cannot be parsed, unless its content is given."""
        if path not in self.oracles:
            self.oracles[path] = None
            try:
                self.oracles[path] = self.make(self.read(path) if content is None else content, self, path)
            except (SyntaxError, ValueError):
                if content is not None:
                    raise
        return self.oracles[path]

    def module(self, name, importer):
        """The module that a file imports by a name, relative or not; None where the project does not have it."""
        dots = len(name) - len(name.lstrip('.'))
        parts = [part for part in name.split('.') if part]
        around = importer.split('/')[:-1]
        if dots:
            base = around[:len(around) - dots + 1]
            return self.first(['/'.join(base + parts)]) if dots <= len(around) + 1 else None
        beside = [] if self.is_file('/'.join([*around, '__init__.py'])) else ['/'.join(around + parts)]
        return self.first(beside + [os.path.join(source, *parts) for source in _SOURCES] + self.below_packages(around, parts))

    def below_packages(self, around, parts):
        """The folder that holds the topmost package around the importer is on the search path, too."""
        top = len(around)
        while top and self.is_file('/'.join([*around[:top], '__init__.py'])):
            top -= 1
        return ['/'.join(around[:top] + parts)]

    def first(self, candidates):
        return next((each for each in candidates if each and self.exists(each)), None)

    def exists(self, module):
        return self.file(module) is not None or (self.folder is not None and os.path.isdir(os.path.join(self.folder, module)))

    def file(self, module):
        return next((path for path in (f'{module}/__init__.py', f'{module}.py') if self.is_file(path)), None)

    def member(self, module, name):
        """What a module has under a name: what its code binds, else the module below it."""
        path = self.file(module)
        oracle = self.oracle(path) if path else None
        value = oracle.exported(name) if oracle else None
        if value is not None:
            return value._replace(via=path) if value.what != 'project' else value
        below = f'{module}/{name}'
        return Value('project', below) if self.exists(below) else None

    def star_names(self, module, around=()):
        """What `from module import *` brings in."""
        path = self.file(module)
        oracle = self.oracle(path) if path else None
        if oracle is None or module in around:
            return set()
        offered = self.offered(oracle, around)
        if offered is not None:
            return offered
        names = set(oracle.module.bindings)
        for star in oracle.module.stars:
            source = self.module(star, path)
            names |= self.star_names(source, (*around, module)) if source is not None else self.make.star_names(star)
        return {name for name in names if not name.startswith('_')}

    def offered(self, oracle, around):
        """The module's `__all__`; None where it has none."""
        found = None
        for node in ast.walk(ast.Module(body=oracle.body, type_ignores=[])):
            value = None
            if isinstance(node, ast.Assign) and any(is_all(target) for target in node.targets):
                value = node.value
            elif isinstance(node, (ast.AugAssign, ast.AnnAssign)) and is_all(node.target):
                value = node.value
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_all(node.func.value) and node.args:
                value = node.args[0]
            if value is not None:
                found = (found or set()) | self.strings(value, oracle, around)
        return found

    def strings(self, node, oracle, around):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return {node.value}
        if isinstance(node, (ast.List, ast.Tuple)):
            return set().union(*[self.strings(each, oracle, around) for each in node.elts])
        if isinstance(node, ast.BinOp):
            return self.strings(node.left, oracle, around) | self.strings(node.right, oracle, around)
        if isinstance(node, ast.Attribute) and node.attr == '__all__':
            other = oracle.value(node.value, oracle.module)
            return self.star_names(other.detail, (*around, None)) if other and other.what == 'project' else set()
        return set()

    def read(self, path):
        with open(os.path.join(self.folder, path), 'rb') as file:
            return file.read()

    def is_file(self, path):
        return self.folder is not None and os.path.isfile(os.path.join(self.folder, path))


def is_all(node):
    return isinstance(node, ast.Name) and node.id == '__all__'
