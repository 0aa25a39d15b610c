import { defineConfig } from 'vitest/config';

/** From cheap to dear, one after the other: real trees and real editors want the machine for themselves. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/corpus/**', 'test/editor/**', 'test/proof/**'],
          sequence: { groupOrder: 0 },
        },
      },
      {
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
