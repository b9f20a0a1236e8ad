const SCRIPT_BYTES = 4_000_000;

let made: string | undefined;

/**
 * About as much script as WhatsApp's own page brings: thousands of small modules in a table, a tenth of which run when it
 * is loaded, so that the engine has bytecode, closures and shapes to keep as it would have there.
 */
export const heavyScript = (): string => (made ??= generate());

const generate = (): string => {
  const parts = ['"use strict";var heavyModules=Object.create(null);function heavyDefine(name,make){heavyModules[name]={make:make,made:null}}function heavyRequire(name){var m=heavyModules[name];return m.made||(m.made=m.make())}\n'];
  let size = parts[0]?.length ?? 0;
  let count = 0;
  for (; size < SCRIPT_BYTES; count += 1) {
    const part = moduleText(count);
    parts.push(part);
    size += part.length;
  }
  parts.push(`for(var i=0;i<${count};i+=10)heavyRequire("WASandbox"+i);\n`);
  return parts.join('');
};

const moduleText = (n: number): string =>
  `heavyDefine("WASandbox${n}",function(){var table${n}={kind:"k${n % 97}",rank:${(n * 7919) % 10007},names:["a${n}","b${n * 3}","c${n * 7}"]};` +
  `function pick${n}(list,at){var out=[];for(var i=0;i<list.length;i++){if((i*${(n % 13) + 1}+at)%${(n % 7) + 2}===0){out.push({value:list[i],rank:table${n}.rank+i,kind:table${n}.kind})}}return out}` +
  `function fold${n}(list){return list.reduce(function(sum,one){return (sum*31+one.rank)%${1_000_003 + n}},${n})}` +
  `class Model${n}{constructor(id){this.id=id;this.kind=table${n}.kind;this.listeners=new Map()}on(name,listener){this.listeners.set(name,listener);return this}fire(name,value){var f=this.listeners.get(name);return f?f(value):void 0}}` +
  `return{table:table${n},pick:pick${n},fold:fold${n},model:new Model${n}(fold${n}(pick${n}(table${n}.names,${n % 3})))}});\n`;

/** Takes the page over and lets every request through, as an idle worker does. */
export const serviceWorkerScript = `self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', () => undefined);
`;
