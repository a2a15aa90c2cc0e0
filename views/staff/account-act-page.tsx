import { isolate } from '../../src/lib/bidi.ts'
import type { Role } from '../../src/staff/roles.ts'
import { Button } from '../components/button.tsx'
import type { SummaryError } from '../components/error-summary.tsx'
import { useWords, Words } from '../words.tsx'
import { CurrentPassword, PasswordOwner } from './current-password.tsx'
import { type Desk, DeskLayout } from './desk-layout.tsx'
import { RoleField } from './role-field.tsx'

/** What an admin does to an account, each at an address of its own. */
export const accountActs = ['role', 'password', 'factor-removal', 'signing-out', 'disabling'] as const
export type AccountAct = (typeof accountActs)[number]

export const accountActWords = {
  role: { title: 'people.roleOf', button: 'people.changeRole', effect: 'people.roleEffect' },
  password: {
    title: 'people.newPasswordOf',
    button: 'people.newPassword',
    effect: 'people.newPasswordEffect',
  },
  'factor-removal': {
    title: 'people.removeFactorOf',
    button: 'people.removeFactor',
    effect: 'people.removeFactorEffect',
  },
  'signing-out': { title: 'people.signOutOf', button: 'people.signOut', effect: 'people.signOutEffect' },
  disabling: { title: 'people.disableOf', button: 'people.disable', effect: 'people.disableEffect' },
} as const

export interface AccountActPageProps {
  desk: Desk
  act: AccountAct
  person: { readonly id: number; readonly name: string; readonly role: Role }
  reader: { readonly email: string }
  /** As it was sent, where the form comes back. */
  chosenRole?: string | undefined
  errors?: readonly SummaryError[]
}

/** For admins: one act on one account. */
export function AccountActPage(props: AccountActPageProps) {
  const { desk, act, person, reader, errors = [] } = props
  const { t } = useWords()
  const words = accountActWords[act]
  const title = t(words.title, { name: isolate(person.name) })
  return (
    <DeskLayout desk={desk} title={title} errors={errors} current="people">
      <h1>
        <Words k={words.title} name={<bdi>{person.name}</bdi>} />
      </h1>
      <form class="card narrow" method="post" action={`/staff/people/${person.id}/${act}`} novalidate>
        <p>
          <Words k={words.effect} />
        </p>
        {act === 'role' && <RoleField chosen={props.chosenRole ?? person.role} />}
        <PasswordOwner email={reader.email} />
        <CurrentPassword
          isAboutOthers
          error={errors.find(({ fieldId }) => fieldId === 'current')?.sentence}
        />
        <p class="buttons">
          <Button kind={act === 'disabling' ? 'danger' : 'primary'}>
            <Words k={words.button} />
          </Button>
          <a href="/staff/people">
            <Words k="people.backToAll" />
          </a>
        </p>
      </form>
    </DeskLayout>
  )
}
