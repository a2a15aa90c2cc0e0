import { ConfigRefused } from '../config.ts'
import { commandLine } from '../lib/command-line.ts'
import { keepFilesPrivate } from '../lib/private-files.ts'
import type { Command } from './command.ts'
import { commands } from './commands.ts'
import { Exit } from './exit.ts'
import { WrongUsage } from './wrong-usage.ts'

/** Exit codes: 0 done, 1 failed, 2 wrong usage. */
async function main(words: readonly string[]): Promise<number> {
  const [noun = '', verb = ''] = words
  const command = commands.find(({ name }) => name === `${noun} ${verb}` || name === noun)
  if (noun === '' || noun === '--help' || noun === '-h') {
    process.stdout.write(help())
    return 0
  }
  if (!command) throw new WrongUsage(`there is no command "${words.join(' ')}"\n\n${help()}`)
  const rest = words.slice(command.name.split(' ').length)
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(helpOn(command))
    return 0
  }
  await command.run(rest)
  return 0
}

const help = () => `${commandLine} <command>\n\n${commands.map(helpOn).join('')}`

const helpOn = ({ usage, does }: Command) => `  ${usage}\n      ${does}\n`

function explain(error: unknown): number {
  const words = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${words}\n`)
  if (error instanceof Exit) return error.code
  return error instanceof WrongUsage || error instanceof ConfigRefused ? 2 : 1
}

keepFilesPrivate()
process.exitCode = await main(process.argv.slice(2)).catch(explain)
