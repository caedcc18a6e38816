/** Refuses a Node that is too old, before anything is loaded that it cannot read. */
const least = 24;

if (Number(process.versions.node.split('.')[0]) < least) {
  const error = new Error(
    `Expected Node ${least} or newer, got ${process.version}: get it from https://nodejs.org, or as a dependency by \`npm install node@${least}\``,
  );
  error.name = 'ConfigError';
  // The stack trace would not help.
  error.stack = `${error.name}: ${error.message}`;
  throw error;
}
