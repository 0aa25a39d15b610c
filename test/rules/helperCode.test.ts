import { describe, expect, it } from 'vitest';
import { apply } from '../../server/src/edits/textEdit';
import { helperEdits } from '../../server/src/rules/helperCode/helperModule';
import { pieces, type HelperName } from '../../server/src/rules/helperCode/pieces';
import { parser } from '../kit/host';

describe('helper code', () => {
  it('makes a module of what is needed and what that calls', () => {
    const text = written(undefined, 'spawn_future');
    expect(text).toMatch(/^"""Threads, futures and pools for this project\."""\n\nimport concurrent\.futures\nimport logging\nimport threading\n\n\ndef log_exception/);
    expect(text.match(/^(def|class) \w+/gm)).toEqual(['def log_exception', 'def resolve', 'def spawn_future']);
  });

  it('adds what is missing, and nothing twice', () => {
    const first = written(undefined, 'spawn_future');
    const second = written(first, 'call_later');
    expect(second.match(/^(def|class) \w+/gm)).toEqual(['def log_exception', 'def resolve', 'def spawn_future', 'def call_later']);
    expect(second.match(/^import .+$/gm)).toEqual(['import concurrent.futures', 'import logging', 'import threading']);
    expect(written(second, 'call_later')).toBe(second);
  });

  it('leaves what a module has of its own', () => {
    const own = `"""Ours.

import nothing
"""
from __future__ import annotations

import os


def serve(sock):
    os.abort()
`;
    expect(written(own, 'serve')).toBe(own);
    const text = written(own, 'Countdown');
    expect(text).toContain('import annotations\n\nimport os\nimport threading\n');
    expect(text).toContain('    os.abort()\n\n\nclass Countdown:');
  });

  it('puts imports below a docstring where there are none', () => {
    expect(written('"""Ours."""\n\nLIMIT = 5\n', 'ResultEvent')).toMatch(/^"""Ours\."""\n\nimport threading\n\n\nLIMIT = 5\n\n\nclass ResultEvent:/);
  });

  it('ends lines as the module does', () => {
    expect(written('import os\r\n', 'Countdown').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it.each(Object.keys(pieces) as HelperName[])('%s parses, and its lines are no longer than PEP 8 allows', async (name) => {
    const tree = (await parser()).parse(written(undefined, name));
    expect(tree.rootNode.hasError).toBe(false);
    tree.delete();
    expect(pieces[name].code.split('\n').filter((line) => line.length > 79)).toEqual([]);
  });
});

function written(text: string | undefined, name: HelperName): string {
  return apply(text ?? '', helperEdits(text, [name]));
}
