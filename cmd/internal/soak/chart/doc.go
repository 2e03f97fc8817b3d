// Package chart draws quantities over time as one self-contained SVG document:
// a panel each, below each other in two columns, on one time axis. It knows
// what a long run needs and nothing else: lines from zero, ticks at round
// numbers, spans that are compared with each other, a legend.
//
// A [Chart] is drawn by its method SVG, and [Number] writes a number as it does.
// chart.go lays the panels out, panel.go
// draws one, ticks.go chooses numbers, pen.go writes the elements.
package chart
