// The few signs the page draws; all are decoration beside words.
import type { ReactNode } from 'react';

function Icon({ children, size = 18 }: { children: ReactNode; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round"
      strokeLinejoin="round" aria-hidden="true" focusable="false" style={{ flexShrink: 0 }}>
      {children}
    </svg>
  );
}

export const InboxIcon = () => <Icon><path d="M4 13l2-8h12l2 8v6H4zM4 13h5l1 3h4l1-3h5" /></Icon>;
export const CasesIcon = () => <Icon><path d="M3 7h6l2 2h10v10H3zM3 7V5h6" /></Icon>;
export const ServicesIcon = () => <Icon><path d="M4 6c0-3 16-3 16 0v12c0 3-16 3-16 0zM4 6c0 3 16 3 16 0M4 12c0 3 16 3 16 0" /></Icon>;
export const DraftIcon = () => <Icon><path d="M4 20l1-5L16 4l4 4L9 19zM14 6l4 4" /></Icon>;
export const OpenIcon = () => <Icon><path d="M5 3h9l5 5v13H5zM12 11v6M9 14h6" /></Icon>;
export const GrantIcon = () => <Icon><path d="M8 9a4 4 0 1 0 .01 8 4 4 0 0 0 0-8M11 11l9-7M16 7l3 3" /></Icon>;
export const MailIcon = () => <Icon><path d="M3 6h18v12H3zM3 7l9 6 9-6" /></Icon>;
export const ClockIcon = ({ size }: { size?: number }) => <Icon size={size}><path d="M12 3a9 9 0 1 0 .01 0M12 7v5l3 2" /></Icon>;
export const WarnIcon = ({ size }: { size?: number }) => <Icon size={size}><path d="M12 4L2.5 20h19zM12 10v4M12 17v.5" /></Icon>;
export const EyeIcon = ({ size }: { size?: number }) => <Icon size={size}><path d="M2.5 12c4.5-8 14.5-8 19 0-4.5 8-14.5 8-19 0M12 9a3 3 0 1 0 .01 0" /></Icon>;
export const CheckIcon = ({ size }: { size?: number }) => <Icon size={size}><path d="M5 12.5l4.5 4.5L19 7" /></Icon>;
export const SearchIcon = () => <Icon><path d="M10.5 4a6.5 6.5 0 1 0 .01 0M15.5 15.5L21 21" /></Icon>;
export const CalendarIcon = () => <Icon><path d="M4 6h16v14H4zM4 10h16M8 3v4M16 3v4" /></Icon>;
export const BackIcon = () => <Icon size={16}><path d="M15 5l-7 7 7 7" /></Icon>;
export const PersonIcon = () => <Icon><path d="M12 4a4 4 0 1 0 .01 0M4 21c1-8 15-8 16 0" /></Icon>;
export const SettingsIcon = () => <Icon><path d="M4 7h9M19 7h1M16 4.5a2.5 2.5 0 1 0 .01 0M4 17h1M11 17h9M8 14.5a2.5 2.5 0 1 0 .01 0" /></Icon>;
export const OperationsIcon = () => <Icon><path d="M3 12h4l3-7 4 14 3-7h4" /></Icon>;
export const PauseIcon = ({ size }: { size?: number }) => <Icon size={size}><path d="M9 6v12M15 6v12" /></Icon>;
