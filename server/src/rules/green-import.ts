import { importedNames, type ImportedName } from '../python/imports';
import type { Variable } from '../python/names';
import type { ImportUse, NameUse, Use } from '../python/uses';
import { enclosing, isField, field, type Node } from '../syntax/node';
import { importRule } from './import';
import { change, type Change } from './kit/change';
import { greenModuleOf, isPlainSleep, nativeImport } from './kit/greenImports';
import { isForPython2 } from './kit/python2';
import { blockingGroups, isInert } from './kit/greenModules';
import { importedAs, type ImportRequest } from './kit/imports';
import { libraryPage, links } from './kit/links';
import { nowhere } from './kit/proposing';
import type { FileView } from './kit/view';
import type { Condition, PatchGroup, Proposal, Rule } from './rule';

export const greenImport: Rule = {
  id: 'green-import',
  pattern: 1,
  names: ['eventlet.green.*'],
  forms: ['import', 'name', 'member'],
  message: (use) => {
    const green = greenModuleOf(use.api);
    if (!green) return `\`${use.api}\` holds the green copies of Python’s modules; the modules themselves take their place.`;
    if (green.target.safety === 'none') return `\`${green.module}\` is a green copy of a module that has no successor under a new name.`;
    return `\`${use.api}\` is the green copy of what \`${green.target.module}\` has; the native one takes its place.`;
  },
  guide: {
    title: 'Green modules',
    does: '`eventlet.green.socket` and its likes are copies of Python’s modules in which everything that blocks lets other green threads run.',
    replacement: {
      threading: 'The module of the standard library under the same name in the file. As long as the process is monkey-patched the module itself is green too, so the import can change long before `monkey_patch()` goes.',
      asyncio: 'What never blocks (`urllib.parse`, constants, exceptions) is imported from the standard library. What blocks becomes its asyncio counterpart: streams for `socket` and `ssl`, `asyncio.create_subprocess_exec` for `subprocess`, `asyncio.Event` and `asyncio.Lock` for `threading`, `loop.add_reader` for `select`, an asynchronous HTTP client for `urllib` and `http.client`.',
    },
    differences: [
      { aspect: 'name resolution', eventlet: 'dnspython, with its own caches and timeouts', threading: 'the resolver of the C library', asyncio: 'the same in a thread: `loop.getaddrinfo`' },
      { aspect: 'exceptions', eventlet: 'those of green `http.client` and `urllib` are copies, the texts of socket errors differ', threading: 'Python’s own; an `except` clause that never matched a copy matches now' },
      { aspect: '`threading.Thread`, `Timer`, `_thread`', eventlet: 'green threads', threading: 'native threads: they run at the same time and in any order' },
      { aspect: '`select.select`', eventlet: 'any descriptor', threading: '`ValueError` for a descriptor of 1024 or more; `selectors` has no such limit' },
      { aspect: '`subprocess.Popen`', eventlet: 'unbuffered, `wait(check_interval=…)`', threading: 'buffered, no such argument', asyncio: '`await process.wait()`' },
      { aspect: '`ssl.wrap_socket`', eventlet: 'still there', threading: 'gone in Python 3.12; use an `SSLContext`', asyncio: '`ssl=context` of the stream functions' },
      { aspect: '`asyncore`, `asynchat`', eventlet: 'empty on Python 3.12 and later', threading: 'gone in Python 3.12' },
    ],
    links: [...links.greenImports.guidance, libraryPage('socket'), libraryPage('subprocess'), libraryPage('threading')],
  },
  proposals(use, view) {
    const green = greenModuleOf(use.api);
    if (!green) return use.form === 'import' ? importRule.proposals(use, view) : nowhere('this is the package of all green modules; name the module that is meant');
    if (green.target.safety === 'none') return nowhere(green.target.note);
    const rewrite = use.form === 'import' || use.form === 'name' ? rewriteOf(use, view) : undefined;
    if (!rewrite) return nowhere(`it is not known where \`${use.api}\` comes from here; import \`${green.target.module}\` instead`);
    return typeof rewrite === 'string' ? nowhere(rewrite) : [onThreads(rewrite), onAsyncio(rewrite, green.module)];
  },
  examples: [
    {
      title: 'a pipe that is written to by hand is buffered natively',
      before: `
from eventlet.green import subprocess
                           #^^^^^^^^^ review

process = subprocess.Popen(['cat'], stdin=-1)
          #^^^^^^^^^^^^^^^ review
process.stdin.write(b'line')
`,
      after: `
import subprocess

process = subprocess.Popen(['cat'], stdin=-1)
process.stdin.write(b'line')
`,
    },
    {
      title: 'the native module takes the name, and nothing else changes',
      before: `
import os

from eventlet.green import socket
                           #^^^^^ safe
import yaml

def listen():
    return socket.socket()
           #^^^^^^^^^^^^ safe
`,
      after: `
import os
import socket

import yaml

def listen():
    return socket.socket()
`,
    },
    {
      title: 'a module with a new name keeps the old one as an alias',
      before: `
from eventlet.green import httplib
                           #^^^^^^ safe
from eventlet.green.http import client as c
                                #^^^^^ safe

def ask(host):
    return httplib.HTTPConnection(host), c.HTTPSConnection(host)
           #^^^^^^^^^^^^^^^^^^^^^ safe
                                         #^^^^^^^^^^^^^^^^ safe
`,
      after: `
import http.client as httplib
from http import client as c

def ask(host):
    return httplib.HTTPConnection(host), c.HTTPSConnection(host)
`,
    },
    {
      title: 'names of a module stay in one statement',
      before: `
from eventlet.green.subprocess import Popen, PIPE
                                      #^^^^ safe
                                             #^^^ safe

def run(command):
    return Popen(command, stdout=PIPE)
           #^^^^ safe
                                 #^^^ safe
`,
      after: `
from subprocess import Popen, PIPE

def run(command):
    return Popen(command, stdout=PIPE)
`,
    },
    {
      title: 'a dotted use loses its first two parts',
      before: `
import eventlet.green.socket
       #^^^^^^^^^^^^^^^^^^^^ safe

def listen():
    return eventlet.green.socket.socket()
           #^^^^^^^^^^^^^^^^^^^^^^^^^^^ safe
`,
      after: `
import socket

def listen():
    return socket.socket()
`,
    },
    {
      title: 'of a package the modules are imported that are read',
      before: `
from eventlet.green import urllib
                           #^^^^^ safe

def get(url):
    return urllib.request.urlopen(urllib.parse.quote(url))
           #^^^^^^^^^^^^^^^^^^^^^ safe
                                  #^^^^^^^^^^^^^^^^^ safe
`,
      after: `
import urllib.parse
import urllib.request

def get(url):
    return urllib.request.urlopen(urllib.parse.quote(url))
`,
    },
    {
      title: 'threads become native ones, which wants a look',
      before: `
from eventlet.green import threading
                           #^^^^^^^^ review

def start(work):
    threading.Thread(target=work).start()
    #^^^^^^^^^^^^^^^ review
`,
      after: `
import threading

def start(work):
    threading.Thread(target=work).start()
`,
    },
    {
      title: 'in a process that is not patched the native module blocks',
      patched: ['time'],
      before: `
from eventlet.green import select, socket
                           #^^^^^ review
                                   #^^^^^ safe

def wait(files):
    return select.select(files, [], [], socket.IPPROTO_TCP)
           #^^^^^^^^^^^^ review
                                        #^^^^^^^^^^^^^^^^^ safe
`,
      after: `
import select
import socket

def wait(files):
    return select.select(files, [], [], socket.IPPROTO_TCP)
`,
    },
    {
      title: 'where both branches come to the same, one is enough',
      before: `
try:
    from eventlet.green import subprocess
                               #^^^^^^^^^ safe
except ImportError:
    import subprocess

def run(command):
    subprocess.call(command)
    #^^^^^^^^^^^^^^ safe
`,
      after: `
import subprocess

def run(command):
    subprocess.call(command)
`,
    },
    {
      title: 'what Python has given up has no successor',
      before: `
from eventlet.green import asyncore, profile
                           #^^^^^^^ none
                                     #^^^^^^ none

asyncore.loop()
#^^^^^^^^^^^^ none
`,
    },
    {
      title: 'a `sleep` that would not be understood is rewritten first',
      before: `
from eventlet.green import time
                           #^^^ none

def now():
    time.sleep()
    return time.time()
           #^^^^^^^^ none
`,
    },
    {
      title: 'the modules themselves are left alone',
      before: `
import socket
from mypackage.green import select

socket.socket(select.select())
`,
    },
    {
      title: 'for coroutines only what does not block can stay',
      target: 'asyncio',
      before: `
from eventlet.green.urllib import parse, request
                                  #^^^^ safe
                                         #^^^^^^ none

async def get(url):
    return request.urlopen(parse.quote(url))
           #^^^^^^^^^^^^^^ none
                           #^^^^^^^^^^ safe
`,
      after: `
from urllib import parse

from eventlet.green.urllib import request

async def get(url):
    return request.urlopen(parse.quote(url))
`,
    },
  ],
};

/** The change of one import with all the names that come through it, and what there is to know before. */
interface Rewrite {
  readonly title: string;
  readonly change: Change;
  /** What must be patched for it, by what this file uses. */
  readonly groups: readonly PatchGroup[];
  /** Differences that a person has to look at, in sentences. */
  readonly doubts: readonly string[];
  /** The canonical names of all uses that change with it. */
  readonly affects: readonly string[];
}

/** A sentence where there is no rewrite. */
function rewriteOf(use: ImportUse | NameUse, view: FileView): Rewrite | string {
  const green = greenModuleOf(use.api);
  const isHandedOn = use.via !== undefined && (use.form === 'import' || !/\bgreen\b/.test(use.node.text));
  if (isHandedOn) return `\`${use.via}\` takes it from eventlet and hands it on; what is changed there is changed here`;
  if (use.form === 'name' && use.isAlias) {
    const origin = view.uses.find((other): other is ImportUse | NameUse => isOrigin(other, use));
    return origin ? rewriteOf(origin, view) : `it is not seen where this name comes from; import \`${green?.target.module}\` there`;
  }
  const { variable } = use;
  if (!variable) return ofStar(use, view);
  const all = view.uses.filter((other): other is ImportUse => other.form === 'import' && other.variable === variable && greenModuleOf(other.imported.meaning) !== undefined);
  if (all.length === 0) return ofChain(use, view);
  const living = all.filter((other) => !isForPython2(other.imported.statement));
  if (living.length === 0 || (use.form === 'import' && !living.includes(use))) return 'a branch for Python 2 imports it: that is deleted with the condition around it';
  return ofImports(living, variable, view);
}

function isOrigin(other: Use, alias: NameUse): other is ImportUse | NameUse {
  if (other.form === 'name') return !other.isAlias && other.api === alias.api;
  return other.form === 'import' && (other.api === alias.api || other.api === greenModuleOf(alias.api)?.module);
}

// from eventlet.green import socket as s  =>  import socket as s
function ofImports(imports: readonly ImportUse[], variable: Variable, view: FileView): Rewrite | string {
  const reads = view.uses.filter((use): use is NameUse => use.form === 'name' && use.variable === variable);
  if (reads.some((use) => use.api === 'eventlet.sleep' && !isPlainSleep(use))) return '`time.sleep` takes exactly one number that is not negative; rewrite the calls of `sleep` first';
  const edits = change(view);
  const doubts = new Set<string>();
  const known = nameInUse(imports, variable, view);
  if (known !== undefined) for (const { node } of variable.reads) edits.replace(node, known);
  for (const { imported } of imports) {
    if (known !== undefined) {
      edits.drop(imported);
      continue;
    }
    const fallback = fallbackOf(imported);
    const requests = fallback ? [] : importsInstead(imported, reads);
    if (!fallback && requests.length === 0) return `\`${imported.imported.text}\` has no native counterpart of that form`;
    if (fallback) edits.replace(fallback.whole, fallback.instead.text);
    for (const request of requests) edits.need(request);
    if (!fallback && enclosing(imported.statement, 'try_statement')) doubts.add('The import is optional here; without eventlet the other branch ran, which it does not do any more.');
  }
  const modules = imports.map(({ imported }) => greenModuleOf(imported.meaning)?.module);
  const names = [...imports.map(({ imported }) => imported.meaning), ...reads.map(({ api }) => api)]
    .flatMap((api) => greenModuleOf(api) ?? [])
    .filter(({ module }) => modules.some((known) => known !== undefined && (module === known || module.startsWith(`${known}.`))));
  const isSeenWhole = !view.namedElsewhere.has(variable.name) && reads.length > 0;
  const affects = [...new Set([...imports, ...reads].map(({ api }) => api))];
  return { ...aboutNames(names, isSeenWhole), change: edits.done(), doubts: [...doubts, ...doubtsAbout(names, view)], affects };
}

/** The name of the native module where the file has it already and every read of the green one sees it. */
function nameInUse(imports: readonly ImportUse[], variable: Variable, view: FileView): string | undefined {
  const [only, ...others] = imports;
  const native = only && others.length === 0 && variable.bindings.length === 1 ? nativeImport(only.imported) : undefined;
  if (!native || native.member !== undefined || native.as === undefined || view.namedElsewhere.has(variable.name)) return undefined;
  const names = new Set(variable.reads.map(({ node }) => importedAs(view, native.module, node)).map(({ name, request }) => (request ? undefined : name)));
  const [name] = names;
  return names.size === 1 ? name : undefined;
}

// eventlet.green.socket.AF_INET  =>  socket.AF_INET
function ofChain(use: ImportUse | NameUse, view: FileView): Rewrite | string {
  const module = greenModuleOf(use.api)?.module;
  const reads = use.form === 'name' ? [use] : view.uses.filter((other): other is NameUse => other.form === 'name' && other.variable === use.variable && greenModuleOf(other.api)?.module === module);
  const edits = change(view);
  const names = reads.flatMap(({ api }) => greenModuleOf(api) ?? []);
  reads.forEach(({ node }, index) => {
    const green = names[index];
    const place = green?.member === undefined ? node : field(node, 'object');
    if (green && place) edits.replace(place, edits.module(green.target.module, place));
  });
  if (use.form === 'import' && use.variable && use.variable.bindings.length > 1) edits.drop(use.imported);
  return { ...aboutNames(names, true), change: edits.done(), doubts: doubtsAbout(names, view), affects: reads.map(({ api }) => api) };
}

function ofStar(use: ImportUse | NameUse, view: FileView): Rewrite | string {
  const green = greenModuleOf(use.api);
  const star = view.uses.find((other): other is ImportUse => other.form === 'import' && !other.imported.bound && other.imported.meaning === green?.module);
  const module = star && field(star.imported.statement, 'module_name');
  if (!green || !module) return 'a star import brought this name in; import it by name first';
  const doubt = `The star brings in every public name of \`${green.target.module}\`; some may hide names that this file has from elsewhere.`;
  return { ...aboutNames([green], false), change: change(view).replace(module, green.target.module).done(), doubts: [doubt, ...doubtsAbout([green], view)], affects: [] };
}

type GreenName = NonNullable<ReturnType<typeof greenModuleOf>>;

/** Title and groups of a rewrite. `isSeenWhole`: nobody uses more of the module than these names. */
function aboutNames(names: readonly GreenName[], isSeenWhole: boolean): Pick<Rewrite, 'title' | 'groups'> {
  const [first] = names;
  const used = isSeenWhole && names.some(({ member }) => member !== undefined) ? names.filter(({ member }) => member !== undefined) : names;
  const groups = used.flatMap(({ member, target }) => (member !== undefined && isSeenWhole && isInert(member) ? [] : blockingGroups(target)));
  return { title: `Use \`${first?.target.module}\` instead of \`${first?.module}\``, groups: [...new Set(groups)].sort() };
}

function doubtsAbout(names: readonly GreenName[], view: FileView): readonly string[] {
  const noted = names.filter(({ member, target }) => target.safety === 'review' || (member !== undefined && target.reviewNames.includes(member)));
  const buffered = names.some(({ member, target }) => target.module === 'subprocess' && member === 'Popen') && writesToProcess(view);
  const doubts = noted.map(({ target }) => target.note || `Nobody has compared the green \`${target.module}\` with the native one.`);
  const assigned = view.uses.find((use): use is NameUse => use.form === 'name' && names.some(({ module }) => use.api.startsWith(`${module}.`)) && isTarget(use.node));
  return [...new Set([...doubts, ...(buffered ? [bufferedPipe] : []), ...(assigned ? [`\`${assigned.node.text}\` is assigned to: what is set on the green module is not set on the native one.`] : [])])];
}

function isTarget(node: Node): boolean {
  return (node.parent?.type === 'assignment' || node.parent?.type === 'augmented_assignment') && isField(node.parent, 'left', node);
}

const bufferedPipe = 'Pipes of the native `Popen` are buffered, those of the green one were not: what is written to `stdin` stays there until it is flushed. Pass `bufsize=0`, or flush.';

/** `communicate()` flushes by itself; whoever takes the pipe in hand may not. */
function writesToProcess(view: FileView): boolean {
  return /(?<!\bsys)\.stdin\b/.test(view.text);
}

/** The imports that bind the same name natively. A package is imported with the modules in it that are read, as the green one did. */
function importsInstead(imported: ImportedName, reads: readonly NameUse[]): readonly ImportRequest[] {
  const native = nativeImport(imported);
  if (!native || native.member !== undefined || (native.module !== 'urllib' && native.module !== 'http')) return native ? [native] : [];
  const modules = new Set(reads.flatMap(({ api }) => greenModuleOf(api)?.target.module ?? []).filter((module) => module !== native.module));
  if (modules.size === 0) return [native];
  return native.as === undefined ? [...modules].map((module) => ({ ...native, module })) : [];
}

/** `try: from eventlet.green import X` with `except ImportError: import X` and nothing else in it: both ways lead to the same import now. */
function fallbackOf(imported: ImportedName): { readonly whole: Node; readonly instead: Node } | undefined {
  const whole = imported.statement.parent?.parent;
  if (whole?.type !== 'try_statement' || whole.namedChildCount !== 2 || !isOnly(imported.statement)) return undefined;
  const handler = whole.namedChildren.find((child) => child?.type === 'except_clause');
  const instead = handler?.namedChildren.at(-1)?.namedChild(0);
  const [other, ...others] = instead ? importedNames(instead) : [];
  const native = nativeImport(imported);
  const isTheSame = native && other && others.length === 0 && other.bound?.text === imported.bound?.text && other.meaning === (native.member === undefined ? native.module : `${native.module}.${native.member}`);
  return instead && isTheSame && isOnly(instead) && whole.descendantsOfType('comment').length === 0 ? { whole, instead } : undefined;
}

function isOnly(statement: Node): boolean {
  return statement.parent?.namedChildCount === 1 && importedNames(statement).length === 1;
}

function onThreads({ title, change, groups, doubts, affects }: Rewrite): Proposal {
  const fix = { target: 'threading', title, conditions: conditionsOf(groups), change, affects } as const;
  return doubts.length === 0 ? { ...fix, claim: 'safe' } : { ...fix, claim: 'review', why: doubts.join(' ') };
}

function onAsyncio({ title, change, groups, doubts, affects }: Rewrite, module: string): Proposal {
  if (groups.length === 0 && doubts.length === 0) return { target: 'asyncio', title, claim: 'safe', conditions: conditionsOf(groups), change, affects };
  const group = groups[0] ?? 'socket';
  return { target: 'asyncio', reason: `natively \`${module.slice('eventlet.green.'.length)}\` blocks the event loop with everything on it; ${counterparts[group]}` };
}

const counterparts: Readonly<Record<PatchGroup, string>> = {
  os: 'reading and writing go through `loop.connect_read_pipe` and its likes, or through `asyncio.to_thread`',
  select: 'the loop itself waits for descriptors: `loop.add_reader`, `loop.add_writer`',
  socket: 'its place is taken by asyncio’s streams, the `sock_` methods of the loop or an asynchronous client',
  subprocess: 'its place is taken by `asyncio.create_subprocess_exec`',
  thread: 'its place is taken by tasks and by `asyncio.Event`, `asyncio.Lock`, `asyncio.Queue`',
  time: 'its place is taken by `await asyncio.sleep`',
  psycopg: 'its place is taken by an asynchronous driver',
  MySQLdb: 'its place is taken by an asynchronous driver',
  builtins: 'files are read and written in `asyncio.to_thread`',
};

function conditionsOf(groups: readonly PatchGroup[]): readonly Condition[] {
  if (groups.length === 0) return [{ kind: 'checked', text: 'nothing that is used of it blocks' }];
  const listed = groups.map((group) => `\`${group}\``).join(' and ');
  return [{ kind: 'patched', groups, otherwise: `the process may run without ${listed} being monkey-patched, and then the native module blocks every green thread` }];
}
