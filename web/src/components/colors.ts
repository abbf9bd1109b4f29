// The one place of colours; app/theme.ts hands them to the component library. Checked for contrast on white.
export const colors = {
  primary: '#0958d9',
  text: '#1f2329',
  secondary: '#5a6270',
  line: '#e4e7ed',
  page: '#f4f6f9',
  reported: '#0958d9',
  zero: '#8eb8f7',
  missing: '#f0a33c',
  good: '#237804',
  warning: '#ad4e00',
  bad: '#b81c22',
} as const

/** From self-reported to regulator-verified: the surer, the darker. */
export const gradeColors: Record<string, string> = { selfReported: '#b7d3fb', measured: '#79a9f5', financeConfirmed: '#3a7bea', thirdParty: '#0a4ac0', regulatorVerified: '#07286b' }

/** Series of a chart, tellable apart also without red and green. */
export const series = ['#0958d9', '#13a8a8', '#d48806', '#7a3fc8', '#c41d7f', '#5b8c00', '#d4380d', '#597ef7', '#36cfc9', '#8c8c8c'] as const
