import type { Host } from '../host';

/** How long work that nobody waits for may keep others waiting, in milliseconds. */
const slice = 4;

/** Goes through items in slices: between two of them, requests that arrived in the meantime are heard. */
export async function* inTurns<Item>(host: Pick<Host, 'now' | 'pause'>, items: Iterable<Item>): AsyncGenerator<Item> {
  let since = host.now();
  for (const item of items) {
    yield item;
    if (host.now() - since <= slice) continue;
    await host.pause();
    since = host.now();
  }
}
