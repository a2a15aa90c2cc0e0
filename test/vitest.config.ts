import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const shared = {
  root: '.',
  // No file changes a module or the process. To read all of them in anew for each file took half of the time.
  isolate: false,
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // On a busy machine a second is no time; whoever waits for what comes anyway loses nothing by a longer patience.
  expect: { poll: { timeout: 15_000 } },
}

/**
 * Four projects: `fast` is the inner loop; `process` starts the built server and cli as their own processes;
 * `browser` drives a real Chromium; `faults` takes minutes a test and is left out of `npm test`.
 */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    // Left to itself vitest keeps a core free; these tests wait more than they reckon.
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'fast',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/process/**', 'test/browser/**', 'test/faults/**'],
        },
      },
      {
        extends: true,
        test: { ...shared, name: 'process', include: ['test/process/**/*.test.ts'], testTimeout: 300_000 },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          testTimeout: 2_400_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'browser',
          include: ['test/browser/**/*.test.{ts,tsx}'],
          testTimeout: 300_000,
        },
      },
    ],
  },
})
