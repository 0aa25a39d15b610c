import { describe, expect, it } from 'vitest';
import { eventlet } from '../../server/src/python/eventlet';
import { importMentionsOf } from '../../server/src/workspace/importMentions';
import { Modules } from '../../server/src/workspace/modules';
import { offerOf } from '../../server/src/workspace/offers';

/** What dotted names mean from a file of a project, by its imports alone. */
function project(files: Readonly<Record<string, string>>): (from: string, dotted: string) => string | undefined {
  const modules = modulesOf(files);
  return (from, dotted) => {
    const found = modules.reach(from).resolve(dotted);
    return found?.kind === 'name' ? `${found.dotted} via ${found.trail?.[0]?.module ?? 'itself'}` : undefined;
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

  it('a function that is called like its module leads nowhere, and comes to an end', () => {
    const means = project({ 'pkg/__init__.py': 'from pkg.poll import poll\n', 'pkg/poll.py': 'import eventlet\n' });
    expect(means('use.py', 'pkg.poll')).toBeUndefined();
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
    expect(means('src/pkg/n.py', '.m.sleep')).toBe('eventlet.sleep via pkg.m');
    expect(means('space/n.py', 'space.m.spawn')).toBe('eventlet.spawn via space.m');
  });

  it('without a package above, below a folder for sources', () => {
    const means = project({ 'src/space/m.py': 'from eventlet import sleep\n', 'src/main.py': 'from space.m import sleep\n' });
    expect(means('src/other.py', 'space.m.sleep')).toBe('eventlet.sleep via space.m');
    expect(means('src/other.py', 'main.sleep')).toBe('eventlet.sleep via main');
  });

  it('beside a script first', () => {
    const means = project({ 'a/helper.py': 'from eventlet import sleep\n', 'b/helper.py': 'from eventlet import spawn\n', 'b/run.py': '' });
    expect(means('a/run.py', 'helper.sleep')).toBe('eventlet.sleep via a.helper');
    expect(means('b/run.py', 'helper.spawn')).toBe('eventlet.spawn via b.helper');
    expect(means('b/run.py', 'helper.sleep')).toBeUndefined();
  });

  it('from relative imports of any depth', () => {
    const means = project({ 'pkg/__init__.py': 'from .sub.deep import nap\n', 'pkg/sub/__init__.py': '', 'pkg/sub/deep.py': 'from ...pkg.compat import nap\n', 'pkg/compat.py': 'from eventlet import sleep as nap\n' });
    expect(means('pkg/sub/deep.py', '..nap')).toBe('eventlet.sleep via pkg');
    expect(means('pkg/sub/deep.py', '..compat.nap')).toBe('eventlet.sleep via pkg.compat');
    expect(means('pkg/sub/deep.py', '...pkg.sub.deep.nap')).toBe('eventlet.sleep via pkg.sub.deep');
  });

  it('through a module under another name', () => {
    const means = project({ 'a.py': 'import pkg.compat as c\nfrom pkg import compat\n', 'pkg/__init__.py': 'from ._impl import green as compat\n', 'pkg/_impl/__init__.py': '', 'pkg/_impl/green.py': 'from eventlet import sleep\n' });
    expect(means('b.py', 'a.compat.sleep')).toBe('eventlet.sleep via a');
    expect(means('b.py', 'pkg.compat.sleep')).toBe('eventlet.sleep via pkg');
    expect(means('b.py', 'a.c.sleep')).toBe('eventlet.sleep via a');
  });

  it('the other branch counts where one of two imports leads in a circle', () => {
    const means = project({ 'a.py': 'try:\n    from b import sleep\nexcept ImportError:\n    from eventlet import sleep\n', 'b.py': 'from a import sleep\n' });
    expect(means('c.py', 'a.sleep')).toBe('eventlet.sleep via a');
    expect(means('c.py', 'b.sleep')).toBe('eventlet.sleep via b');
  });

  it('through other packages that may run on eventlet', () => {
    const means = project({ 'app/__init__.py': '', 'app/hub.py': 'from os_ken.lib.hub import spawn as go\n' });
    expect(means('main.py', 'app.hub.go')).toBe('eventlet.spawn via app.hub');
    expect(means('main.py', 'ryu.lib.hub.sleep')).toBe('eventlet.sleep via ryu.lib.hub');
    expect(means('main.py', 'ryu.lib.hub.Event')).toBeUndefined();
  });

  it('other packages of that name are not meant', () => {
    const means = project({ 'pkg/eventlet.py': 'def sleep(): pass\n', 'pkg/__init__.py': 'from . import eventlet\n' });
    expect(means('pkg/a.py', '.eventlet.sleep')).toBeUndefined();
    expect(means('pkg/a.py', 'pkg.eventlet')).toBeUndefined();
  });
});

describe('a star import brings in', () => {
  const names = (files: Readonly<Record<string, string>>, module: string): string =>
    modulesOf(files).reach('main.py').starNames(module).map(([name]) => name).sort().join(' ');

  it('everything without an underscore', () => {
    expect(names({ 'm.py': 'from eventlet import sleep, spawn as _spawn\nimport os\n' }, 'm')).toBe('sleep');
  });

  it('what `__all__` says instead', () => {
    expect(names({ 'm.py': '__all__ = ["sleep", "_UNKNOWN"]\nfrom eventlet import sleep, spawn\nfrom eventlet.green.http.client import _UNKNOWN\n' }, 'm')).toBe('_UNKNOWN sleep');
    expect(names({ 'm.py': '__all__: list[str] = (\n    "sleep",  # "spawn"\n)\nfrom eventlet import sleep, spawn\n' }, 'm')).toBe('sleep');
  });

  it('what is added to `__all__`', () => {
    const files = {
      'm.py': 'from eventlet import sleep, spawn, kill, Event\nfrom pkg import other\nfrom pkg.other import *\n__all__ = ["sleep"] + other.__all__\n__all__ += ["spawn"]\n__all__.append("kill")\n__all__.extend(("Event",))\n',
      'pkg/__init__.py': '',
      'pkg/other.py': 'from eventlet import Timeout, Queue\n__all__ = ["Timeout"]\n',
    };
    expect(names(files, 'm')).toBe('Event Timeout kill sleep spawn');
  });

  it('what other stars brought in', () => {
    const files = { 'a.py': 'from b import *\n', 'b.py': 'from c import *\nfrom a import *\n', 'c.py': 'from eventlet import *\n' };
    expect(names(files, 'a')).toContain('sleep spawn');
    expect(modulesOf(files).reach('main.py').resolve('a.sleep')).toMatchObject({ dotted: 'eventlet.sleep' });
    expect(modulesOf(files).reach('main.py').resolve('a.unheard_of')).toBeUndefined();
  });
});

describe('a root that is a package itself', () => {
  const modules = modulesOf({ '__init__.py': 'from .low import nap\n', 'low.py': 'from eventlet import sleep as nap\n', 'sub/__init__.py': '', 'sub/a.py': '' }, 'file:///p/nova');

  it.each(['nova.low.nap', 'nova.nap', '..low.nap'])('%s is found', (dotted) => {
    expect(modules.reach('sub/a.py', 'file:///p/nova').resolve(dotted)).toMatchObject({ dotted: 'eventlet.sleep' });
  });

  it('may be part of a larger one', () => {
    expect(modules.reach('sub/a.py', 'file:///p/nova').resolve('openstack.nova.low.nap')).toMatchObject({ dotted: 'eventlet.sleep' });
    expect(modules.reach('sub/a.py', 'file:///p/nova').resolve('openstack.low.nap')).toBeUndefined();
  });
});

describe('several roots', () => {
  const modules = modulesOf({ 'm.py': 'from eventlet import sleep\n' }, 'file:///one');
  it('find each other', () => expect(modules.reach('x.py', 'file:///two').resolve('m.sleep')).toMatchObject({ dotted: 'eventlet.sleep' }));

  it('have modules of one name', () => {
    const files = [
      { path: 'm.py', root: 'file:///one', imports: importMentionsOf('from eventlet import sleep\n', 'm.py'), exports: [] },
      { path: 'm.py', root: 'file:///two', imports: importMentionsOf('from eventlet import spawn\n', 'm.py'), exports: [] },
    ];
    const both = new Modules(eventlet, files);
    expect(both.reach('x.py', 'file:///one').resolve('m.sleep')).toBeDefined();
    expect(both.reach('x.py', 'file:///two').resolve('m.sleep')).toBeUndefined();
    expect(both.reach('x.py', 'file:///two').resolve('m.spawn')).toBeDefined();
  });
});

function modulesOf(files: Readonly<Record<string, string>>, root?: string): Modules {
  return new Modules(
    eventlet,
    Object.entries(files).map(([path, text]) => ({ path, ...(root === undefined ? {} : { root }), imports: importMentionsOf(text, path), offer: offerOf(text, path), exports: [] })),
  );
}
