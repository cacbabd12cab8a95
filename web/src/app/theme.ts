// Colours and sizes: ink blue, one warm accent, red only for what is late or final.
import { createTheme, type MantineColorsTuple } from '@mantine/core';

const brand: MantineColorsTuple = ['#eef4fa', '#dbe7f3', '#b8cfe6', '#8fb3d6', '#6a99c7', '#447db3', '#2b659c', '#1d5183', '#17395c', '#0f2740'];
const red: MantineColorsTuple = ['#fdf0ee', '#fadcd8', '#f2b5ae', '#e88a80', '#d95f53', '#c5402f', '#b02a1c', '#9c2014', '#84190f', '#65110a'];

const green: MantineColorsTuple = ['#eaf6ef', '#d3ecdd', '#a9d8bc', '#7cc29a', '#56ae7d', '#379763', '#24804e', '#17673c', '#104f2e', '#0a3d22'];
const orange: MantineColorsTuple = ['#fdf3e3', '#f9e4c2', '#f1cb8f', '#e6ae58', '#d4922b', '#b97810', '#965f06', '#774a02', '#5c3900', '#472b00'];

export const theme = createTheme({
  colors: { brand, red, green, orange },
  primaryColor: 'brand',
  primaryShade: 7,
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif',
  headings: { fontWeight: '650', sizes: { h2: { fontSize: '1.5rem' }, h3: { fontSize: '1.25rem' }, h4: { fontSize: '1.06rem' } } },
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Modal: { defaultProps: { overlayProps: { backgroundOpacity: 0.45 }, transitionProps: { duration: 0 }, attributes: { header: { role: 'none' } }, styles: { title: { fontWeight: 650, fontSize: '1.15rem' } } } }, // a dialog's head is no banner
    Checkbox: { defaultProps: { size: 'md' } }, // 24 pixels to hit
    Radio: { defaultProps: { size: 'md' } },
    Menu: { defaultProps: { transitionProps: { duration: 0 } } },
  },
});
