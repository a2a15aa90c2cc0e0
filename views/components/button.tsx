import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'

type ButtonProps = Omit<ButtonHTMLAttributes, 'type' | 'class'> & {
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger'
  type?: 'submit' | 'button'
  /** For the page's one main act. */
  large?: boolean
  children: ComponentChildren
}

export const Button = ({ kind = 'primary', type = 'submit', large, children, ...rest }: ButtonProps) => (
  <button {...rest} type={type} class={`button button-${kind}${large ? ' button-large' : ''}`}>
    {children}
  </button>
)
