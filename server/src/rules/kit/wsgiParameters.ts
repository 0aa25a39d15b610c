import type { Node } from '../../syntax/node';

/** What takes the place of a parameter of `eventlet.wsgi.server` (catalogue 2.13); undefined where the server has nothing like it. */
export interface WsgiParameter {
  readonly gunicorn?: string;
  readonly cheroot?: string;
  readonly uwsgi?: string;
  readonly waitress?: string;
  /** What to do where no server has it, or what to mind. */
  readonly note?: string;
}

/** The parameters of `eventlet.wsgi.server` in the order of its signature. */
export const wsgiParameters: ReadonlyMap<string, WsgiParameter> = new Map([
  ['sock', { gunicorn: '`--bind`', cheroot: '`bind_addr`', uwsgi: '`--http-socket`', waitress: '`sockets`' }],
  ['site', { gunicorn: '`module:application`', cheroot: '`wsgi_app`', uwsgi: '`--module`', waitress: '`app`' }],
  ['log', { gunicorn: '`--error-logfile`', cheroot: '`error_log`', uwsgi: '`--logto`', note: 'waitress has the logger `waitress`' }],
  ['environ', { note: 'a middleware that adds to `environ`' }],
  ['max_size', { gunicorn: '`--threads` times `--workers`', cheroot: '`numthreads`', uwsgi: '`--threads` times `--processes`', waitress: '`threads`', note: 'native threads: tens, not a thousand' }],
  ['max_http_version', {}],
  ['protocol', { note: 'a subclass of `HttpProtocol` has no counterpart; a middleware or the configuration of the server does its work' }],
  ['server_event', {}],
  ['minimum_chunk_size', {}],
  ['log_x_forwarded_for', { gunicorn: '`--access-logformat`', note: '`%({x-forwarded-for}i)s`' }],
  ['custom_pool', { gunicorn: '`--threads` times `--workers`', cheroot: '`numthreads`, `max`', uwsgi: '`--threads` times `--processes`', waitress: '`threads`' }],
  ['keepalive', { gunicorn: '`--keep-alive`', cheroot: '`timeout`', uwsgi: '`--http-keepalive`', waitress: '`channel_timeout`' }],
  ['log_output', { gunicorn: '`--access-logfile`', uwsgi: '`--disable-logging`' }],
  ['log_format', { gunicorn: '`--access-logformat`', uwsgi: '`--log-format`' }],
  ['url_length_limit', { gunicorn: '`--limit-request-line`', cheroot: 'the attribute `max_request_header_size`', uwsgi: '`--buffer-size`', waitress: '`max_request_header_size`' }],
  ['debug', {}],
  ['socket_timeout', { gunicorn: '`--timeout`', cheroot: '`timeout`', uwsgi: '`--socket-timeout`', waitress: '`channel_timeout`' }],
  ['capitalize_response_headers', { note: 'gunicorn and cheroot send headers as the application spells them' }],
]);

/** The same for names of the module that programs assign to. */
export const wsgiConstants: ReadonlyMap<string, WsgiParameter> = new Map([
  ['MAX_HEADER_LINE', { gunicorn: '`--limit-request-field_size`', cheroot: 'the attribute `max_request_header_size`' }],
  ['MAX_REQUEST_LINE', { gunicorn: '`--limit-request-line`', cheroot: 'the attribute `max_request_header_size`' }],
  ['MAX_TOTAL_HEADER_SIZE', { gunicorn: '`--limit-request-fields` times `--limit-request-field_size`', cheroot: 'the attribute `max_request_header_size`' }],
  ['DEFAULT_MAX_SIMULTANEOUS_REQUESTS', { gunicorn: '`--threads` times `--workers`', cheroot: '`numthreads`' }],
  ['DEFAULT_LOG_FORMAT', { gunicorn: '`--access-logformat`' }],
]);

/** `` `max_size`: `--threads` in gunicorn, `numthreads` in cheroot ``. */
export function counterpart(name: string, { note, ...servers }: WsgiParameter): string {
  const places = (['gunicorn', 'cheroot', 'uwsgi', 'waitress'] as const).flatMap((server) => (servers[server] === undefined ? [] : [`${servers[server]} of ${server === 'uwsgi' ? 'uWSGI' : server}`]));
  if (places.length === 0) return `\`${name}\`: ${note ?? 'nothing, it goes'}`;
  return `\`${name}\`: ${places.join(', ')}${note === undefined ? '' : ` (${note})`}`;
}

/** How gunicorn and uWSGI are started for the same work; `given` are the arguments of the call by the names of its parameters. */
export function commandLines(given: ReadonlyMap<string, Node>): string {
  const threads = /^\d+$/.test(given.get('max_size')?.text ?? '') ? given.get('max_size')?.text : 'N';
  const [timeout] = numbers(given, 'socket_timeout');
  const [keep] = numbers(given, 'keepalive');
  const [line] = numbers(given, 'url_length_limit');
  const option = (name: string, value: string | undefined) => (value === undefined ? '' : ` ${name} ${value}`);
  const gunicorn = `gunicorn --worker-class gthread --threads ${threads}${option('--timeout', timeout)}${option('--keep-alive', keep)}${option('--limit-request-line', line)} --bind HOST:PORT module:application`;
  const uwsgi = `uwsgi --enable-threads --threads ${threads}${option('--socket-timeout', timeout)}${option('--http-keepalive', keep)}${option('--buffer-size', line)} --http-socket HOST:PORT --module module:application`;
  return `\`${gunicorn}\` or \`${uwsgi}\``;
}

function numbers(given: ReadonlyMap<string, Node>, name: string): readonly string[] {
  const text = given.get(name)?.text ?? '';
  return /^\d+$/.test(text) ? [text] : [];
}
