export const SERVICES: Record<string, string> = { tv: "有线电视", broadband: "宽带", vod: "点播", telephone: "电话" };

export const SERVICE_OPTIONS = Object.entries(SERVICES).map(([value, label]) => ({ value, label }));
