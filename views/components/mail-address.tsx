import { Ltr } from './ltr.tsx'

export const MailAddress = ({ address }: { address: string }) => (
  <a href={`mailto:${address}`}>
    <Ltr>{address}</Ltr>
  </a>
)
