import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '../files/tree';
import { run } from './run';

const folders: TemporaryFolder[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

const through = ['--through', 'pkg/concurrency.py'];

describe('dual', () => {
  it('leaves a module with syntax errors alone, and says so', async () => {
    const folder = project({ 'm.py': 'import eventlet\ndef (:\n' });
    const { code, out, err } = await run(folder, 'dual', '.', '--through', 'm.py', '--write');
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: 'm.py:1: left as it is: the file has syntax errors; nothing in it is rewritten before they are gone\n' });
    expect(read(folder, 'm.py')).toBe('import eventlet\ndef (:\n');
  });

  it('lets the module decide, and writes stand-ins for what is used, and no others', async () => {
    const folder = project({
      'pkg/concurrency.py': '"""Ours."""\nimport eventlet\nimport eventlet.websocket\nfrom eventlet import sleep as nap\nfrom eventlet.green import os as green_os\n\nspawn_n = eventlet.spawn_n\n\n__all__ = ["eventlet", "nap", "green_os", "spawn_n"]\n',
      'pkg/a.py': 'from pkg.concurrency import eventlet, green_os, nap, spawn_n\n\neventlet.Queue().get()\neventlet.websocket.WebSocketWSGI(None)\nspawn_n(nap, green_os)\n',
    });
    const { code, err } = await run(folder, 'dual', '.', ...through, '--write');
    expect({ code, err }).toEqual({ code: 0, err: 'Nothing takes the place of eventlet.websocket.WebSocketWSGI: on native threads these fail when they are called.\n' });
    expect(read(folder, 'pkg/concurrency.py')).toBe(
      `"""Ours."""
import importlib.util
import os


def uses_eventlet():
    """Whether to run on eventlet: by USE_EVENTLET, else if it is there."""
    wish = os.environ.get('USE_EVENTLET', '').strip().lower()
    if wish in ('1', 'true', 'yes', 'on'):
        return True
    if wish in ('0', 'false', 'no', 'off'):
        return False
    return importlib.util.find_spec('eventlet') is not None


if uses_eventlet():
    import eventlet
    import eventlet.websocket
    from eventlet import sleep as nap
    from eventlet import spawn_n
    from eventlet.green import os as green_os
else:
    import os as green_os
    from pkg.concurrency_native import (
        eventlet,
        sleep as nap,
        spawn_n,
    )


__all__ = ["eventlet", "nap", "green_os", "spawn_n"]
`,
    );
    const native = read(folder, 'pkg/concurrency_native.py');
    expect([...native.matchAll(/^(?:class|def) ([A-Za-z]\w*)/gm)].map(([, name]) => name)).toEqual([
      ...['GreenletExit', 'sleep', 'Event', 'LightQueue', 'Queue', 'PriorityQueue', 'LifoQueue'],
      ...['GreenThread', 'spawn', 'spawn_n', 'spawn_after', 'spawn_after_local', 'kill', 'cancel', 'getcurrent'],
    ]);
    expect(native).toContain("eventlet = _Module(\n    'eventlet',\n    Queue=Queue,\n");
  });

  it('has a module for each longer way to a name that somebody goes', async () => {
    const folder = project({
      'pkg/concurrency.py': 'import eventlet\n',
      'pkg/a.py': 'from pkg.concurrency import eventlet\n\neventlet.event.Event().wait()\neventlet.sleep(1)\n',
      'pkg/test_a.py': "from unittest import mock\n\nmock.patch('pkg.concurrency.eventlet.greenthread.sleep')\n",
    });
    expect(await run(folder, 'dual', '.', ...through, '--write')).toMatchObject({ code: 0, err: '' });
    const native = read(folder, 'pkg/concurrency_native.py');
    expect(native).toContain("\neventlet_event = _Module('eventlet.event', Event=Event)\n");
    expect(native).toContain("\neventlet_greenthread = _Module('eventlet.greenthread', sleep=sleep)\n");
    expect(native).toContain('    event=eventlet_event,\n    greenthread=eventlet_greenthread,\n');
  });

  it('has something for each of the names that most projects use', async () => {
    const folder = project({
      'pkg/a.py': [
        'from eventlet import sleep, spawn, spawn_n, spawn_after, GreenPool, GreenPile, Timeout, with_timeout, Event, Queue, getcurrent, tpool, listen',
        'from eventlet.queue import LightQueue',
        'from eventlet.semaphore import Semaphore',
        'from eventlet.corolocal import local',
        'from eventlet.greenio import shutdown_safe',
        'from eventlet.green import socket, ssl, subprocess, threading',
        'from eventlet.green.http import client',
        '',
        'tpool.execute(print)',
      ].join('\n'),
    });
    await run(folder, 'route', '.', ...through, '--write');
    expect(await run(folder, 'dual', '.', ...through, '--write')).toMatchObject({ code: 0, err: '' });
    const [, native = ''] = read(folder, 'pkg/concurrency.py').split('\nelse:\n');
    for (const name of ['sleep', 'spawn', 'spawn_n', 'spawn_after', 'GreenPool', 'GreenPile', 'Timeout', 'with_timeout', 'Event', 'Queue', 'getcurrent', 'tpool', 'listen', 'LightQueue', 'Semaphore', 'local', 'shutdown_safe', 'socket', 'ssl', 'subprocess', 'threading', 'client']) {
      expect(native).toMatch(new RegExp(`^    .*\\b${name}\\b,?$`, 'm'));
    }
  });

  it('tests no more of a module than is used of it', async () => {
    const folder = project({ 'pkg/concurrency.py': 'import eventlet\n', 'pkg/a.py': 'from pkg.concurrency import eventlet\n\neventlet.spawn(eventlet.sleep)\n' });
    const { code } = await run(folder, 'dual', '.', ...through, '--tests', 'pkg/test_concurrency.py', '--write');
    expect(code).toBe(0);
    const tests = read(folder, 'pkg/test_concurrency.py');
    expect([...tests.matchAll(/^(\w+) = _eventlet\.\1$/gm)].map(([, name]) => name)).toEqual(['spawn', 'sleep']);
    expect([...tests.matchAll(/^class (\w+)/gm)].map(([, name]) => name)).toEqual(['TestSpawn']);
  });

  it('has nothing to do the second time, and takes up names that were added since', async () => {
    const folder = project({ 'pkg/concurrency.py': 'from eventlet import sleep\n', 'pkg/a.py': 'from pkg.concurrency import sleep\nsleep(1)\n' });
    await run(folder, 'dual', '.', ...through, '--write');
    expect((await run(folder, 'dual', '.', ...through)).out).toBe('');

    writeFileSync(path.join(folder, 'pkg/b.py'), 'from eventlet import Event\nEvent().wait()\n');
    await run(folder, 'route', '.', ...through, '--write');
    await run(folder, 'dual', '.', ...through, '--write');
    const text = read(folder, 'pkg/concurrency.py');
    expect(text.match(/uses_eventlet\(\):/g)).toHaveLength(2);
    expect(text).toContain('    from eventlet import Event\n    from eventlet import sleep\nelse:\n    from pkg.concurrency_native import (\n        Event,\n        sleep,\n    )\n');
    expect((await run(folder, 'dual', '.', ...through)).out).toBe('');
  });

  it('takes the switch by its name: one that says no is turned round', async () => {
    const folder = project({ 'pkg/concurrency.py': 'from eventlet import sleep\n' });
    const { out } = await run(folder, 'dual', '.', ...through, '--switch', 'DISABLE_EVENTLET');
    expect(out).toContain("+    wish = os.environ.get('DISABLE_EVENTLET', '').strip().lower()\n+    if wish in ('1', 'true', 'yes', 'on'):\n+        return False\n");
    expect(await run(folder, 'dual', '.', ...through, '--switch', 'no-name')).toMatchObject({ code: 2 });
  });

  it('refuses a module that is not the one', async () => {
    const folder = project({ 'pkg/concurrency.py': 'import time\n' });
    expect(await run(folder, 'dual', '.', ...through)).toMatchObject({ code: 2, err: 'error: pkg/concurrency.py is no module that imports eventlet; `route` makes one\n' });
  });
});

function project(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder({ 'pkg/__init__.py': '', ...files });
  folders.push(folder);
  return folder.path;
}

function read(folder: string, name: string): string {
  return readFileSync(path.join(folder, name), 'utf8');
}
