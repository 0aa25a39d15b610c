import { argumentsOf } from '../../python/calls';
import type { NameUse } from '../../python/uses';
import { field, type Node } from '../../syntax/node';
import type { Fix } from '../rule';
import { hasOwnLines, linesBelow } from './blocks';
import { change, type Change } from './change';
import { indentAt } from './lines';
import { ambiguous, onThreads, unless } from './proposing';
import { freeName } from './statements';
import { helper, helperTitle } from './useHelper';
import type { FileView } from './view';
import { commandLines, counterpart, wsgiParameters } from './wsgiParameters';

/** A call of `eventlet.wsgi.server` as a statement of its own. */
interface Served {
  readonly call: Node;
  readonly sock: Node;
  readonly site: Node;
  /** What is given beside these two, by the names of the parameters. */
  readonly others: ReadonlyMap<string, Node>;
}

/** Servers that take the place of eventlet's from inside the program, as alternatives (catalogue 2.13); none where the call does more than to serve. */
export function wsgiServers(use: NameUse, view: FileView): readonly Fix[] {
  const served = servedBy(use, view);
  if (!served) return [];
  const fixes = [onCheroot(served, view), onWaitress(served, view), onWsgiref(served, view)].filter((fix) => fix !== undefined);
  return fixes.map((fix) => unless(use.isCertain ? undefined : ambiguous, fix));
}

function servedBy({ call }: NameUse, view: FileView): Served | undefined {
  const statement = call?.parent;
  if (!call || statement?.type !== 'expression_statement' || !hasOwnLines(view, statement) || field(call, 'arguments')?.descendantsOfType('comment').length) return undefined;
  const { positional: [sock, site, ...rest], keywords, isOpen } = argumentsOf(call);
  const names = [...wsgiParameters.keys()].slice(2);
  if (!sock || !site || isOpen) return undefined;
  return { call, sock, site, others: new Map([...rest.map((value, index) => [names[index] ?? '', value] as const), ...keywords]) };
}

// wsgi.server(listen(address), app, max_size=50)  =>  server = cheroot.wsgi.Server(address, app, numthreads=50)
//                                                     try: server.start() / finally: server.stop()
function onCheroot(served: Served, view: FileView): Fix | undefined {
  const { call, sock, site } = served;
  const isListening = view.uses.some((use) => use.form === 'name' && use.api === 'eventlet.listen' && use.call?.id === sock.id);
  const { positional: [address, ...more], keywords } = argumentsOf(sock);
  // It binds its address itself, and takes no socket.
  if (!isListening || !address || more.length + keywords.size > 0) return undefined;
  const edits = change(view);
  const server = freeName(view, 'server', call);
  edits.replaceRange(call.startIndex, address.startIndex, `${server} = ${edits.module('cheroot.wsgi', call)}.Server(`);
  edits.replaceRange(address.endIndex, sock.endIndex, '');
  edits.replaceRange(site.endIndex, call.endIndex, `${options(served, cheroot)})`);
  const step = view.layout.indent;
  linesBelow(edits, view, call, indentAt(view.text, call.startIndex), ['try:', `${step}${server}.start()`, 'finally:', `${step}${server}.stop()`]);
  return fix('Serve with cheroot', served, cheroot, edits.done());
}

// wsgi.server(sock, app, max_size=50)  =>  waitress.serve(sockets=[sock], app=app, threads=50)
function onWaitress(served: Served, view: FileView): Fix {
  const { call, sock, site } = served;
  const edits = change(view);
  edits.replaceRange(call.startIndex, sock.startIndex, `${edits.module('waitress', call)}.serve(sockets=[`);
  edits.replaceRange(sock.endIndex, site.startIndex, '], app=');
  edits.replaceRange(site.endIndex, call.endIndex, `${options(served, waitress)})`);
  return fix('Serve with waitress', served, waitress, edits.done());
}

// wsgi.server(sock, app)  =>  concurrency.serve_wsgi(sock, app)
function onWsgiref(served: Served, view: FileView): Fix | undefined {
  const { call, sock, site } = served;
  const edits = change(view);
  const name = helper('serve_wsgi', call, edits, view);
  if (name === undefined) return undefined;
  edits.replaceRange(call.startIndex, sock.startIndex, `${name}(`);
  edits.replaceRange(site.endIndex, call.endIndex, ')');
  return fix(`${helperTitle('serve_wsgi', view)}, a \`wsgiref\` server with threads`, served, {}, edits.done(), 'each connection has a native thread, without a limit, and ends with its answer: HTTP/1.0');
}

/** Parameters of eventlet's server, and what other servers call them. */
type Renaming = Readonly<Record<string, string>>;
const cheroot: Renaming = { max_size: 'numthreads', socket_timeout: 'timeout' };
const waitress: Renaming = { max_size: 'threads', socket_timeout: 'channel_timeout', url_length_limit: 'max_request_header_size' };

function options({ others }: Served, renaming: Renaming): string {
  return [...others].flatMap(([name, value]) => (name in renaming ? [`, ${renaming[name]}=${value.text}`] : [])).join('');
}

function fix(title: string, served: Served, renaming: Renaming, done: Change, threads = 'each connection that is busy has a native thread: when all of them are, the others wait'): Fix {
  const lost = [...served.others.keys()].filter((name) => !(name in renaming)).flatMap((name) => {
    const parameter = wsgiParameters.get(name);
    return parameter ? [counterpart(name, parameter)] : [];
  });
  const why = [
    threads,
    ...(lost.length > 0 ? [`what goes with this call: ${lost.join(', ')}`] : []),
    `from outside it is ${commandLines(served.others)}`,
  ];
  return { ...onThreads(title, [], done), claim: 'review', why: why.join('; ') };
}
