import { expect, test } from 'vitest'
import { countingLost, putIntoFile } from '../../src/lib/log-output.ts'

/** A disk with room for so many bytes; without any it refuses, as write(2) does. */
function diskWithRoom(bytes: number) {
  const disk = { room: bytes, content: '' }
  const put = putIntoFile((given) => {
    if (disk.room === 0) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
    const taken = given.subarray(0, disk.room)
    disk.room -= taken.length
    disk.content += taken.toString()
    return taken.length
  })
  return { disk, output: countingLost(put) }
}

test('P17: a line that a full disk cut short is ended before the next, and the lost ones are counted', () => {
  const { disk, output } = diskWithRoom(10)
  output.write('{"a":1}\n')
  for (const name of ['b', 'c', 'd']) output.write(`{"${name}":1}\n`)
  disk.room = 1000
  output.write('{"e":1}\n')
  output.write('{"f":1}\n')
  const [first, cut, lost, ...others] = disk.content.trim().split('\n')
  expect([first, cut]).toEqual(['{"a":1}', '{"'])
  expect(JSON.parse(lost ?? '')).toMatchObject({ level: 'warn', lost: 3, msg: 'log_lines_lost' })
  expect(others).toEqual(['{"e":1}', '{"f":1}'])
})
