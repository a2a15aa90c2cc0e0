import { describe, expect, it } from 'vitest'
import { commonPasswords } from '../../src/staff/common-passwords.ts'
import { newPassword } from '../../src/staff/password.ts'
import { passwordFault } from '../../src/staff/password-rules.ts'

const owner = { email: 'noor.example@desk.example.org', name: 'نور المثال Dana' }
const site = {
  names: { ar: 'راديو المثال', he: 'רדיו הדוגמה', en: 'Radio Sample' },
  hosts: ['sample-news.example'],
}
const faultOf = (password: string) => passwordFault(password, owner, site)

it('P14: eleven characters are too few, however many bytes they take; a hundred and blanks are none too many', () => {
  for (const short of ['', 'qv7kfmw2xzp', 'כיסא ולימון', '😀🎈🌵🧭🪁🛶🧵🎻🥾🪵🧀'])
    expect(faultOf(short), short).toBe('short')
  for (const good of [
    '😀🎈🌵🧭🪁🛶🧵🎻🥾🪵🧀🫖',
    'לימון כיסא גשר',
    'ثلاث شجرات وجسر',
    'four lemons under a bridge',
  ])
    expect(faultOf(good), good).toBeNull()
  expect(faultOf('lemon bridge kettle '.repeat(50))).toBeNull()
})

describe('P14: what guessers try first is refused', () => {
  it.each([
    'qwerty123456',
    'QWERTY123456',
    '1q2w3e4r5t6y',
    'Administrator',
    'password1234',
    'Password2026!',
    '2026!!Dragon!!',
    'P@ssw0rd!2026',
    'El3ph@nt2026!',
    'aaaaaaaaaaaaa',
    'lemonlemonlemon',
    'abababababab',
    'abcdefghijkl',
    '123456789012',
    '098765432109',
    'ａｄｍｉｎｉｓｔｒａｔｏｒ',
  ])('%s', (password) => {
    expect(faultOf(password)).toBe('common')
  })

  it('from a list that holds thousands of twelve characters and more', () => {
    const words = [...commonPasswords()]
    expect(words.length).toBeGreaterThan(14_000)
    expect(words.filter((word) => word.length >= 12).length).toBeGreaterThan(4000)
    expect(words.every((word) => word === word.toLowerCase() && word.length >= 4)).toBe(true)
  })
})

it('P14: what is made of the own name and address, or of the site, is refused', () => {
  for (const own of [
    'noor.example@desk.example.org',
    'NoorExample-2026',
    'نور المثال 2026',
    'dana dana 2026',
    'Sample-News 2026!',
    'راديو المثال!!',
    'רדיו הדוגמה 1',
    'radio sample abc',
    'rightsdesk-2026',
    'RightsDesk noor',
  ])
    expect(faultOf(own), own).toBe('own')
  for (const other of ['dana rides a zebra', 'sample kettle 9', 'desk under the lemons'])
    expect(faultOf(other), other).toBeNull()
})

it('the passwords that the program gives pass', () => {
  for (let nth = 0; nth < 200; nth++) expect(faultOf(newPassword())).toBeNull()
})
