/** How the picture of the network is drawn: lines differ in dash and end, not in colour alone. */
export const PICTURE_STYLE = `
.figure { margin: 1rem 0; }
svg.picture { display: block; max-width: 100%; height: auto; margin: 0 auto; font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
svg.picture.narrow { display: none; }
@media (max-width: 50rem) {
  svg.picture.wide { display: none; }
  svg.picture.narrow { display: block; }
}
svg text { fill: var(--text); }
svg text.soft, svg tspan.soft { fill: var(--soft); font-size: 11.5px; }
svg text.strong { font-weight: 650; font-size: 13px; }
svg .card { fill: var(--raised); stroke: var(--line); }
svg .card.rest { stroke-dasharray: 5 4; }
svg .box { fill: var(--ground); stroke: var(--line); }
svg .ruler { fill: var(--ground); stroke: var(--soft); }
svg .share { fill: var(--soft); }
svg .bastion-share { fill: var(--link); }
svg .bastion { fill: var(--bastion); stroke: var(--link); }
svg .machine { fill: var(--raised); stroke: var(--soft); }
svg .machine.refuted { fill: var(--refuted-soft); stroke: var(--refuted); stroke-width: 1.5; }
svg .machine.unknown { fill: var(--unknown-soft); stroke: var(--unknown); }
svg .machine.staged { fill: var(--staged-soft); stroke: var(--staged); }
svg .machine.proved { fill: var(--proved-soft); stroke: var(--proved); }
svg .actor { fill: var(--soft); }
svg .internet { fill: var(--ground); stroke: var(--soft); stroke-width: 1.5; }
svg .elsewhere { stroke-dasharray: 4 3; }
svg polyline { fill: none; stroke-linejoin: round; }
svg .peering { stroke: var(--peering); stroke-width: 9; }
svg .peering.broken { stroke-dasharray: 3 6; }
svg .admitted { stroke: var(--proved); stroke-width: 2.2; }
svg .admitted.open { stroke: var(--soft); stroke-dasharray: 1.5 4; stroke-linecap: round; }
svg .admitted-head { fill: var(--proved); }
svg .refuted-line { stroke: var(--refuted); stroke-width: 2.2; stroke-dasharray: 7 4; }
svg .refuted-head { fill: var(--refuted); }
svg .refused { stroke: var(--soft); stroke-width: 2; stroke-dasharray: 2 4; }
svg .refusal { stroke: var(--proved); stroke-width: 3; stroke-linecap: round; }
svg .stop { stroke: var(--refuted); stroke-width: 2.6; stroke-linecap: round; fill: none; }
svg .number { fill: var(--refuted); }
svg text.number-text { fill: var(--on-refuted); font-weight: 700; font-size: 11px; }
`;
