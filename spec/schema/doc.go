// Package schema makes a JSON Schema (draft-07) of the spec language, for editors:
// with it they complete keys and words, show what they mean, and mark what is
// wrong while it is written.
//
//	data := schema.JSON()
//
// It is made of package language, so it has no table of its own. What a schema can
// know it refuses: unknown and missing keys, values of another sort, words that are
// none, durations without a unit. The rest is for the loader: names that nothing
// has, templates, numbers that do not keep their promise. What the loader accepts,
// the schema accepts; tests hold both together, on all documents at hand and on
// random changes to them.
//
// Editors read YAML with numbers, booleans and null, where the loader reads text
// (a title may be 12): so text may be either here. What they do not see is whether
// a value was in quotes.
//
// It is written for yaml-language-server, which knows more than draft-07 has:
// descriptions in Markdown, also of single words, and messages of our own
// (errorMessage). Where a value may be of several sorts, if and then decide by the
// sort: so there is one message for a mistake, not one for each alternative. There
// is no default, which editors would write with every map; it is in the text.
package schema
