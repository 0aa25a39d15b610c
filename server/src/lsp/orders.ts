import type { Order } from '../features/quickFixes';
import { record } from './settings';
import { canonical } from './uris';

/** What a code action carries until it is chosen: the server remembers nothing of it. */
export interface ActionData {
  /** Canonical. */
  readonly uri: string;
  readonly order: Order;
}

/** The data as the client sends it back; undefined for what is none of ours. */
export function actionDataOf(data: unknown): ActionData | undefined {
  const { uri, order } = record(data);
  const known = orderOf(order);
  return typeof uri === 'string' && known ? { uri: canonical(uri), order: known } : undefined;
}

function orderOf(data: unknown): Order | undefined {
  const order = record(data);
  const { item, rule, fix } = order;
  switch (order['do']) {
    case 'fix':
      return typeof item === 'string' && typeof fix === 'number' ? { do: 'fix', item, fix } : undefined;
    case 'fixAll':
      return { do: 'fixAll', review: order['review'] === true, ...(typeof rule === 'string' ? { rule } : {}) };
    case 'keep':
      return typeof item === 'string' ? { do: 'keep', item } : undefined;
    case 'openGuide':
      return typeof rule === 'string' ? { do: 'openGuide', rule } : undefined;
    case 'route':
    case 'makeOptional':
    case 'removeDual':
      return typeof order['module'] === 'string' ? { do: order['do'], module: canonical(order['module']) } : undefined;
    default:
      return undefined;
  }
}
