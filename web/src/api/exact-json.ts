// JSON.parse reads every number as a double and would round what has more than 15 digits. Such numbers travel as {"rawJSON": "…"}, which
// Decimal knows; anything shorter stays a plain number. A string cannot be mistaken for one: inside of strings the quotes are escaped.
const Long = /\d[\d.]{15,}/
const StringsAndNumbers = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
const Raw = /\{"rawJSON":"(-?\d+(?:\.\d+)?)"\}/g

export function keepLongNumbers(json: string): string {
  if (!Long.test(json)) return json
  return json.replace(StringsAndNumbers, (token) => token.startsWith('"') || token.replace(/\D/g, '').length <= 15 ? token : `{"rawJSON":"${token}"}`)
}

export function exactBody(body: unknown): string {
  return JSON.stringify(body).replace(Raw, '$1')
}
