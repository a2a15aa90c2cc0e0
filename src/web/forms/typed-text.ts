/** A longer text as typed: browsers send line ends as CRLF (WHATWG HTML, form submission), we keep LF. */
export const typedText = (value: string | undefined): string => (value ?? '').replace(/\r\n?/g, '\n').trim()
