/** Unicode's directional controls (UAX #9) and the Arabic letter mark. */
const controls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

export const stripBidiControls = (text: string): string => text.replace(controls, '')

export const hasBidiControls = (text: string): boolean => text.search(controls) >= 0

/** For plain text only: a left-to-right value inside a sentence of any direction (LRI ... PDI). */
export const isolateLtr = (value: string): string => `\u2066${stripBidiControls(value)}\u2069`

/** For plain text only: a person's text, direction by its first strong letter (FSI ... PDI). */
export const isolate = (value: string): string => `\u2068${stripBidiControls(value)}\u2069`
