package contest

import "math"

// Curve is how something grows, over rows that differ in one number only.
type Curve struct {
	Name   string
	Unit   string // of what the points differ in
	Figure Figure // of Ours: a whole, such as the time of one message, not a share
	Points []Point
	AtMost float64 // the slope that is allowed; 0: as if it were linear
}

// Point is a row, and its number, which is greater than the last point's.
type Point struct {
	X   float64
	Row string
}

// linear is the steepest slope that passes for linear: ten times as much of one
// for at most sixteen times as much of the other. Medians of few rounds are off
// by some per cent, and steps may be small.
const linear = 1.2

// Growth is what became of a curve: the slope of its logarithm over that of what
// it grows with. 0: not at all; 1: linearly.
type Growth struct {
	Name     string       `json:"name"`
	Unit     string       `json:"unit"`
	Figure   string       `json:"figure"`
	Points   [][2]float64 `json:"points"`   // number, median
	Slope    float64      `json:"slope"`    // of the straight line through all points
	Steepest float64      `json:"steepest"` // between two neighbours: what is judged
	Bound    float64      `json:"bound"`
	Met      bool         `json:"met"`
	Unmet    string       `json:"unmet,omitempty"`
}

// growth looks at the medians of all rounds.
func growth(c Curve, outcomes []Outcome) Growth {
	g := Growth{Name: c.Name, Unit: c.Unit, Figure: c.Figure.Name, Bound: c.AtMost}
	if g.Bound == 0 {
		g.Bound = linear
	}
	for _, p := range c.Points {
		o := find(outcomes, p.Row)
		if o == nil {
			continue // was not asked for
		}
		if why := o.unmet(Ours); why != "" {
			g.Unmet = why
			continue
		}
		if y := o.of(Ours, c.Figure).Median; y > 0 { // below that it is noise
			g.Points = append(g.Points, [2]float64{p.X, y})
		}
	}
	if len(g.Points) < 2 {
		if g.Unmet == "" {
			g.Unmet = undone
		}
		return g
	}
	g.Slope, g.Steepest = slopes(g.Points)
	g.Met = g.Unmet == "" && g.Steepest <= g.Bound
	return g
}

func find(outcomes []Outcome, row string) *Outcome {
	for i := range outcomes {
		if outcomes[i].row.Name == row {
			return &outcomes[i]
		}
	}
	return nil
}

// slopes are that of the line with the least squares, and the steepest between
// neighbours.
func slopes(points [][2]float64) (slope, steepest float64) {
	var n, sx, sy, sxx, sxy float64
	steepest = math.Inf(-1)
	for i, p := range points {
		x, y := math.Log(p[0]), math.Log(p[1])
		n, sx, sy, sxx, sxy = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y
		if i > 0 {
			last := points[i-1]
			steepest = max(steepest, math.Log(p[1]/last[1])/math.Log(p[0]/last[0]))
		}
	}
	return (n*sxy - sx*sy) / (n*sxx - sx*sx), steepest
}

// Word says what a slope means.
func Word(slope float64) string {
	switch {
	case slope < -0.2:
		return "falls"
	case slope < 0.2:
		return "flat"
	case slope < 0.8:
		return "less than linear"
	case slope <= linear:
		return "linear"
	}
	return "worse than linear"
}
