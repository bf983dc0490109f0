package verify

import "time"

// window is a span of moments around the one that is judged for, in which no comparison with a time
// comes out differently: from belongs to it, until does not. The zero window has no ends.
type window struct{ from, until time.Time }

// moment notes that something about the evidence changes at t: what was compared comes out one way
// before t, and the other way from t on.
func (r *run) moment(t time.Time) { r.window = r.window.cut(t, r.at) }

// cut narrows w around at by one moment of change.
func (w window) cut(t, at time.Time) window {
	if t.After(at) {
		if w.until.IsZero() || t.Before(w.until) {
			w.until = t
		}
	} else if t.After(w.from) {
		w.from = t
	}
	return w
}

// holds reports whether at lies in w.
func (w window) holds(at time.Time) bool {
	return !at.Before(w.from) && (w.until.IsZero() || at.Before(w.until))
}

// within narrows the window of r to that of something it rests on. Both hold the moment judged for.
func (r *run) within(w window) {
	r.moment(w.from)
	if !w.until.IsZero() {
		r.moment(w.until)
	}
}

// early reports whether the moment judged for is before t, the beginning of a period, by more than
// clocks may differ.
func (r *run) early(t time.Time) bool {
	r.moment(t.Add(-r.p.Skew))
	return r.at.Add(r.p.Skew).Before(t)
}

// late reports whether it is after t, the end of a period. The end belongs to the period, so that the
// change comes one nanosecond later.
func (r *run) late(t time.Time) bool {
	r.moment(t.Add(r.p.Skew + 1))
	return r.at.Add(-r.p.Skew).After(t)
}
