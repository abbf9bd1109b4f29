import type { ThemeConfig } from 'antd'
import { colors } from '../components/colors'

export const theme: ThemeConfig = {
  token: {
    colorPrimary: colors.primary, colorLink: colors.primary, colorText: colors.text, colorTextSecondary: colors.secondary, colorTextDescription: colors.secondary, colorTextTertiary: colors.secondary, colorTextPlaceholder: '#6b7280', colorBgLayout: colors.page, colorBorderSecondary: colors.line,
    colorSuccess: colors.good, colorWarning: colors.warning, colorError: colors.bad,
    // Grounds of messages; those derived of colours this dark are murky.
    colorSuccessBg: '#f2f9ed', colorSuccessBorder: '#b5dba0', colorWarningBg: '#fff8ec', colorWarningBorder: '#f0cf9c', colorErrorBg: '#fdf0f0', colorErrorBorder: '#efb4b6', colorInfoBg: '#eef4fe', colorInfoBorder: '#b3cdf8',
    borderRadius: 6, fontSize: 14,
    fontFamily: `-apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif`,
  },
  components: {
    Layout: { headerBg: '#fff', headerHeight: 56, headerPadding: '0 20px', siderBg: '#fff', bodyBg: colors.page },
    Table: { headerBg: '#f7f8fa', headerColor: colors.secondary, rowHoverBg: '#f3f7ff' },
  },
}
