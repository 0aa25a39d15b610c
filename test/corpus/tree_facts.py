"""What must not change for the worse when files are rewritten: `python3 tree_facts.py FOLDER < paths.json`.

Reads a JSON list of paths relative to the folder; prints for each {parses, comments, messages}: whether Python parses
the file, its comments, and what pyflakes says about it, without line numbers.
"""
import ast
import io
import json
import os
import re
import sys
import tokenize

from pyflakes import checker


def main(folder):
    facts = {}
    for path in json.load(sys.stdin):
        with open(os.path.join(folder, path), 'rb') as file:
            facts[path] = facts_of(file.read(), path)
    json.dump(facts, sys.stdout)


def facts_of(content, path):
    try:
        tree = ast.parse(content)
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
