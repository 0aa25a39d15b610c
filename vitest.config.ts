import { defineConfig, type Plugin } from 'vitest/config';

/** Python files that the product writes into projects are bundled as their text, as the build does. */
const pythonAsText: Plugin = {
  name: 'python-as-text',
  transform: (code, id) => (id.endsWith('.py') ? { code: `export default ${JSON.stringify(code)};`, map: null } : undefined),
};

/** From cheap to dear, one after the other: real trees and real editors want the machine for themselves. */
export default defineConfig({
  plugins: [pythonAsText],
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/corpus/**', 'test/editor/**', 'test/proof/**'],
          // Threads and processes take their time to start on a machine that is busy.
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'corpus',
          include: ['test/corpus/**/*.test.ts', 'test/proof/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'editor',
          include: ['test/editor/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 900_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
