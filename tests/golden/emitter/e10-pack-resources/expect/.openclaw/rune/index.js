// The plugin is its skills: they are found through openclaw.plugin.json, and
// there is nothing to register.
export default {
  id: "rune",
  name: "rune",
  register() {},
};
