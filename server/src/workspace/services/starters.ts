import type { ImportMention } from '../importMentions';
import { namesUsed } from './namesUsed';

/**
 * What of other libraries starts green threads when it is made or called, by module (oslo.service up to 4.1, its eventlet backend). The rest
 * of these modules does not: options, `wsgi.Router`, `periodic_task`.
 */
const starting: Readonly<Record<string, readonly string[]>> = {
  'oslo_service.service': ['Launcher', 'ProcessLauncher', 'Service', 'ServiceLauncher', 'Services', 'SignalHandler', 'launch'],
  'oslo_service.threadgroup': ['Thread', 'ThreadGroup'],
  'oslo_service.loopingcall': ['BackOffLoopingCall', 'DynamicLoopingCall', 'FixedIntervalLoopingCall', 'FixedIntervalWithTimeoutLoopingCall', 'LoopingCallBase', 'RetryDecorator'],
  'oslo_service.wsgi': ['Server'],
  'oslo_service.eventlet_backdoor': ['initialize_if_enabled'],
};

/** Libraries that run everything in green threads, and a package whose parts are not told apart when it is imported as a whole. */
const whole = /^(oslo_service$|(nameko|os_ken\.lib\.hub|ryu\.lib\.hub)\b)/;

/** Whether a module uses something of a library that starts green threads. A text search: a name in a string counts too. */
export function usesStarters(text: string, imports: readonly ImportMention[]): boolean {
  return imports.some(({ dotted, bound }) => whole.test(dotted) || (bound === '*' && dotted in starting)) || namesUsed(text, imports, (module) => starting[module]).length > 0;
}
