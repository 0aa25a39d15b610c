"""Who imports eventlet, and under which names: `python3 imports.py FOLDER pkg.concurrency`.

Prints JSON, by path: `lines`, those of the statements that import eventlet or greenlet, and `names`, what the file calls that which it
imports from there or from the module that stands between. A file that is no Python is left out.
"""
import ast
import json
import os
import sys

LIBRARIES = ('eventlet', 'greenlet')


def main(folder, module):
    found = {}
    for where, folders, names in os.walk(folder):
        folders[:] = [each for each in folders if not each.startswith('.')]
        for name in names:
            path = os.path.join(where, name)
            if name.endswith('.py') and not os.path.islink(path):
                facts = facts_of(path, module)
                if facts['names']:
                    found[os.path.relpath(path, folder).replace(os.sep, '/')] = facts
    json.dump(found, sys.stdout)


def facts_of(path, module):
    lines, names = [], set()
    with open(path, 'rb') as file:
        try:
            tree = ast.parse(file.read())
        except (SyntaxError, ValueError):
            return {'lines': [], 'names': []}
    for node in ast.walk(tree):
        for origin, name in imported(node):
            is_library = origin.partition('.')[0] in LIBRARIES
            if is_library:
                lines.append(node.lineno)
            if is_library or origin == module or origin.startswith(module + '.'):
                names.add(name)
    return {'lines': sorted(set(lines)), 'names': sorted(names)}


def imported(node):
    """Each name that a statement binds, with where it is from."""
    if isinstance(node, ast.Import):
        for each in node.names:
            yield each.name, each.asname or each.name.partition('.')[0]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        for each in node.names:
            yield f'{node.module}.{each.name}', each.asname or each.name


if __name__ == '__main__':
    main(*sys.argv[1:])
