import { describe, expect, it } from 'vitest'
import { newPassword } from '../../src/staff/password.ts'
import { passwordFault } from '../../src/staff/password-rules.ts'

const owner = { email: 'noor.example@desk.example.org', name: 'نور المثال Dana' }
const site = {
  names: { ar: 'راديو المثال', he: 'רדיו הדוגמה', en: 'Radio Sample' },
  hosts: ['sample-news.example'],
}
const faultOf = (password: string) => passwordFault(password, owner, site)

it('P14: eleven characters are too few, however many bytes they take; a hundred and blanks are none too many', async () => {
  for (const short of ['', 'qv7kfmw2xzp', 'כיסא ולימון', '😀🎈🌵🧭🪁🛶🧵🎻🥾🪵🧀'])
    expect(await faultOf(short), short).toBe('short')
  for (const good of [
    '😀🎈🌵🧭🪁🛶🧵🎻🥾🪵🧀🫖',
    'לימון כיסא גשר',
    'ثلاث شجرات وجسر',
    'four lemons under a bridge',
    'correct horse battery',
    // The README's.
    'a long password',
    'test-password-1234',
  ])
    expect(await faultOf(good), good).toBeNull()
  expect(await faultOf('lemon bridge kettle '.repeat(50))).toBeNull()
})

describe('P14: what guessers try first is refused', () => {
  it.each([
    'qwerty123456',
    'QWERTY123456',
    '1q2w3e4r5t6y',
    'vbnm,./;lkjh',
    'Administrator',
    'password1234',
    'Password2026!',
    'Dragon!!!!!!',
    'P@ssw0rd!2026',
    'El3ph@nt2026',
    'aaaaaaaaaaaaa',
    'lemonlemonlemon',
    'abababababab',
    'abcdefghijkl',
    '123456789012',
    '098765432109',
    'אבגדהוזחטיכל',
    'ａｄｍｉｎｉｓｔｒａｔｏｒ',
  ])('%s', async (password) => {
    expect(await faultOf(password)).toBe('common')
  })
})

it('P14: a hundred thousand characters are judged by the first 64, so that they hold nobody up', async () => {
  const good = 'four lemons under a bridge '
  expect(await faultOf(good.repeat(4000))).toBeNull()
  expect(await faultOf(`${good}${'a'.repeat(100_000)}`)).toBeNull()
  expect(await faultOf(`${'a'.repeat(64)} ${good.repeat(4000)}`)).toBe('common')
})

it('P14: what is made of the own name and address, or of the site, is refused', async () => {
  for (const own of [
    'noor.example@desk.example.org',
    'NoorExample-2026',
    'نور المثال 2026',
    'dana dana 20 dana',
    'Sample-News 2026!',
    'راديو المثال!!',
    'רדיו הדוגמה 1',
    'radio sample abc',
    'rightsdesk-2026',
    'RightsDesk noor',
    'dana, noor: radio sample',
    '2026 dana 2027',
    'r1ghtsd3sk!2026',
    'ksedsthgir 2026',
    'elpmaxeroon 26',
    'sample kettle 9',
  ])
    expect(await faultOf(own), own).toBe('own')
  for (const other of ['dana rides a zebra', 'sample kettles rattle', 'desk under the lemons'])
    expect(await faultOf(other), other).toBeNull()
  expect(await faultOf('\n'.repeat(12))).not.toBe('own')
})

it('the passwords that the program gives pass', async () => {
  for (let nth = 0; nth < 50; nth++) expect(await faultOf(newPassword())).toBeNull()
})
