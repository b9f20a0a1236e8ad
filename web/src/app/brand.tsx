export function Brand() {
  return (
    <span className="flex items-center gap-2 text-16 font-strong">
      <img src="/favicon.svg" alt="" width={24} height={24} />
      Waxos
    </span>
  );
}
