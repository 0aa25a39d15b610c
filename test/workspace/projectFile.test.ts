import { describe, expect, it } from 'vitest';
import { presets } from '../../server/src/workspace/project/presets';
import { readProjectFile } from '../../server/src/workspace/projectFile';

const own = 'file:///p/.eventlet-migration.toml';
const pyproject = 'file:///p/pyproject.toml';

function read(uri: string, text: string): ReturnType<typeof readProjectFile> {
  return readProjectFile(uri, text);
}

/** Each problem with the text it points at. */
function problems(text: string): readonly string[] {
  return read(own, text)?.problems.map(({ start, end, message }) => `${text.slice(start, end)}: ${message}`) ?? [];
}

describe('a project file', () => {
  it('has its keys at the top, or in the tool’s table of pyproject.toml', () => {
    const keys = 'target = "asyncio"\nforbid = ["threading"]\npython = "3.11"\nexclude = ["vendor/**"]\npatched = ["time", "thread"]\n';
    const project = { target: 'asyncio', forbid: ['threading'], python: '3.11', exclude: ['vendor/**'], patched: ['time', 'thread'] };
    expect(read(own, keys)).toEqual({ project, problems: [] });
    expect(read(pyproject, `[tool.eventlet-migration]\n${keys}`)).toEqual({ project, problems: [] });
    expect(read(pyproject, '[tool]\neventlet-migration = { target = "asyncio" }\n[tool.black]\ntarget = 1\n')).toEqual({ project: { target: 'asyncio' }, problems: [] });
  });

  it('takes the version of Python from requires-python', () => {
    expect(read(pyproject, '[project]\nrequires-python = ">=3.10,<4"\n')?.project).toEqual({ python: '3.10' });
    expect(read(pyproject, '[project]\nrequires-python = ">=3.10"\n[tool.eventlet-migration]\npython = "3.8"\n')?.project).toEqual({ python: '3.8' });
  });

  it('has severities in either spelling', () => {
    expect(read(own, 'severity = { sleep = "error", spawn = "off" }\n')?.project).toEqual({ severity: { sleep: 'error', spawn: 'off' } });
    expect(read(own, '[severity]\nsleep = "hint"\n')?.project).toEqual({ severity: { sleep: 'hint' } });
  });

  it('says what is wrong in it and where, and what is right counts all the same', () => {
    expect(problems('taget = "x"\n')).toEqual(['taget: `taget` is no setting; did you mean `target`?']);
    expect(problems('target = "threads"\n')).toEqual(['"threads": `threads` is none of threading, asyncio']);
    expect(problems('python = 3.9\n')).toEqual(['3.9: this must be a string in quotes']);
    expect(problems('python = "2.7"\n')).toEqual(['"2.7": `2.7` is not a version of Python, such as "3.9"']);
    expect(problems('forbid = "asyncio"\n')).toEqual(['"asyncio": this must be a list, such as ["asyncio"]']);
    expect(problems('zzzzzzzz = 1\n')[0]).toMatch(/there are preset, target, .* and helper-module$/);
    expect(problems('target.x = "threading"\n')[0]).toContain('`target` is no table; write it as `target = "threading"`');
    expect(problems('severity = "error"\n')).toEqual(['"error": `severity` is a table, such as `severity = { sleep = "error" }`']);
    expect(problems('[severity]\nnap = "error"\n')).toEqual(['nap: `nap` is no rule of this tool; the editor completes those that there are']);
    expect(problems('severity = { slep = "error" }\n')).toEqual(['slep: `slep` is no rule of this tool; did you mean `sleep`?']);
    expect(read(own, 'target = "nothing"\npython = "3.12"\n')?.project).toEqual({ python: '3.12' });
  });

  it('names the project’s own helpers, by eventlet’s names with or without dots', () => {
    const helpers = { spawn: 'service.threads.spawn', 'tpool.execute': 'service.threads.run', 'sleep(0)': 'service.threads.pause' };
    expect(read(own, '[helpers]\nspawn = "service.threads.spawn"\ntpool.execute = "service.threads.run"\n"sleep(0)" = "service.threads.pause"\n')).toEqual({ project: { helpers }, problems: [] });
    expect(problems('helpers = { spwan = "a.b" }\n')).toEqual(['spwan: `spwan` is no name of eventlet; did you mean `spawn`?']);
    expect(problems('helpers = { spawn = "run" }\n')[0]).toMatch(/is not the dotted name of a function or class/);
    expect(problems('helper-module = "a/b.py"\n')[0]).toMatch(/is not the dotted name of a module/);
    expect(read(own, 'helper-module = "service.concurrency"\n')?.project).toEqual({ 'helper-module': 'service.concurrency' });
  });

  it('may start from a preset; what it says itself counts more', () => {
    expect(read(own, 'preset = "generic"\n')?.project).toEqual({ target: 'threading' });
    const nova = read(own, 'preset = "nova"\ntarget = "asyncio"\nforbid = []\nhelpers = { spawn = "mine.spawn" }\n')?.project;
    expect(nova).toMatchObject({ target: 'asyncio', forbid: [], helpers: { spawn: 'mine.spawn', 'sleep(0)': 'nova.utils.cooperative_yield' } });
    expect(problems('preset = "novva"\n')).toEqual(['"novva": `novva` is none of nova, neutron, cinder, swift, generic']);
  });

  it.each(Object.entries(presets))('the preset %s has nothing that a file could not say', (_, { about: _about, ...said }) => {
    const toml = Object.entries(said).map(([key, value]) => `${key} = ${typeof value === 'object' && !Array.isArray(value) ? `{ ${Object.entries(value).map(([name, dotted]) => `"${name}" = "${dotted}"`).join(', ')} }` : JSON.stringify(value)}`);
    expect(read(own, toml.join('\n'))).toEqual({ project: said, problems: [] });
  });

  it('that is no TOML is a problem where it breaks', () => {
    expect(problems('target = \n')).toHaveLength(1);
    expect(read(pyproject, 'this is [ not TOML')).toBeUndefined();
  });

  it('of others is not ours', () => {
    expect(read(pyproject, '[tool.black]\nline-length = 100\n')).toBeUndefined();
  });
});
