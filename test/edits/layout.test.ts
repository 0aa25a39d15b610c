import { describe, expect, it } from 'vitest';
import { layout } from '../../server/src/edits/layout';

describe('the layout of a file', () => {
  it('is four spaces, single quotes and line feeds where it shows none', () => {
    expect(layout('')).toEqual({ indent: '    ', quote: "'", lineEnding: '\n', finalNewline: true });
  });

  it('has the indentation of most blocks', () => {
    expect(layout('def f():\n  if x:\n    y\n').indent).toBe('  ');
    expect(layout('def f():  # why\n\n\ty\n').indent).toBe('\t');
  });

  it('does not take hanging arguments and comments for blocks', () => {
    expect(layout('call(\n  a,\n  b)\nif x:\n      # far\n   y\n').indent).toBe('   ');
  });

  it('has the quotes of most short strings, not of docstrings, comments and quotes in strings', () => {
    expect(layout(`"""Doc."""\n"""Doc."""\na = '"'\n# "x" "y"\nb = '\\'"'\nc = "c"\n`).quote).toBe("'");
    expect(layout(`a = "it's"\nb = "b"\nc = 'c'\n`).quote).toBe('"');
  });

  it('survives a string that is never closed', () => {
    expect(layout(`a = "\nb = 'b'\nc = 'c'\nd = """ 'x' `).quote).toBe("'");
  });

  it('has the line ending of most lines', () => {
    expect(layout('a\r\nb\r\nc\n').lineEnding).toBe('\r\n');
    expect(layout('a\rb\r').lineEnding).toBe('\r');
  });

  it('knows whether the last line is ended', () => {
    expect(layout('a\r').finalNewline).toBe(true);
    expect(layout('a\nb').finalNewline).toBe(false);
  });
});
