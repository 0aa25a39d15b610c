import { describe, expect, it } from 'vitest';
import { eventlet } from '../../server/src/python/eventlet';
import { importMentionsOf } from '../../server/src/workspace/importMentions';
import { Modules } from '../../server/src/workspace/modules';

/** What dotted names mean from a file of a project, by its imports alone. */
function project(files: Readonly<Record<string, string>>): (from: string, dotted: string) => string | undefined {
  const modules = new Modules(
    eventlet,
    Object.entries(files).map(([path, text]) => ({ path, imports: importMentionsOf(text, path), exports: [] })),
  );
  return (from, dotted) => {
    const found = modules.reach(from).resolve(dotted);
    return found?.value.kind === 'name' ? `${found.value.dotted} via ${found.via ?? 'itself'}` : undefined;
  };
}

describe('names are followed through modules', () => {
  it('one', () => {
    const means = project({ 'pkg/__init__.py': '', 'pkg/compat.py': 'from eventlet import sleep as nap\nimport eventlet\n' , 'pkg/a.py': '' });
    expect(means('pkg/a.py', 'pkg.compat.nap')).toBe('eventlet.sleep via pkg.compat');
    expect(means('pkg/a.py', '.compat.nap')).toBe('eventlet.sleep via pkg.compat');
    expect(means('pkg/a.py', 'pkg.compat.sleep')).toBeUndefined();
    expect(means('other.py', 'compat.nap')).toBeUndefined();
  });

  it('any number, and packages hand on what their modules have', () => {
    const means = project({
      'a/__init__.py': 'from .b import *\n',
      'a/b.py': 'from a.c import (\n    spawn,  # comment\n    sleep as pause,\n)\n',
      'a/c.py': 'try:\n    from eventlet import spawn, sleep\nexcept ImportError:\n    pass\n',
    });
    expect(means('main.py', 'a.spawn')).toBe('eventlet.spawn via a');
    expect(means('main.py', 'a.pause')).toBe('eventlet.sleep via a');
    expect(means('main.py', 'a.sleep')).toBeUndefined();
  });

  it('a submodule of eventlet and its attributes', () => {
    const means = project({ 'm.py': 'from eventlet import greenthread\nfrom eventlet.green import socket as green_socket\n' });
    expect(means('x.py', 'm.greenthread.sleep')).toBe('eventlet.greenthread.sleep via m');
    expect(means('x.py', 'm.green_socket')).toBe('eventlet.green.socket via m');
  });

  it('cycles end', () => {
    const means = project({ 'a.py': 'from b import x\n', 'b.py': 'from a import x\n', 'c.py': 'from c import *\n' });
    expect(means('d.py', 'a.x')).toBeUndefined();
    expect(means('d.py', 'c.x')).toBeUndefined();
  });

  it('in a src layout, in a namespace package and below several roots', () => {
    const means = project({ 'src/pkg/__init__.py': '', 'src/pkg/m.py': 'from eventlet import sleep\n', 'space/m.py': 'from eventlet import spawn\n' });
    expect(means('src/pkg/n.py', 'pkg.m.sleep')).toBe('eventlet.sleep via pkg.m');
    expect(means('src/pkg/n.py', '.m.sleep')).toBe('eventlet.sleep via src.pkg.m');
    expect(means('space/n.py', 'space.m.spawn')).toBe('eventlet.spawn via space.m');
  });

  it('other packages of that name are not meant', () => {
    const means = project({ 'pkg/eventlet.py': 'def sleep(): pass\n', 'pkg/__init__.py': 'from . import eventlet\n' });
    expect(means('pkg/a.py', '.eventlet.sleep')).toBeUndefined();
    expect(means('pkg/a.py', 'pkg.eventlet')).toBeUndefined();
  });
});
