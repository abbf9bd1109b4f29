// What this browser remembers of a person: preferences, and what was typed and is not saved yet (`draft.`, under the person's id, gone once saved). Never a secret.
type Preference = 'language' | 'moneyUnit' | 'menuFolded' | `columns.${string}` | `views.${string}` | `tour.${string}` | `draft.${string}`

export function recall(name: Preference): string | null {
  try {
    return localStorage.getItem(`scenariohub.${name}`)
  } catch {
    return null // storage switched off: every visit is the first one
  }
}

export function remember(name: Preference, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`scenariohub.${name}`)
    else localStorage.setItem(`scenariohub.${name}`, value)
  } catch {
    /* storage full or switched off: the preference lasts as long as the page */
  }
}
