import { describe, expect, it } from 'vitest';
import { completions, projectHover } from '../../server/src/features/projectFile';
import { projectSchema } from '../../server/src/features/projectSchema';
import { projectKeys } from '../../server/src/workspace/project/keys';

const own = 'file:///p/.eventlet-migration.toml';
const pyproject = 'file:///p/pyproject.toml';

/** What is offered where the text has its `‸`. */
function offered(marked: string, uri = own): readonly string[] {
  return completions(uri, marked.replace('‸', ''), marked.indexOf('‸')).map(({ label }) => label);
}

/** The text after the offer of this name was taken. */
function taken(marked: string, label: string, uri = own): string | undefined {
  const [text, offset] = [marked.replace('‸', ''), marked.indexOf('‸')];
  const found = completions(uri, text, offset).find((completion) => completion.label === label);
  return found && text.slice(0, found.start) + found.newText + text.slice(offset);
}

/** The first line of what is said at the `‸`, and the rest. */
function told(marked: string, uri = own): readonly string[] {
  const found = projectHover(uri, marked.replace('‸', ''), marked.indexOf('‸'));
  return found?.markdown.split('\n\n') ?? [];
}

describe('completion in a project file', () => {
  it('offers all keys at the top of our own file, and in our table of pyproject.toml', () => {
    expect(offered('‸')).toEqual(Object.keys(projectKeys));
    expect(offered('target = "threading"\nfor‸')).toContain('forbid');
    expect(offered('[project]\nname = "x"\n[tool.eventlet-migration]\n‸', pyproject)).toEqual(Object.keys(projectKeys));
  });

  it('offers nothing in what is not ours', () => {
    expect(offered('[tool.black]\n‸', pyproject)).toEqual([]);
    expect(offered('‸', pyproject)).toEqual([]);
    expect(offered('target = "threading" ‸')).toEqual([]);
    expect(offered('nonsense = "‸')).toEqual([]);
  });

  it('offers the values of a key, in quotes', () => {
    expect(offered('target = ‸')).toEqual(['threading', 'asyncio']);
    expect(taken('target = ‸\n', 'asyncio')).toBe('target = "asyncio"\n');
    expect(taken('target = "thr‸\n', 'threading')).toBe('target = "threading"\n');
    expect(taken("preset = '‸", 'nova')).toBe("preset = 'nova'");
    expect(taken('target = "‸"\n', 'threading')).toBe('target = "threading"\n');
  });

  it('offers the items of a list, on one line or on several', () => {
    expect(taken('patched = ‸', 'time')).toBe('patched = ["time"]');
    expect(taken('patched = ["thread", ‸', 'time')).toBe('patched = ["thread", "time"');
    expect(taken('patched = [\n  "thread", # why\n  "ti‸\n]', 'time')).toBe('patched = [\n  "thread", # why\n  "time"\n]');
    expect(offered('patched = ["time"]\n‸')).toContain('severity');
  });

  it('offers rules and names of eventlet as keys of their tables, and what they may be', () => {
    expect(taken('[severity]\nsl‸', 'sleep')).toBe('[severity]\nsleep = ');
    expect(offered('[tool.eventlet-migration.severity]\nsleep = "‸', pyproject)).toEqual(['error', 'warning', 'information', 'hint', 'off']);
    expect(taken('severity = { sleep = "hint", spa‸', 'spawn')).toBe('severity = { sleep = "hint", spawn = ');
    expect(taken('[helpers]\n‸', 'sleep(0)')).toBe('[helpers]\n"sleep(0)" = ');
    expect(taken('[helpers]\n"tp‸', 'tpool.execute')).toBe('[helpers]\n"tpool.execute" = ');
  });

  it('offers our tables where a table begins', () => {
    expect(taken('[to‸', 'tool.eventlet-migration', pyproject)).toBe('[tool.eventlet-migration]');
    expect(taken('[‸]', 'helpers')).toBe('[helpers]');
    expect(offered('[‸')).toEqual(['severity', 'helpers']);
  });
});

describe('hover in a project file', () => {
  it('explains a key, with an example and what may be said', () => {
    const [title, about, example, choices] = told('tar‸get = "threading"\n');
    expect([title, about, example]).toEqual(['**target**', projectKeys.target.about, '`target = "threading"`']);
    expect(choices).toContain('- `asyncio`: Coroutines');
    expect(told('[tool.eventlet-migration]\npreset‸ = "nova"\n', pyproject)[0]).toBe('**preset**');
  });

  it('explains a value, and a row of a table', () => {
    expect(told('preset = "no‸va"\n')[1]).toContain('`nova`: Native threads only');
    expect(told('[severity]\nsle‸ep = "hint"\n')).toEqual(['**severity.sleep**', projectKeys.severity.about, '`sleep`: Sleeping']);
    expect(told('patched = ["thread", "ti‸me"]\n')[1]).toBe('`time`: `monkey_patch(time=True)`');
  });

  it('is silent elsewhere', () => {
    expect(told('[tool.black]\ntar‸get = 1\n', pyproject)).toEqual([]);
    expect(told('target = ‸')).toEqual([]);
  });
});

it('the schema knows every key, and nothing else', () => {
  expect(projectSchema()).toMatchObject({
    additionalProperties: false,
    properties: { target: { type: 'string', enum: ['threading', 'asyncio'] }, severity: { additionalProperties: false, properties: { sleep: { enum: expect.arrayContaining(['off']) } } } },
  });
  expect(Object.keys((projectSchema() as { properties: object }).properties)).toEqual(Object.keys(projectKeys));
});
