import { defineConfig } from 'vitest/config'

const shared = { root: '.', testTimeout: 30_000, hookTimeout: 60_000 }

/**
 * Three projects: `fast` is the inner loop; `process` starts the built server as its own process (signals, kills);
 * `browser` drives a real Chromium.
 */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'fast',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/process/**', 'test/browser/**'],
        },
      },
      {
        extends: true,
        test: { ...shared, name: 'process', include: ['test/process/**/*.test.ts'], testTimeout: 120_000 },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'browser',
          include: ['test/browser/**/*.test.{ts,tsx}'],
          testTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
