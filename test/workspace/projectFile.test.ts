import { describe, expect, it } from 'vitest';
import { readProjectFile } from '../../server/src/workspace/projectFile';

const own = 'file:///p/.eventlet-migration.toml';
const pyproject = 'file:///p/pyproject.toml';

function read(uri: string, text: string): ReturnType<typeof readProjectFile> {
  return readProjectFile(uri, text, ['sleep', 'spawn']);
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
    expect(problems('taget = "x"\n')).toEqual(['taget: `taget` is no setting; there are target, forbid, python, exclude, patched and severity']);
    expect(problems('target = "threads"\n')).toEqual(['"threads": `threads` is none of threading, asyncio']);
    expect(problems('python = 3.9\n')).toEqual(['3.9: this must be a string in quotes']);
    expect(problems('[severity]\nnap = "error"\n')).toEqual(['nap: `nap` is no rule of this tool']);
    expect(read(own, 'target = "nothing"\npython = "3.12"\n')?.project).toEqual({ python: '3.12' });
  });

  it('that is no TOML is a problem where it breaks', () => {
    expect(problems('target = \n')).toHaveLength(1);
    expect(read(pyproject, 'this is [ not TOML')).toBeUndefined();
  });

  it('of others is not ours', () => {
    expect(read(pyproject, '[tool.black]\nline-length = 100\n')).toBeUndefined();
  });
});
