'use strict';
// An import() would not parse on the Nodes that launch.cjs turns away, so it has this file to itself.
void import('./launch.mjs').then(({ launch }) => launch(process.argv.slice(2)));
