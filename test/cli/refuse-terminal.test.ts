import { expect, it } from 'vitest'
import { refuseTerminal } from '../../src/cli/refuse-terminal.ts'
import { WrongUsage } from '../../src/cli/wrong-usage.ts'

it('a tar goes into a file or a pipe, and not to a terminal', () => {
  expect(() => refuseTerminal({ isTTY: true })).toThrow(WrongUsage)
  // As Node has it for a file or a pipe.
  expect(() => refuseTerminal({ isTTY: undefined })).not.toThrow()
})
