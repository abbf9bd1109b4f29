// The content security policy takes style elements with this response's nonce alone. The component library makes its own at run time, in several
// places that know no nonce; giving it to each style element that our scripts create needs no looser policy. Import it before anything that renders.
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? ''

type Create = (name: string, options?: ElementCreationOptions) => Element
const create = (Reflect.get(document, 'createElement') as Create).bind(document)
Reflect.set(document, 'createElement', (name: string, options?: ElementCreationOptions): Element => {
  const element = create(name, options)
  if (styleNonce && element instanceof HTMLStyleElement) element.nonce = styleNonce
  return element
})
