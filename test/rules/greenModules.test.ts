import { describe, expect, test } from 'vitest';
import { greenTarget } from '../../server/src/rules/kit/greenModules';

describe('what takes the place of a green module', () => {
  test.each([
    ['time', 'time'],
    ['socket', 'socket'],
    ['_socket_nodns', 'socket'],
    ['threading', 'threading'],
    ['Queue', 'queue'],
    ['subprocess', 'subprocess'],
    ['os', 'os'],
    ['selectors', 'selectors'],
    ['ssl', 'ssl'],
    ['urllib', 'urllib'],
    ['urllib.request', 'urllib.request'],
    ['urllib.parse', 'urllib.parse'],
    ['urllib.error', 'urllib.error'],
    ['urllib.response', 'urllib.response'],
    ['httplib', 'http.client'],
    ['http', 'http'],
    ['http.client', 'http.client'],
    ['http.server', 'http.server'],
    ['http.cookies', 'http.cookies'],
    ['http.cookiejar', 'http.cookiejar'],
    ['BaseHTTPServer', 'http.server'],
    ['ftplib', 'ftplib'],
    ['SocketServer', 'socketserver'],
    ['builtin', 'builtins'],
  ])('eventlet.green.%s can be exchanged for %s', (green, native) => {
    expect(greenTarget(`eventlet.green.${green}`)).toMatchObject({ module: native, safety: 'safe' });
  });

  test.each([
    ['thread', '_thread'],
    ['select', 'select'],
    ['urllib2', 'urllib.request'],
    ['SimpleHTTPServer', 'http.server'],
    ['CGIHTTPServer', 'http.server'],
    ['OpenSSL', 'OpenSSL'],
    ['OpenSSL.SSL', 'OpenSSL.SSL'],
    ['OpenSSL.crypto', 'OpenSSL.crypto'],
    ['OpenSSL.version', 'OpenSSL.version'],
    ['OpenSSL.tsafe', 'OpenSSL.tsafe'],
    ['MySQLdb', 'MySQLdb'],
    ['zmq', 'zmq'],
  ])('eventlet.green.%s for %s wants a look', (green, native) => {
    expect(greenTarget(`eventlet.green.${green}`)).toMatchObject({ module: native, safety: 'review' });
  });

  test.each(['asyncore', 'asynchat', 'profile', 'OpenSSL.rand'])('there is nothing to put in the place of eventlet.green.%s', (green) => {
    const target = greenTarget(`eventlet.green.${green}`);
    expect(target?.safety).toBe('none');
    expect(target?.note).not.toBe('');
  });

  test('single names of a safe module want a look', () => {
    expect(greenTarget('eventlet.green.threading')?.reviewNames).toEqual(['Thread', 'Timer']);
    expect(greenTarget('eventlet.green.ssl')?.reviewNames).toEqual(['wrap_socket']);
    expect(greenTarget('eventlet.green.httplib')?.reviewNames).toContain('_MAXHEADERS');
  });

  test.each(['eventlet.green', 'eventlet.green.', 'eventlet.green.nothing', 'eventlet.greenthread', 'socket', 'my.eventlet.green.socket'])(
    '%j is no green module',
    (module) => {
      expect(greenTarget(module)).toBeUndefined();
    },
  );
});
