"""What must not change for the worse when files are rewritten: `python3 tree_facts.py FOLDER < paths.json`.

Reads a JSON list of paths relative to the folder; prints for each {parses, comments, messages}: whether Python compiles
the file, its comments, and what pyflakes says about it, without line numbers.
"""
import ast
import concurrent.futures
import functools
import io
import json
import os
import re
import sys
import tokenize

from pyflakes import checker


def main(folder):
    paths = json.load(sys.stdin)
    with concurrent.futures.ProcessPoolExecutor() as pool:
        facts = pool.map(functools.partial(facts_in, folder), paths, chunksize=16)
        json.dump(dict(zip(paths, facts)), sys.stdout)


def facts_in(folder, path):
    with open(os.path.join(folder, path), 'rb') as file:
        return facts_of(file.read(), path)


def facts_of(content, path):
    try:
        tree = ast.parse(content)
        # Only this sees a `from __future__` that is not the first, or a `global` behind the use of its name.
        compile(content, path, 'exec', dont_inherit=True)
    except (SyntaxError, ValueError):
        return {'parses': False, 'comments': [], 'messages': []}
    return {'parses': True, 'comments': sorted(comments(content)), 'messages': sorted(messages(tree, path))}


def comments(content):
    return [token.string for token in tokenize.tokenize(io.BytesIO(content).readline) if token.type == tokenize.COMMENT]


def messages(tree, path):
    for message in checker.Checker(tree, path).messages:
        text = message.message % message.message_args
        yield re.sub(r'\bline \d+', 'line …', text)


if __name__ == '__main__':
    main(sys.argv[1])
