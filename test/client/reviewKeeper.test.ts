import { describe, expect, test } from 'vitest';
import type { Storage } from '../../client/src/kept';
import { ReviewKeeper } from '../../client/src/review/keeper';
import type { KeptReview } from '../../client/src/review/reviewing';
import { inScope } from '../../client/src/review/scope';
import { checklist } from './kit';

const kept: KeptReview = { scope: { of: 'rule', rule: 'sleep' }, ticked: ['a'], unticked: ['b'] };
const other: KeptReview = { scope: { of: 'everything' }, ticked: [], unticked: ['c'] };

describe('a review', () => {
  test('is taken up by the next editor, but not before the list is whole', async () => {
    const storage = memory();
    const first = editor(storage);
    await first.keeper.load();
    await first.show(kept);

    const next = editor(storage);
    next.list('scanning');
    await next.keeper.load();
    expect(next.resumed).toEqual([]);
    next.list('ready');
    expect(next.resumed).toEqual([kept]);
  });

  test('is kept as it is in the end, however fast it changes', async () => {
    const storage = memory();
    const first = editor(storage);
    await first.keeper.load();
    await Promise.all([first.show(kept), first.show(other), first.show(kept)]);
    expect(await resumedFrom(storage)).toEqual([kept]);
  });

  test('that was closed is not taken up', async () => {
    const storage = memory();
    const first = editor(storage);
    await first.keeper.load();
    await first.show(kept);
    await first.show(undefined);
    expect(await resumedFrom(storage)).toEqual([]);
  });

  test('gives way to one that somebody begins first', async () => {
    const storage = memory();
    const first = editor(storage);
    await first.keeper.load();
    await first.show(kept);

    const next = editor(storage);
    const loading = next.keeper.load();
    await next.show(other);
    await loading;
    next.list('ready');
    expect(next.resumed).toEqual([]);
    expect(await resumedFrom(storage)).toEqual([other]);
  });

  test('is tried again where the server went away over it', async () => {
    const storage = memory();
    const first = editor(storage);
    await first.keeper.load();
    await first.show(kept);

    const next = editor(storage);
    await next.keeper.load();
    next.fails = true;
    next.list('ready');
    await settled();
    next.fails = false;
    next.list('ready');
    expect(next.resumed).toEqual([kept]);
  });
});

describe('a scope', () => {
  const { items } = checklist('lib/a.py:1 sleep pattern=4 safe\nlib/b.py:2 spawn pattern=4 safe\nlibrary/c.py:3 sleep pattern=4 safe');
  const places = (scope: Parameters<typeof inScope>[1]) => inScope(items, scope).map(({ id }) => id);

  test('is everything, a rule, or what was selected', () => {
    expect(places({ of: 'everything' })).toEqual(['lib/a.py:1', 'lib/b.py:2', 'library/c.py:3']);
    expect(places({ of: 'rule', rule: 'sleep' })).toEqual(['lib/a.py:1', 'library/c.py:3']);
    expect(places({ of: 'selection', places: ['file:///project/lib'], uses: [] })).toEqual(['lib/a.py:1', 'lib/b.py:2']);
    expect(places({ of: 'selection', places: ['file:///project/lib/b.py'], uses: [{ uri: 'file:///project/library/c.py', id: 'library/c.py:3' }] })).toEqual(['lib/b.py:2', 'library/c.py:3']);
  });
});

async function resumedFrom(storage: Storage): Promise<readonly KeptReview[]> {
  const next = editor(storage);
  next.list('ready');
  await next.keeper.load();
  return next.resumed;
}

/** An editor that has a review and a list, as far as they matter here. */
function editor(storage: Storage) {
  const listeners: Record<'review' | 'list', (() => void)[]> = { review: [], list: [] };
  const on = (what: 'review' | 'list') => (listener: () => void) => {
    listeners[what].push(listener);
    return { dispose: () => undefined };
  };
  const resumed: KeptReview[] = [];
  const remaining: { checklist: { state: string } | undefined; onDidChange: ReturnType<typeof on> } = { checklist: undefined, onDidChange: on('list') };
  const reviewing = {
    kept: undefined as KeptReview | undefined,
    client: { error: () => undefined },
    remaining,
    onDidChange: on('review'),
    async resume(before: KeptReview): Promise<void> {
      if (made.fails) throw new Error('gone');
      resumed.push(before);
    },
  };
  const made = {
    // As much of a review as the keeper asks for.
    keeper: new ReviewKeeper(reviewing as unknown as ConstructorParameters<typeof ReviewKeeper>[0], storage),
    resumed,
    fails: false,
    list(state: string): void {
      remaining.checklist = { state };
      for (const listener of listeners.list) listener();
    },
    async show(review: KeptReview | undefined): Promise<void> {
      reviewing.kept = review;
      for (const listener of listeners.review) listener();
      await settled();
    },
  };
  return made;
}

/** All that memory answers is there after a turn of the clock. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function memory(): Storage {
  const files = new Map<string, Uint8Array>();
  return { read: async (name) => files.get(name), write: async (name, bytes) => void files.set(name, bytes), list: async () => [...files.keys()], remove: async (name) => void files.delete(name) };
}
