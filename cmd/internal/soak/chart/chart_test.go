package chart

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func drawn(t *testing.T, c Chart) string {
	t.Helper()
	svg := string(c.SVG())
	decoder := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return svg
		}
		require.NoError(t, err)
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		require.Contains(t, []string{"svg", "title", "style", "rect", "text", "line", "path"}, start.Name.Local)
		for _, a := range start.Attr {
			require.NotContains(t, a.Value, "NaN")
			require.NotContains(t, a.Value, "Inf")
			require.NotContains(t, []string{"href", "src"}, a.Name.Local, "the document stands alone")
		}
	}
}

func TestChart(t *testing.T) {
	svg := drawn(t, Chart{
		Title: "Soak <1>", Subtitle: "a & b",
		Panels: []Panel{{
			Title: "Heap", Unit: "MiB",
			Lines: []Line{
				{Name: "in use", Times: []time.Duration{0, time.Minute, 2 * time.Minute}, Values: []float64{0, 50, 100}},
				{Name: "live", Times: []time.Duration{0, 2 * time.Minute}, Values: []float64{25, 25}},
			},
			Spans: []Span{{From: time.Minute, To: 2 * time.Minute, Median: 75}},
		}},
	})
	f := frame{x: margin + left, y: head + top, w: width - left - right, h: height - top - bottom, last: 2 * time.Minute, most: 100}
	for _, want := range []string{
		">Soak &lt;1&gt;<", ">a &amp; b<", ">Heap, MiB<", ">in use<", ">live<", ">median<", ">100<", ">120 s<", ">90 s<",
	} {
		require.Contains(t, svg, want)
	}
	require.Contains(t, svg, fmt.Sprintf(`d="M%.1f %.1fL%.1f %.1fL%.1f %.1f"`,
		f.x, f.y+f.h, f.x+f.w/2, f.y+f.h/2, f.x+f.w, f.y), "from corner to corner")
	require.Contains(t, svg, fmt.Sprintf(`<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1[2]f" class="median"/>`,
		f.x+f.w/2, f.y+f.h/4, f.x+f.w))
}

func TestPanelsWithoutValues(t *testing.T) {
	drawn(t, Chart{})
	drawn(t, Chart{Panels: []Panel{{Title: "none", Lines: []Line{{}}}, {Title: "zero", Lines: []Line{{Times: []time.Duration{0}, Values: []float64{0}}}}}})
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		most float64
		want []float64
	}{
		{0, []float64{0, 1}},
		{4, []float64{0, 1, 2, 3, 4}},
		{9.6, []float64{0, 2.5, 5, 7.5, 10}},
		{2000, []float64{0, 500, 1000, 1500, 2000}},
		{0.07, []float64{0, 0.02, 0.04, 0.06, 0.08}},
	} {
		require.InDeltaSlice(t, c.want, ticks(c.most, 4), 1e-9, "%v", c.most)
	}
	for most := 0.001; most < 1e9; most *= 1.07 {
		list := ticks(most, 4)
		last := list[len(list)-1]
		require.GreaterOrEqual(t, last, most)
		require.LessOrEqual(t, last, 2.5*most)
		require.LessOrEqual(t, len(list), 6)
	}
}

func TestNumbers(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 2.5: "2.5", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		require.Equal(t, want, Number(v))
	}
}

func TestTimes(t *testing.T) {
	for most, want := range map[time.Duration]string{
		time.Second: "1 s", 20 * time.Second: "5 s", 10 * time.Minute: "2 min", 30 * time.Minute: "5 min", 30 * time.Hour: "6 h",
	} {
		step := timeStep(most, 6)
		require.Equal(t, want, clock(step, step), "%v", most)
	}
}
