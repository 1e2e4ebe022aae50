/** The desk's colours: every text has 4.5:1 on what it stands on, where antd's own blue, red and yellow have less. */

import { type ThemeConfig, theme } from "antd";

const LIGHT: ThemeConfig = {
  algorithm: theme.defaultAlgorithm,
  token: {
    colorPrimary: "#0a58ca",
    colorPrimaryHover: "#08479f", // antd's own is lighter: 4.49:1
    colorInfo: "#0a58ca",
    colorError: "#d4242b",
    colorErrorHover: "#b81f26",
    colorLink: "#0a58ca",
    colorLinkHover: "#08479f",
    colorTextTertiary: "#5f6670",
    colorTextPlaceholder: "#6b7079",
  },
  components: {
    Layout: { headerBg: "#ffffff" },
    Menu: { horizontalItemHoverColor: "#08479f" },
    Tabs: { itemHoverColor: "#08479f" },
    Tag: { colorError: "#b81f26", colorSuccess: "#1a7436", colorWarning: "#8a5300" },
  },
};

const DARK: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  token: {
    colorPrimary: "#6ea8ff",
    colorInfo: "#6ea8ff",
    colorError: "#ff7d7a",
    colorLink: "#6ea8ff",
    colorLinkHover: "#9dc4ff",
    colorTextTertiary: "#a3a3a3",
    colorTextPlaceholder: "#8f8f8f",
  },
  components: {
    // what is filled carries white, what is not is written in a light blue
    Button: {
      colorPrimary: "#1d5fc9",
      colorPrimaryHover: "#2f6fd6",
      colorPrimaryActive: "#174c9f",
      defaultHoverColor: "#9dc4ff",
      defaultHoverBorderColor: "#6ea8ff",
      defaultActiveColor: "#6ea8ff",
      defaultActiveBorderColor: "#6ea8ff",
    },
    Layout: { headerBg: "#141414" },
  },
};

export function themed(isDark: boolean): ThemeConfig {
  const { token, ...rest } = isDark ? DARK : LIGHT;
  return { ...rest, token: { ...token, linkHoverDecoration: "underline" } };
}
