import type { MessageKey } from '../../src/i18n/messages.ts'

export interface FormValues {
  name: string
  phone: string
  pages: string[]
  email: string
  statement: string
  /** `owner`, `representative`, `other`, or empty. */
  capacity: string
}

/** A file accepted in an earlier try: it stays with the form until it is sent. */
export interface KeptFile {
  sha256: string
  fileName: string
  mediaType: string
  bytes: number
}

export interface FormError {
  field: 'name' | 'phone' | 'screenshot' | 'page' | 'email' | 'statement' | 'capacity'
  /** Which of several, from 0: the page address, or the file. */
  index?: number
  key: MessageKey
  params?: Record<string, string | number>
}

export interface FormPageProps {
  site: { name: string; infoAddress: string; hosts: readonly string[] }
  values: FormValues
  kept: KeptFile[]
  errors: FormError[]
  /** Why it could not be received just now (429, 503); nothing is lost. */
  notice?: { key: MessageKey; params?: Record<string, string | number> } | undefined
  /** The disk is short: who sends will be refused, and is told before typing. */
  isShort?: boolean
  /** Idempotency key of this form. */
  submission: string
  /** When the form was first shown, milliseconds since the epoch. */
  started: number
  limits: { maxFiles: number; maxUploadMb: number }
  /** The publisher's own aim, in working days. */
  decisionDays: number
}

export const formId = 'takedown'
