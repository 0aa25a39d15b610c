import { previewFixes } from './applyFixes';
import type { Command } from './parts';
import { report } from './report';

/** Shows the fixes of one step of the plan, with a box for each. */
export const previewStep: Command = async (parts, argument) => {
  const items = itemsOf(argument);
  if (items.length === 0) return;
  const applied = await previewFixes(parts, { items, review: true });
  // What was ticked in the preview is known to the editor alone, so no numbers here.
  if (applied?.files === 0) await report(applied);
};

// Menus hand over the node they were opened on; other callers of a command may hand over anything.
function itemsOf(argument: unknown): readonly { readonly uri: string; readonly id: string }[] {
  const step = isRecord(argument) && argument['kind'] === 'step' ? argument['step'] : undefined;
  const items = isRecord(step) && Array.isArray(step['items']) ? step['items'] : [];
  return items.flatMap((item: unknown) => (isRecord(item) && typeof item['uri'] === 'string' && typeof item['id'] === 'string' ? [{ uri: item['uri'], id: item['id'] }] : []));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
