/** Step 1 on the way to asyncio: green threads and coroutines on one loop (catalogue 2.11 and 2.16). */
export const asyncioHubTitle = 'Run green threads on an asyncio loop';

export const asyncioHubWhy =
  'green threads and coroutines share one loop then, from eventlet 0.35 on; in a green thread `asyncio.run` raises `RuntimeError`, and so does `debug.hub_prevent_multiple_readers(False)`; the hub goes with the last green thread';
