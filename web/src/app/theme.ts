// Colours and sizes: ink blue, one warm accent, red only for what is late or final.
import { createTheme, type MantineColorsTuple } from '@mantine/core';

const brand: MantineColorsTuple = ['#eef4fa', '#dbe7f3', '#b8cfe6', '#8fb3d6', '#6a99c7', '#447db3', '#2b659c', '#1d5183', '#17395c', '#0f2740'];
const red: MantineColorsTuple = ['#fdf0ee', '#fadcd8', '#f2b5ae', '#e88a80', '#d95f53', '#c5402f', '#b02a1c', '#9c2014', '#84190f', '#65110a'];

export const theme = createTheme({
  colors: { brand, red },
  primaryColor: 'brand',
  primaryShade: 7,
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif',
  headings: { fontWeight: '650', sizes: { h2: { fontSize: '1.5rem' }, h3: { fontSize: '1.25rem' }, h4: { fontSize: '1.06rem' } } },
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Modal: { defaultProps: { overlayProps: { backgroundOpacity: 0.45 }, transitionProps: { duration: 0 } } },
    Menu: { defaultProps: { transitionProps: { duration: 0 } } },
  },
});
