/** What takes the place of a parameter of `eventlet.wsgi.server` (catalogue 2.13); undefined where the server has nothing like it. */
export interface WsgiParameter {
  readonly gunicorn?: string;
  readonly cheroot?: string;
  /** What to do where no server has it, or what to mind. */
  readonly note?: string;
}

/** The parameters of `eventlet.wsgi.server` in the order of its signature. */
export const wsgiParameters: ReadonlyMap<string, WsgiParameter> = new Map([
  ['sock', { gunicorn: '`--bind`', cheroot: '`bind_addr`' }],
  ['site', { gunicorn: '`module:application`', cheroot: '`wsgi_app`' }],
  ['log', { gunicorn: '`--error-logfile`', cheroot: '`error_log`' }],
  ['environ', { note: 'a middleware that adds to `environ`' }],
  ['max_size', { gunicorn: '`--threads` times `--workers`', cheroot: '`numthreads`', note: 'native threads: tens, not a thousand' }],
  ['max_http_version', {}],
  ['protocol', { note: 'a subclass of `HttpProtocol` has no counterpart; a middleware or the configuration of the server does its work' }],
  ['server_event', {}],
  ['minimum_chunk_size', {}],
  ['log_x_forwarded_for', { gunicorn: '`--access-logformat`', note: '`%({x-forwarded-for}i)s`' }],
  ['custom_pool', { gunicorn: '`--threads` times `--workers`', cheroot: '`numthreads`, `max`' }],
  ['keepalive', { gunicorn: '`--keep-alive`', cheroot: '`timeout`' }],
  ['log_output', { gunicorn: '`--access-logfile`' }],
  ['log_format', { gunicorn: '`--access-logformat`' }],
  ['url_length_limit', { gunicorn: '`--limit-request-line`', cheroot: 'the attribute `max_request_header_size`' }],
  ['debug', {}],
  ['socket_timeout', { gunicorn: '`--timeout`', cheroot: '`timeout`' }],
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
export function counterpart(name: string, { gunicorn, cheroot, note }: WsgiParameter): string {
  const places = [...(gunicorn === undefined ? [] : [`${gunicorn} of gunicorn`]), ...(cheroot === undefined ? [] : [`${cheroot} of cheroot`])];
  if (places.length === 0) return `\`${name}\`: ${note ?? 'nothing, it goes'}`;
  return `\`${name}\`: ${places.join(', ')}${note === undefined ? '' : ` (${note})`}`;
}
