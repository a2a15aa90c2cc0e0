/** Reads anew only after so many milliseconds. */
export function keptFor<Value>(ms: number, read: () => Value): () => Value {
  let known: { value: Value; at: number } | undefined
  return () => {
    const now = performance.now()
    if (!known || now - known.at >= ms) known = { value: read(), at: now }
    return known.value
  }
}
