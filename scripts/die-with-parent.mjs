import { isMainThread } from "node:worker_threads"

// Loaded with --import into every process that `npm start` starts. The channel to the parent closes when the parent is gone, also after kill -9.
if (isMainThread && process.channel) {
  process.once("disconnect", () => {
    setTimeout(() => process.exit(1), 5000).unref()
    process.kill(process.pid, "SIGTERM")
  })
  process.channel.unref()
}
