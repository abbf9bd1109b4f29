/** The place of the search box in the top bar; empty until there is something to search with. */
export function SearchSlot() {
  return null
}
