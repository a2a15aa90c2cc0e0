/** Version of the privacy notice on the form; it changes with the notice's words and is kept with each takedown. */
export const privacyVersion = '2026-11-23'
