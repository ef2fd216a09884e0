/**
 * The longest that this thread worked without a pause while something was done, in milliseconds of its own processor time: how long anything else had to wait
 * for it. Not in time on the wall, which on a busy machine is other people's work.
 */
export async function longestTurn<T>(work: () => Promise<T>): Promise<{ result: T; milliseconds: number }> {
  let longest = 0
  let before = process.threadCpuUsage()
  const look = () => {
    const { user, system } = process.threadCpuUsage(before)
    before = process.threadCpuUsage()
    longest = Math.max(longest, user + system)
  }
  const clock = setInterval(look, 5)
  try {
    const result = await work()
    look()
    return { result, milliseconds: longest / 1000 }
  } finally {
    clearInterval(clock)
  }
}
