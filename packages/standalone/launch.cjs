'use strict';
// The only file that must parse on a Node of any age: nothing newer than ECMAScript 5 in here.
var oldest = 20;
if (Number(process.versions.node.split('.')[0]) < oldest) {
  console.error(
    'Waxos needs Node ' + oldest + ' or later, and this is Node ' + process.versions.node +
      '. Install a newer one from https://nodejs.org and run the command again.'
  );
  process.exit(1);
}
require('./launch/enter.cjs');
