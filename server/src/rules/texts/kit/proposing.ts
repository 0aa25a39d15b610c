import type { TextFix, TextProposal } from '../textRule';

/** The same fix whichever way the code goes. */
export function forBoth(fix: Omit<TextFix, 'target'>): readonly TextProposal[] {
  return [{ target: 'threading', ...fix }, { target: 'asyncio', ...fix }];
}

/** The same reason, whichever way the code goes. */
export function forNeither(reason: string): readonly TextProposal[] {
  return [{ target: 'threading', reason }, { target: 'asyncio', reason }];
}
