import { defineConfig } from "vitest/config"

const setupFiles = ["tests/support/setup.ts"]

export default defineConfig({
  test: {
    /** As many as the smallest machine that this is meant for has processors; the database has its own part of them. */
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "main",
          include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"],
          exclude: ["tests/e2e/**", "tests/bench/**"],
          setupFiles,
          globalSetup: ["tests/support/global-setup.ts"],
          /** Only ends what hangs: a busy machine takes a multiple of what a quiet one does. */
          testTimeout: 120_000,
          hookTimeout: 240_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
      {
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          setupFiles,
          globalSetup: ["tests/support/built-pages.ts"],
          testTimeout: 180_000,
          hookTimeout: 400_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
    ],
  },
})
