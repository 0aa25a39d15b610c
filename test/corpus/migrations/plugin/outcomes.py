"""A plugin of pytest: writes a line of JSON, [test, passed | failed | skipped], as soon as that much is known, to the file that OUTCOMES names.

A test that fails in several phases has several lines; one that was killed has none.
"""
import json
import os
import sys


def pytest_runtest_logreport(report):
    if report.failed or report.skipped or report.when == 'call':
        put(report.nodeid, report.outcome, report)


def pytest_collectreport(report):
    if report.failed:
        put(report.nodeid, 'failed', report)


def put(test, outcome, report):
    with open(os.environ['OUTCOMES'], 'a') as file:
        file.write(json.dumps([test, outcome]) + '\n')
    if outcome == 'failed':
        print(f'{test}: {str(report.longrepr)[-400:]}', file=sys.stderr)


def pytest_unconfigure(config):
    # Threads of the tests that are still there would keep the process.
    sys.stderr.flush()
    os._exit(0)
