// Links of the router in the looks of Mantine.
import { Anchor, Button, type AnchorProps, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { forwardRef, type AnchorHTMLAttributes } from 'react';

type Html = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'color' | 'style'>;

export const TextLink = createLink(forwardRef<HTMLAnchorElement, AnchorProps & Html>(
  function TextLink(props, ref) {
    return <Anchor ref={ref} {...props} />;
  },
));

export const ButtonLink = createLink(forwardRef<HTMLAnchorElement, ButtonProps & Html>(
  function ButtonLink(props, ref) {
    return <Button component="a" ref={ref} {...props} />;
  },
));
