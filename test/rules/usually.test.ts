import { expect, it } from 'vitest';
import { usually } from '../../server/src/rules/kit/usually';

it.each([
  ["os.environ.get('USE_EVENTLET')", false],
  ["not os.environ.get('DISABLE_EVENTLET')", true],
  ["os.environ.get('DISABLE', '').lower() not in ('1', 'true')", true],
  ["os.environ.get('MODE') != 'native'", true],
  ["'NATIVE' in os.environ", false],
  ["os.getenv('NATIVE', None)", false],
  ["os.getenv('PATCH', 'true') == 'true'", undefined],
  ["'--debug' in sys.argv", false],
  ['debugger.enabled()', false],
  ['not (debugger.enabled())', true],
  ["os.name == 'nt'", false],
  ["not (os.name != 'nt')", false],
  ["sys.platform != 'win32'", true],
  ["os.environ.get('A') or os.environ.get('B')", undefined],
  ['CONF.use_eventlet', undefined],
])('%s: %s', (condition, expected) => {
  expect(usually(condition)).toBe(expected);
});
