import { roles } from '../../src/staff/roles.ts'
import { Field } from '../components/field.tsx'
import type { Sentence } from '../components/said.tsx'
import { Words } from '../words.tsx'

interface RoleFieldProps {
  /** A role, or what was sent in place of one. */
  chosen: string
  error?: Sentence | undefined
}

export const RoleField = ({ chosen, error }: RoleFieldProps) => (
  <Field id="role" label={<Words k="people.role" />} error={error}>
    {(control) => (
      <select class="input" {...control} name="role">
        {roles.map((role) => (
          <option key={role} value={role} selected={role === chosen}>
            <Words k={`people.role.${role}`} />
          </option>
        ))}
      </select>
    )}
  </Field>
)
