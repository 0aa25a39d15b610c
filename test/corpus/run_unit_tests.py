"""Runs modules of unit tests: `python3 run_unit_tests.py < modules.json > outcomes.json`.

Reads a JSON list of dotted names and prints for each [ran, failed, skipped]. What the tests print goes to standard error.
"""
import json
import os
import sys
import unittest


def main():
    modules = json.load(sys.stdin)
    out, sys.stdout = os.fdopen(os.dup(1), 'w'), sys.stderr
    outcomes = {module: outcome(module) for module in modules}
    json.dump(outcomes, out)
    out.flush()
    # Threads of the tests that are still there would keep the process.
    os._exit(0)


def outcome(module):
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromName(module).run(result)
    return [result.testsRun, len(result.failures) + len(result.errors), len(result.skipped)]


if __name__ == '__main__':
    main()
