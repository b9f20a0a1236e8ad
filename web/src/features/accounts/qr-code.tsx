import { useEffect, useState } from 'react';
import { Skeleton } from '../../components/skeleton.tsx';
import { useToasts } from '../../components/toasts.tsx';
import { drawModules } from './qr-path.ts';

interface Drawing {
  size: number;
  path: string;
}

/** Made in the browser: the secret inside goes to no other server, and the library loads only here. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { sayFailure } = useToasts();
  const [drawing, setDrawing] = useState<Drawing>();
  useEffect(() => {
    let wanted = true;
    const draw = async () => {
      const { create } = await import('qrcode');
      const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
      if (wanted) setDrawing({ size, path: drawModules(size, data) });
    };
    draw().catch(sayFailure);
    return () => {
      wanted = false;
    };
  }, [text, sayFailure]);
  if (drawing === undefined) return <Skeleton lines={3} />;
  const { size, path } = drawing;
  // Dark on light with a margin of four, in the dark theme too: cameras expect it so.
  return (
    <svg role="img" aria-label={label} viewBox={`-4 -4 ${size + 8} ${size + 8}`} shapeRendering="crispEdges" className="size-48 rounded-control">
      <rect x={-4} y={-4} width={size + 8} height={size + 8} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
