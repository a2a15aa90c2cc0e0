/** A dot-atom or the like on both sides of one @: nothing that a mail header could read as two addresses. */
const oneAddress = /^[^\s"(),:;<>@[\\\]\p{C}]+@[^\s"(),:;<>@[\\\]\p{C}]+$/u

/** Exactly one address, without a name; at most 254 bytes (RFC 5321, 4.5.3.1). */
export const isOneAddress = (text: string): boolean =>
  oneAddress.test(text) && !text.startsWith('-') && Buffer.byteLength(text) <= 254
