// Compares the tokens, and their lines, of pairs of scripts: [[name, source, delivered], ...] on standard input. The parser is
// the one that Node carries.
const { tokenizer } = require("internal/deps/acorn/acorn/dist/acorn");

const read = (source) => [...tokenizer(source, { ecmaVersion: "latest", sourceType: "module", locations: true })]
  .map(({ type, value, loc }) => `${loc.start.line} ${type.label} ${value instanceof Object ? `/${value.pattern}/${value.flags}` : value}`);

let differing = 0;
for (const [name, source, delivered] of JSON.parse(require("node:fs").readFileSync(0, "utf8"))) {
  const [first, second] = [read(source), read(delivered)];
  const place = first.findIndex((token, k) => token !== second[k]);
  if (place < 0 && first.length === second.length) continue;
  differing++;
  console.log(`${name}: ${first.slice(place, place + 3)} became ${second.slice(place, place + 3)}`);
}
process.exit(differing ? 1 : 0);
