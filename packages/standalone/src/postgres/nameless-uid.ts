/**
 * initdb insists on a name for its uid and gives up where there is none: a container started under a bare number, or a machine
 * whose /etc/passwd only root may read. PostgreSQL itself never asks. Nothing can be configured about that, so initdb is
 * given a preloaded library whose only function, getpwuid, answers with a name; it is never stored in the database.
 * The library is laid out here byte by byte, since there is no compiler on the machines of those who just try Waxos.
 */
const pageBytes = 0x1000;
const headerBytes = 64;
const programHeaderBytes = 56;
const segments = { load: 1, dynamic: 2, stack: 0x6474e551 };
const may = { readExecute: 5, readWrite: 6 };

// Everything that is only read lies in the first page, the struct passwd and the dynamic table in the second.
const at = { symbols: 0x140, strings: 0x180, hash: 0x1a0, name: 0x1c0, code: 0x1d0, end: 0x200, passwd: pageBytes, dynamic: pageBytes + 0x40 };
const strings = '\0getpwuid\0';
const dynamicTable: readonly (readonly [tag: number, value: number])[] = [
  [4, at.hash],
  [5, at.strings],
  [6, at.symbols],
  [10, strings.length],
  [11, 24],
  [0, 0],
];

/** Whether such a library can be made for this machine. */
export const canNameUid = (): boolean => process.platform === 'linux' && process.arch === 'x64';

export const buildNamingLibrary = (): Buffer => {
  const file = Buffer.alloc(at.dynamic + dynamicTable.length * 16);
  writeHeader(file);
  writeSegments(file);
  writeSymbols(file);
  file.write('waxos\0', at.name, 'latin1');
  writeCode(file);
  dynamicTable.forEach(([tag, value], index) => {
    file.writeBigUInt64LE(BigInt(tag), at.dynamic + index * 16);
    file.writeBigUInt64LE(BigInt(value), at.dynamic + index * 16 + 8);
  });
  return file;
};

/** ELF, 64 bits, little-endian, a shared object for x86-64, with four segments and no sections. */
const writeHeader = (file: Buffer): void => {
  file.write('\x7fELF\x02\x01\x01', 0, 'latin1');
  file.writeUInt16LE(3, 16);
  file.writeUInt16LE(62, 18);
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(BigInt(headerBytes), 32);
  file.writeUInt16LE(headerBytes, 52);
  file.writeUInt16LE(programHeaderBytes, 54);
  file.writeUInt16LE(4, 56);
};

const writeSegments = (file: Buffer): void => {
  const dynamicBytes = dynamicTable.length * 16;
  const table = [
    { type: segments.load, flags: may.readExecute, from: 0, bytes: at.end, align: pageBytes },
    { type: segments.load, flags: may.readWrite, from: at.passwd, bytes: at.dynamic - at.passwd + dynamicBytes, align: pageBytes },
    { type: segments.dynamic, flags: may.readWrite, from: at.dynamic, bytes: dynamicBytes, align: 8 },
    // Without this one the whole process would get an executable stack.
    { type: segments.stack, flags: may.readWrite, from: 0, bytes: 0, align: 16 },
  ];
  table.forEach(({ type, flags, from, bytes, align }, index) => {
    const start = headerBytes + index * programHeaderBytes;
    file.writeUInt32LE(type, start);
    file.writeUInt32LE(flags, start + 4);
    [from, from, from, bytes, bytes, align].forEach((value, field) => file.writeBigUInt64LE(BigInt(value), start + 8 + field * 8));
  });
};

/** One exported function, after the empty symbol that every table begins with, and a hash table of a single bucket. */
const writeSymbols = (file: Buffer): void => {
  const symbol = at.symbols + 24;
  file.writeUInt32LE(1, symbol);
  file.writeUInt8(0x12, symbol + 4);
  file.writeUInt16LE(1, symbol + 6);
  file.writeBigUInt64LE(BigInt(at.code), symbol + 8);
  file.writeBigUInt64LE(BigInt(at.end - at.code), symbol + 16);
  file.write(strings, at.strings, 'latin1');
  [1, 2, 1, 0, 0].forEach((value, index) => file.writeUInt32LE(value, at.hash + index * 4));
};

const writeCode = (file: Buffer): void => {
  const relative = (target: number, next: number): number[] => [...Buffer.from(Int32Array.of(target - next).buffer)];
  const code = [
    // lea rax, [struct passwd]; lea rcx, [name]
    [0x48, 0x8d, 0x05, ...relative(at.passwd, at.code + 7)],
    [0x48, 0x8d, 0x0d, ...relative(at.name, at.code + 14)],
    // The name stands for pw_name, pw_passwd, pw_gecos, pw_dir and pw_shell: mov [rax + n], rcx
    [0x48, 0x89, 0x08],
    [0x48, 0x89, 0x48, 8],
    [0x48, 0x89, 0x48, 24],
    [0x48, 0x89, 0x48, 32],
    [0x48, 0x89, 0x48, 40],
    // The uid that was asked for is pw_uid and pw_gid: mov [rax + n], edi; ret
    [0x89, 0x78, 16],
    [0x89, 0x78, 20],
    [0xc3],
  ].flat();
  Buffer.from(code).copy(file, at.code);
};
