import type { ECBasicOption } from 'echarts/types/dist/shared'
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef } from 'react'
import { colors, series } from '../colors'
import echarts from './echarts'

export type ChartHandle = { picture: () => string }

/** The drawing itself. Text is drawn by the canvas: an HTML tooltip would need inline styles, which the content security policy refuses. */
export default function ChartCanvas({ option, description, onPick, ref }: { option: ECBasicOption; description: string; onPick?: ((name: string, data: unknown) => void) | undefined; ref: Ref<ChartHandle> }) {
  const frame = useRef<HTMLDivElement>(null)
  const chart = useRef<ReturnType<typeof echarts.init>>(null)
  const picked = useEffectEvent((name: string, data: unknown) => onPick?.(name, data))
  useImperativeHandle(ref, () => ({ picture: () => chart.current?.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: '#fff' }) ?? '' }), [])
  useEffect(() => {
    if (!frame.current) return undefined
    const made = echarts.init(frame.current, null, { renderer: 'canvas' })
    chart.current = made
    made.on('click', (event) => picked(event.name, event.data))
    const resized = new ResizeObserver(() => made.resize())
    resized.observe(frame.current)
    return () => { resized.disconnect(); made.dispose() }
  }, [])
  useEffect(() => {
    chart.current?.setOption({ color: [...series], textStyle: { fontFamily: getComputedStyle(frame.current ?? document.body).fontFamily, color: colors.text }, animationDuration: 300, ...option }, { notMerge: true })
  }, [option])
  return <div ref={frame} role="img" aria-label={description} style={{ width: '100%', height: '100%' }} />
}
