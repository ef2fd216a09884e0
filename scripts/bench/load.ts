import { Agent, request } from "node:http"
import { cpuMilliseconds } from "./processes.ts"

/** Something that answers requests: its address, what to send along, and the processes whose time it costs. */
export type Target = { name: string; url: string; headers?: Record<string, string>; processes: readonly number[] }

/** One round: processor milliseconds per request, and how long requests took, in milliseconds. */
export type Round = { cpu: number; p50: number; p99: number }

const atOnce = 8

/** Sends `count` requests, eight at a time, over kept connections. Any answer that is not 200 stops the bench. */
export async function sendMany(target: Target, count: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const times: number[] = []
  let left = count
  const one = async () => {
    while (left-- > 0) {
      const started = performance.now()
      const status = await statusOf(target, agent)
      if (status !== 200) throw new Error(`${target.name} answered ${status}`)
      times.push(performance.now() - started)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  agent.destroy()
  return times.sort((a, b) => a - b)
}

function statusOf(target: Target, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(target.url, { agent, headers: target.headers ?? {} }, (answer) => {
      answer.resume()
      answer.on("end", () => resolve(answer.statusCode ?? 0))
      answer.on("error", reject)
    })
    asked.on("error", reject)
    asked.end()
  })
}

/** Measures targets side by side: rounds in turn, A B C A B C, after a warm-up of each. Ratios are taken within a round. */
export async function interleave(targets: readonly Target[], rounds: number, count: number): Promise<Map<string, Round[]>> {
  for (const target of targets) await sendMany(target, count)
  const results = new Map<string, Round[]>(targets.map((target) => [target.name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const target of targets) {
      const before = cpuMilliseconds(target.processes)
      const times = await sendMany(target, count)
      const cpu = (cpuMilliseconds(target.processes) - before) / count
      results.get(target.name)?.push({ cpu, p50: at(times, 0.5), p99: at(times, 0.99) })
    }
  }
  return results
}

/** The value at a fraction of a sorted list. */
export function at(sorted: readonly number[], fraction: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? 0
}
