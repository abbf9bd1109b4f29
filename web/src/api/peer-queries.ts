import { useQuery } from '@tanstack/react-query'
import { answer, api } from './client'
import type { components } from './generated/schema'

export type PeerComparison = components['schemas']['PeerComparison']

/** Where one's enterprises stand among their peers, as released. */
export function usePeers(sector: string | null, period: string) {
  return useQuery({
    queryKey: ['peers', sector, period],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/peers', { params: { query: { sector: sector ?? '', period } }, signal })),
    enabled: sector !== null,
  })
}

export function usePeerReleases() {
  return useQuery({ queryKey: ['peers', 'releases'], queryFn: ({ signal }) => answer(api.GET('/api/v1/peers/releases', { params: { query: { limit: 50 } }, signal })) })
}
