import { formatNumber } from '../../lib/format'

/** States of an import by how good they are. */
export const tones: Record<string, 'good' | 'warning' | 'bad' | 'info' | 'plain'> = { queued: 'info', running: 'info', checked: 'info', done: 'good', refused: 'warning', failed: 'bad', cancelled: 'plain' }

export function formatBytes(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : bytes < 1 << 20 ? `${formatNumber(Math.ceil(bytes / 1024), 0)} KB` : `${formatNumber(Math.ceil(bytes / 104_857.6) / 10, 1)} MB`
}
